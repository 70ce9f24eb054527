//! The stored events of a case, with what the reader may not know hidden: the hash can be proved by the server only.

use std::collections::BTreeSet;

use guancheng_base::Actor;
use serde_json::Value;

use crate::{
    dto::History,
    problem::{Answer, Problem},
    views::{
        case::{self, Loaded},
        titles::Titles,
    },
};

/// What stands for a hidden value.
const HIDDEN: &str = "***";

/// The records of a loaded case for this actor.
pub fn history(titles: Titles<'_>, actor: &Actor, loaded: &Loaded) -> Answer<History> {
    let mut hidden: BTreeSet<String> = BTreeSet::from(["reporter".to_owned()]);
    if !loaded.acts_on(titles.city, actor)? {
        hidden.extend(loaded.sensitive_fields(titles.city)?);
    }
    case::history(titles, loaded, |stored| {
        let text = guancheng_store::encode_events(&stored.record.events)?;
        let mut events: Vec<Value> =
            serde_json::from_str(&text).map_err(|error| Problem::internal(error.to_string()))?;
        events.iter_mut().for_each(|event| hide(event, &hidden));
        Ok(events)
    })
}

/// Replaces the value of every hidden key, however deep. A reporter's code is a key to the case and is never shown.
fn hide(value: &mut Value, hidden: &BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, entry) in entries.iter_mut() {
                match hidden.contains(key) && !entry.is_null() {
                    true => *entry = Value::from(HIDDEN),
                    false => hide(entry, hidden),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, hidden)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_keys_are_hidden_however_deep() {
        let mut value = serde_json::json!({"opened": {"reporter": "K7QM", "kind": "case"}, "list": [{"phone": "1"}], "reporter": null});
        hide(&mut value, &BTreeSet::from(["reporter".to_owned(), "phone".to_owned()]));
        let expect = serde_json::json!({"opened": {"reporter": "***", "kind": "case"}, "list": [{"phone": "***"}], "reporter": null});
        assert_eq!(value, expect);
    }
}
