//! Events and states as JSON. The core's types know no format; here each has a mirror, written field by field, and
//! a change of the core that is not considered here does not compile.
//!
//! Event names carry their version (`moved/1`). A name once released is read for ever: a new shape is a new name
//! beside the old one (`tests/golden/events-1.json`). States are not for ever: they can be folded from the records.

mod case;
mod event;
mod mirror;
mod value;

use guancheng_case::{Case, Event};

use crate::error::{Port, corrupt};
use mirror::Mirror;

/// The events of a record as stored text.
pub fn encode_events(events: &[Event]) -> Port<String> {
    let mirrors: Vec<event::EventJson> = events.iter().map(Mirror::of).collect();
    serde_json::to_string(&mirrors).map_err(|error| corrupt(format!("events cannot be written: {error}")))
}

/// Reads [`encode_events`] of this or any earlier release.
pub fn decode_events(text: &str) -> Port<Vec<Event>> {
    let mirrors: Vec<event::EventJson> =
        serde_json::from_str(text).map_err(|error| corrupt(format!("events cannot be read: {error}")))?;
    Ok(mirrors.into_iter().map(Mirror::core).collect())
}

/// A state as stored text.
pub fn encode_case(state: &Case) -> Port<String> {
    serde_json::to_string(&case::CaseJson::of(state))
        .map_err(|error| corrupt(format!("a state cannot be written: {error}")))
}

/// Reads [`encode_case`].
pub fn decode_case(text: &str) -> Port<Case> {
    let mirror: case::CaseJson =
        serde_json::from_str(text).map_err(|error| corrupt(format!("a state cannot be read: {error}")))?;
    Ok(mirror.core())
}

/// The parameters of an effect as stored text: `{"to":[…],"with":{…}}`.
pub(crate) fn encode_effect(to: &[String], with: &std::collections::BTreeMap<guancheng_base::Name, String>) -> String {
    let with: serde_json::Map<String, serde_json::Value> =
        with.iter().map(|(name, value)| (name.to_string(), value.clone().into())).collect();
    serde_json::json!({ "to": to, "with": with }).to_string()
}

#[cfg(test)]
mod samples;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use expect_test::expect_file;
    use guancheng_case::replay;

    use super::*;
    use crate::fixture::{MORNING, moved, opened, record};

    /// Lines of this file are never changed, only added: they stand in somebody's log.
    #[test]
    fn golden_events_are_read_for_ever() {
        let golden = include_str!("../tests/golden/events-1.jsonl");
        let samples = samples::events();
        let lines: String =
            samples.iter().map(|event| encode_events(std::slice::from_ref(event)).unwrap() + "\n").collect();
        expect_file!["../tests/golden/events-1.jsonl"].assert_eq(&lines);
        let read: Vec<Event> = golden.lines().flat_map(|line| decode_events(line).unwrap()).collect();
        assert_eq!(read, samples);
        let names: BTreeSet<&str> = samples.iter().map(Event::name).collect();
        assert_eq!(names.len(), 26, "a new event needs its sample in the golden file: {names:?}");
    }

    #[test]
    fn a_state_is_read_back() {
        let mut records = vec![opened(1, MORNING), record(1, 2, MORNING + 5, samples::events())];
        records.push(moved(1, 3, MORNING + 9, "closed"));
        for n in 1..=records.len() {
            let case = replay(&records[..n]).unwrap();
            assert_eq!(decode_case(&encode_case(&case).unwrap()), Ok(case));
        }
    }

    #[test]
    fn unknown_events_and_fields_are_not_guessed() {
        for text in
            [r#"[{"e":"moved/9"}]"#, r#"[{"e":"counted/1","counter":"x","more":1}]"#, r#"[{"e":"counted/1"}]"#, "{}"]
        {
            assert!(matches!(decode_events(text), Err(guancheng_app::ports::PortError::Corrupt(_))), "{text}");
        }
    }
}
