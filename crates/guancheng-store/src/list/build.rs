//! SQL put together from fragments, with its values.

use rusqlite::types::Value;

/// Conditions and their values, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// `fragment` with each `{}` replaced by a placeholder, or by as many as the values that are left for the last.
    pub(super) fn part(fragment: &str, values: impl IntoIterator<Item = Value>) -> Sql {
        let values: Vec<Value> = values.into_iter().collect();
        let slots = fragment.matches("{}").count();
        let mut text = String::new();
        let mut used = 0;
        for (i, piece) in fragment.split("{}").enumerate() {
            if i > 0 {
                let many = if i == slots { values.len().saturating_sub(used) } else { 1 };
                text.push_str(&vec!["?"; many].join(", "));
                used += many;
            }
            text.push_str(piece);
        }
        Sql { text, values }
    }

    /// `fragment` with its one `{}` replaced by `inner` and the values after it by placeholders.
    pub(super) fn around(fragment: &str, inner: Sql, after: impl IntoIterator<Item = Value>) -> Sql {
        let (head, tail) = fragment.split_once("{}").unwrap_or((fragment, ""));
        let mut sql = Sql { text: head.to_owned(), values: Vec::new() };
        sql.extend(inner);
        sql.extend(Sql::part(tail, after));
        sql
    }

    /// Text without values.
    pub(super) fn text(text: &str) -> Sql {
        Sql { text: text.to_owned(), values: Vec::new() }
    }

    /// The parts joined by `with`; nothing when there are none.
    pub(super) fn join(parts: Vec<Sql>, with: &str) -> Sql {
        let mut sql = Sql::default();
        for (i, part) in parts.into_iter().enumerate() {
            if i > 0 {
                sql.text.push_str(with);
            }
            sql.extend(part);
        }
        sql
    }

    /// All of the parts hold; true when there are none.
    pub(super) fn all(parts: Vec<Sql>) -> Sql {
        if parts.is_empty() { Sql::text("1 = 1") } else { Sql::join(parts, " AND ") }
    }

    /// One of the parts holds; false when there are none.
    pub(super) fn any(parts: Vec<Sql>) -> Sql {
        if parts.is_empty() {
            return Sql::text("1 = 0");
        }
        let wrapped = parts.into_iter().map(|part| Sql::around("({})", part, []));
        Sql::around("({})", Sql::join(wrapped.collect(), " OR "), [])
    }

    pub(super) fn extend(&mut self, other: Sql) {
        self.text.push_str(&other.text);
        self.values.extend(other.values);
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The finished text with numbered placeholders, and the values.
    pub(super) fn finish(self) -> (String, Vec<Value>) {
        let mut text = String::with_capacity(self.text.len() + self.values.len() * 2);
        for (i, piece) in self.text.split('?').enumerate() {
            if i > 0 {
                text.push('?');
                text.push_str(&i.to_string());
            }
            text.push_str(piece);
        }
        (text, self.values)
    }
}

pub(super) fn int(n: i64) -> Value {
    Value::Integer(n)
}

pub(super) fn real(n: f64) -> Value {
    Value::Real(n)
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
