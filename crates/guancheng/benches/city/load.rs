//! Many clients at once, each with its own connection, each doing the next thing as soon as the last is answered.

use std::{
    io,
    time::{Duration, Instant},
};

use crate::measure::Samples;

/// How long a load goes on.
#[derive(Clone, Copy)]
pub struct Span {
    /// No new request after this.
    pub long: Duration,
    /// Requests of one client at most.
    pub most: usize,
}

/// Runs one `act` after another in as many threads as there are `clients`; `act` gets its client and the number of the
/// request, and times what counts. The first failure ends the whole load.
pub fn run<C, F>(clients: Vec<C>, span: Span, act: F) -> io::Result<Samples>
where
    C: Send,
    F: Fn(&mut C, usize, &mut Samples) -> io::Result<bool> + Sync,
{
    let act = &act;
    let one = move |mut client: C| -> io::Result<Samples> {
        let mut samples = Samples::default();
        let began = Instant::now();
        for n in 0..span.most {
            if began.elapsed() >= span.long || !act(&mut client, n, &mut samples)? {
                break;
            }
        }
        samples.wall = began.elapsed();
        Ok(samples)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = clients.into_iter().map(|client| scope.spawn(move || one(client))).collect();
        let mut all = Samples::default();
        for thread in threads {
            all.join(thread.join().map_err(|_| io::Error::other("a client panicked"))??);
        }
        Ok(all)
    })
}
