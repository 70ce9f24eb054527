//! Grades: A to E, or 优秀、良好、合格, by bands of the score.

use guancheng_base::Name;

use crate::{Cite, Exact, Explain, score::RuleFault};

/// One grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The lowest score of the grade; a score on the edge belongs to it.
    pub ge: Exact,
    /// Its code, e.g. `A`.
    pub id: Name,
    /// What it is called.
    pub title: String,
}

/// A grade with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// The grade; `None` is not graded.
    pub grade: Option<Name>,
    /// Why.
    pub explain: Explain,
}

/// Everything that is wrong with a list of grades.
pub fn grade_faults(grades: &[Grade]) -> Vec<RuleFault> {
    let pairs = grades.iter().zip(grades.iter().skip(1)).enumerate();
    let wrong = pairs.filter(|(_, (upper, lower))| lower.ge >= upper.ge);
    wrong
        .map(|(n, (upper, lower))| {
            let message = format!("grades go from the best to the worst; {} is not below {}", lower.ge, upper.ge);
            RuleFault::new(format!("grade[{}].ge", n + 1), message)
        })
        .collect()
}

/// The grade of a score. Who is not rated has no grade; below the last band there is none either.
pub fn grade(cite: &Cite, grades: &[Grade], score: Option<Exact>) -> Graded {
    let Some(score) = score else {
        return Graded { grade: None, explain: cite.explain("not rated: there is no score to grade") };
    };
    match grades.iter().find(|grade| score >= grade.ge) {
        Some(found) => Graded {
            grade: Some(found.id.clone()),
            explain: cite.explain(format!("{score} ≥ {} → {} {}", found.ge, found.id, found.title)),
        },
        None => Graded { grade: None, explain: cite.explain(format!("{score} is below every grade")) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_belongs_to_the_better_grade() {
        let bands = [(90, "A"), (75, "B"), (60, "C"), (40, "D"), (0, "E")];
        let grades = bands.map(|(ge, id)| Grade { ge: Exact::int(ge), id: id.into(), title: String::new() });
        assert_eq!(grade_faults(&grades), []);
        let of = |score: Option<&str>| {
            grade(&Cite::bare("x"), &grades, score.map(|text| Exact::parse(text).unwrap()))
                .grade
                .map(|id| id.to_string())
        };
        let seen = [Some("90"), Some("89.99"), Some("40"), Some("0"), Some("-1"), None].map(of);
        assert_eq!(seen.each_ref().map(|id| id.as_deref()), [Some("A"), Some("B"), Some("D"), Some("E"), None, None]);
        assert_eq!(grade_faults(&[grades[1].clone(), grades[0].clone()]).len(), 1);
    }
}
