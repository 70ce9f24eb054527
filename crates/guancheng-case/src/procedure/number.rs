//! Case numbers: `AJ{yyyy}{MM}{dd}-{seq:6}`.

use guancheng_base::Day;

use crate::Fault;

/// A template of text, date parts and one running number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberTemplate {
    source: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Year,
    Month,
    DayOfMonth,
    Seq(usize),
}

impl NumberTemplate {
    /// Reads a template; it needs exactly one `{seq}` or `{seq:width}`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, after) = after.split_once('}').ok_or_else(|| bad(text, "a { is not closed"))?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(piece(inside).ok_or_else(|| bad(text, &format!("{{{inside}}} is unknown")))?);
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        let numbers = pieces.iter().filter(|piece| matches!(piece, Piece::Seq(_))).count();
        if numbers != 1 {
            return Err(bad(text, &format!("it has {numbers} running numbers")));
        }
        Ok(NumberTemplate { source: text.to_owned(), pieces })
    }

    /// The template as declared.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The number of a case that begins on `day` as the `seq`-th of its scope.
    pub fn render(&self, day: Day, seq: u64) -> String {
        self.fill(day, |width| format!("{seq:0width$}"))
    }

    /// What the running number runs within: the number without it. A new scope begins at 1.
    pub fn scope(&self, day: Day) -> String {
        self.fill(day, |_| String::new())
    }

    fn fill(&self, day: Day, seq: impl Fn(usize) -> String) -> String {
        let (year, month, date) = day.ymd();
        let part = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Year => format!("{year:04}"),
            Piece::Month => format!("{month:02}"),
            Piece::DayOfMonth => format!("{date:02}"),
            Piece::Seq(width) => seq(*width),
        };
        self.pieces.iter().map(part).collect()
    }
}

fn piece(inside: &str) -> Option<Piece> {
    match inside {
        "yyyy" => Some(Piece::Year),
        "MM" => Some(Piece::Month),
        "dd" => Some(Piece::DayOfMonth),
        "seq" => Some(Piece::Seq(1)),
        _ => inside.strip_prefix("seq:")?.parse().ok().filter(|width| (1..=12).contains(width)).map(Piece::Seq),
    }
}

fn bad(text: &str, why: &str) -> Fault {
    let advice = "use text, {yyyy}, {MM}, {dd} and exactly one {seq:6}";
    Fault::new("number", format!("{text:?} is no number template: {why}"), advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_its_day_and_its_place() {
        let template = NumberTemplate::parse("AJ{yyyy}{MM}{dd}-{seq:6}").unwrap();
        let day = Day::parse("2014-09-26").unwrap();
        assert_eq!([template.render(day, 17), template.scope(day)], ["AJ20140926-000017", "AJ20140926-"]);
    }

    #[test]
    fn a_template_without_a_number_is_refused() {
        for (text, why) in [("AJ", "0 running numbers"), ("{seq", "not closed"), ("{year}{seq}", "{year} is unknown")] {
            assert!(NumberTemplate::parse(text).unwrap_err().message.contains(why), "{text}");
        }
    }
}
