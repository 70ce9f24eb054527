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
    serde_json::to_string(&case::CaseJson::of(state)).map_err(|error| corrupt(format!("a state cannot be written: {error}")))
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
