//! What is wrong with a definition, said so that its author can mend it.

/// One fault of a definition. The pack reader turns the path into file, line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, from the definition's root: `move[3].to`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub advice: String,
}

impl Fault {
    /// A fault at `path`.
    pub fn new(path: impl Into<String>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Fault { path: path.into(), message: message.into(), advice: advice.into() }
    }

    /// The same fault seen from further out: `to` under `move[3]` is `move[3].to`.
    pub fn under(mut self, prefix: &str) -> Self {
        self.path = match self.path.is_empty() {
            true => prefix.to_owned(),
            false => format!("{prefix}.{}", self.path),
        };
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.advice)
    }
}

/// The advice for an unknown name: the nearest known one, or all of them.
pub fn did_you_mean<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let near = known.clone().map(|name| (distance(wrong, name), name)).min();
    match near {
        Some((distance, name)) if distance <= 1 + wrong.chars().count() / 3 => format!("did you mean {name}?"),
        _ => listed(known),
    }
}

/// The known names, cut where nobody would read on.
fn listed<'a>(known: impl Iterator<Item = &'a str> + Clone) -> String {
    const SHOWN: usize = 20;
    let more = known.clone().count().saturating_sub(SHOWN);
    let shown = known.take(SHOWN).collect::<Vec<_>>().join(", ");
    if more == 0 { format!("known are: {shown}") } else { format!("known are: {shown} and {more} more") }
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let here = (diagonal + usize::from(x != *y)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, here);
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered() {
        let known = ["tell_unit", "tell_reporter", "score"];
        assert_eq!(did_you_mean("tel_unit", known.into_iter()), "did you mean tell_unit?");
        assert_eq!(did_you_mean("explode", known.into_iter()), "known are: tell_unit, tell_reporter, score");
        assert_eq!([distance("", "abc"), distance("abc", "abc"), distance("kitten", "sitting")], [3, 0, 3]);
    }
}
