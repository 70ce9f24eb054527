//! The server on its socket, and how it stops.

use std::{future::Future, io, net::SocketAddr, time::Duration};

use axum::serve::ListenerExt;
use tokio::{
    net::TcpListener,
    sync::watch,
    time::{interval, timeout},
};

use crate::{limits, routes::router, state::Api};

/// Serves until `shutdown` is ready; then takes no more connections, ends event streams, and gives running requests
/// [`limits::SHUTDOWN_GRACE_S`] to finish.
///
/// # Errors
/// A socket that cannot be listened on any more.
pub async fn serve(
    listener: TcpListener,
    state: Api,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let feed = state.feed().clone();
    let (stopping, mut stopped) = watch::channel(false);
    let signal = async move {
        shutdown.await;
        feed.stop();
        stopping.send_replace(true);
    };
    let upkeep = tokio::spawn(upkeep(state.clone()));
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    // An answer goes out at once, not when the client has confirmed the one before; a socket that will not is slower only.
    let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
    let server = axum::serve(listener, service).with_graceful_shutdown(signal);
    let grace = async move {
        // The sender is gone only when the signal has been given.
        let _given = stopped.wait_for(|stopping| *stopping).await;
        let grace = timeout(Duration::from_secs(limits::SHUTDOWN_GRACE_S), std::future::pending::<()>());
        let _over = grace.await;
    };
    let served = tokio::select! {
        served = server.into_future() => served,
        () = grace => Ok(()),
    };
    upkeep.abort();
    served
}

/// Forgets what has ended: sessions, tokens, and answers kept for replay.
async fn upkeep(state: Api) {
    let mut hour = interval(Duration::from_secs(3_600));
    loop {
        hour.tick().await;
        let before = state.now().plus_ms(-limits::IDEMPOTENCY_KEPT_MS);
        if let Err(problem) = state.write(move |_, tx| Ok(tx.sweep(before)?)).await {
            eprintln!("upkeep: {}: {}", problem.code, problem.cause.unwrap_or_default());
        }
    }
}
