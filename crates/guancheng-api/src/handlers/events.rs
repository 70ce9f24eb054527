//! What just changed, as a stream.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use guancheng_app::ports::Change;
use guancheng_base::{Actor, ErrorCode};
use guancheng_org::Subject;
use tokio::{
    sync::{
        broadcast::{Receiver, error::RecvError},
        mpsc,
    },
    time::{Instant, timeout_at},
};
use tokio_stream::wrappers::ReceiverStream;

use crate::{
    caller::Caller,
    dto::StreamEvent,
    feed::{Heard, Place},
    limits,
    problem::{Answer, Problem},
    state::Api,
};

/// A stream ends after so long; the client comes back with `Last-Event-ID` and its rights are looked at again.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// Between comments that keep the connection open through proxies.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Server-sent events: `event: case` with `{"case", "seq", "state", "unit"}`, resumed by `Last-Event-ID`; `event: reset`
/// when too much was missed.
#[utoipa::path(get, path = "/events", operation_id = "stream_events", tag = "events",
    responses((status = 200, description = "A stream that does not end", body = StreamEvent, content_type = "text/event-stream")))]
pub async fn stream_events(State(api): State<Api>, caller: Caller, headers: HeaderMap) -> Answer<Response> {
    let last = last_id(&headers)?;
    let full = || Problem::too_many("EVENT_STREAMS", 30);
    // Listening begins before the past is read, so that nothing falls in between.
    let (receiver, place) = api.feed().listen().ok_or_else(full)?;
    let (send, events) = mpsc::channel(64);
    let stream = Stream { api, actor: caller.actor, send, seen: last.unwrap_or_default(), _place: place };
    tokio::spawn(stream.run(last, receiver));
    let sse = Sse::new(ReceiverStream::new(events)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    Ok(([("x-accel-buffering", "no")], sse).into_response())
}

fn last_id(headers: &HeaderMap) -> Answer<Option<i64>> {
    let Some(sent) = headers.get("last-event-id") else { return Ok(None) };
    let id = sent.to_str().ok().and_then(|text| text.parse().ok()).filter(|id| *id >= 0);
    let wrong = || {
        Problem::field(ErrorCode::BadRequest, "Last-Event-ID", "应为收到的最后一个编号", "must be the last id received")
    };
    id.map(Some).ok_or_else(wrong)
}

struct Stream {
    api: Api,
    actor: Actor,
    send: mpsc::Sender<Result<Event, Infallible>>,
    seen: i64,
    _place: Place,
}

impl Stream {
    /// What was missed, then what comes, until the client goes, the server stops or the stream's life is over.
    async fn run(mut self, last: Option<i64>, mut receiver: Receiver<Arc<Heard>>) {
        let end = Instant::now() + LIFE;
        if last.is_some() && self.resume().await.is_none() {
            return;
        }
        let mut stopping = self.api.feed().stopping();
        loop {
            let heard = tokio::select! {
                heard = timeout_at(end, receiver.recv()) => heard,
                () = self.send.closed() => return,
                _ = stopping.changed() => return,
            };
            let sent = match heard {
                Ok(Ok(heard)) => self.tell(&heard).await,
                Ok(Err(RecvError::Lagged(_))) => self.reset().await,
                Ok(Err(RecvError::Closed)) | Err(_) => return,
            };
            if sent.is_none() {
                return;
            }
        }
    }

    /// Reads what was missed; too much, or an id of the future, is answered by `reset`.
    async fn resume(&mut self) -> Option<()> {
        let after = self.seen;
        let missed = self.api.read(move |_, store| Ok(store.changes(after, limits::EVENTS_RESUMED + 1)?)).await.ok()?;
        if missed.len() > limits::EVENTS_RESUMED {
            return self.reset().await;
        }
        for change in missed {
            self.tell(&Heard::new(change)).await?;
        }
        Some(())
    }

    async fn reset(&mut self) -> Option<()> {
        let event = Event::default().event("reset").data("{}");
        self.send.send(Ok(event)).await.ok()
    }

    /// Sends a change once, if the actor may know of the case.
    async fn tell(&mut self, heard: &Heard) -> Option<()> {
        let change = &heard.change;
        if change.seq <= self.seen {
            return Some(());
        }
        self.seen = change.seq;
        if !self.may_know(heard).await {
            return Some(());
        }
        self.send.send(Ok(event(change))).await.ok()
    }

    /// The row alone often suffices; otherwise the case's own facts are read once for all streams.
    async fn may_know(&self, heard: &Heard) -> bool {
        let policy = &self.api.city().policy;
        if policy.may_view(&self.actor, &subject_of_row(&heard.change)) {
            return true;
        }
        let case = heard.change.row.id;
        let read = || async {
            let subject = self.api.read(move |city, store| {
                let Some(case) = store.case(case)? else { return Ok(None) };
                Ok(Some(guancheng_case::subject(city.procedure_of(&case)?, &case)))
            });
            subject.await.ok().flatten()
        };
        let subject: &Option<Subject> = heard.subject.get_or_init(read).await;
        subject.as_ref().is_some_and(|subject| policy.may_view(&self.actor, subject))
    }
}

/// What the row knows of the facts on which rights depend. The case knows more of them, and each only widens.
fn subject_of_row(change: &Change) -> Subject {
    let row = &change.row;
    Subject {
        kind: row.kind.clone(),
        cell: row.cell,
        units: row.unit.into_iter().chain(row.holder_unit).collect(),
        reporter: None,
        need_to_know: row.need_to_know,
        involved: Vec::new(),
    }
}

fn event(change: &Change) -> Event {
    let row = &change.row;
    let data = serde_json::json!({"case": row.id.0, "seq": row.seq, "state": row.state.as_str(), "unit": row.unit.map(|unit| unit.0)});
    Event::default().id(change.seq.to_string()).event("case").data(data.to_string())
}
