//! The stream of changes inside the process: what the writer committed, for whoever listens.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use guancheng_app::ports::Change;
use guancheng_org::Subject;
use tokio::sync::{
    OnceCell,
    broadcast::{self, Receiver, Sender},
    watch,
};

use crate::limits;

/// A change with the facts on which the right to know of it depends, read at most once.
pub struct Heard {
    /// What changed.
    pub change: Change,
    /// The facts of the case.
    pub subject: OnceCell<Option<Subject>>,
}

/// Where committed changes are handed on. Cheap to clone.
#[derive(Clone)]
pub struct Feed {
    sender: Sender<Arc<Heard>>,
    open: Arc<AtomicUsize>,
    stop: watch::Sender<bool>,
}

/// One of the open streams; gives its place back when dropped.
pub struct Place(Arc<AtomicUsize>);

impl Heard {
    /// A change whose facts nobody has asked for.
    pub fn new(change: Change) -> Self {
        Heard { change, subject: OnceCell::new() }
    }
}

impl Feed {
    /// A feed nobody listens to yet.
    pub fn new() -> Self {
        let (sender, _) = broadcast::channel(limits::EVENTS_QUEUED);
        let (stop, _) = watch::channel(false);
        Feed { sender, open: Arc::default(), stop }
    }

    /// Hands on what was committed. Called on the writer's thread; never waits.
    pub fn publish(&self, changes: &[Change]) {
        if self.sender.receiver_count() == 0 {
            return;
        }
        for change in changes {
            // Without listeners there is nobody to miss it.
            let _heard = self.sender.send(Arc::new(Heard::new(change.clone())));
        }
    }

    /// Listens from now on, if there is a place left.
    pub fn listen(&self) -> Option<(Receiver<Arc<Heard>>, Place)> {
        let place = Place(Arc::clone(&self.open));
        let taken = self.open.fetch_add(1, Ordering::Relaxed);
        (taken < limits::EVENT_STREAMS).then(|| (self.sender.subscribe(), place))
    }

    /// Ends every stream: the server stops.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Changes when the server stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
