//! The server on its socket, and how it stops.

use std::{convert::Infallible, future::Future, io, net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{HttpService, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{interval, sleep, timeout},
};
use tower::ServiceExt;

use crate::{limits, routes::router, state::Api};

/// Serves until `shutdown` is ready; then takes no more connections, ends event streams, and gives running requests
/// [`limits::SHUTDOWN_GRACE_S`] to finish.
///
/// # Errors
/// None today; a socket that fails once is asked again.
pub async fn serve(
    listener: TcpListener,
    state: Api,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let feed = state.feed().clone();
    let upkeep = tokio::spawn(upkeep(state.clone()));
    let head_within = Duration::from_secs(limits::REQUEST_HEAD_S);
    let (router, running) = (router(state), GracefulShutdown::new());
    tokio::select! {
        () = accept(&listener, &router, &running, head_within) => {}
        () = shutdown => {}
    }
    drop(listener);
    feed.stop();
    // Who has not finished by then is cut off.
    let _finished = timeout(Duration::from_secs(limits::SHUTDOWN_GRACE_S), running.shutdown()).await;
    upkeep.abort();
    Ok(())
}

/// Takes connections for ever.
async fn accept(listener: &TcpListener, router: &Router, running: &GracefulShutdown, head_within: Duration) {
    loop {
        match listener.accept().await {
            Ok((socket, peer)) => {
                let connection = connection(socket, peer, router.clone(), head_within);
                tokio::spawn(running.watch(connection));
            }
            // Too many open files, or a client that went before it was taken: the next one may do better.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
}

/// One connection: requests one after the other until the client goes, takes too long to say what it wants, or the
/// server stops. hyper knows no limit on the time for a request's head unless it is given a timer and one.
fn connection(
    socket: TcpStream,
    peer: SocketAddr,
    router: Router,
    head_within: Duration,
) -> http1::Connection<TokioIo<TcpStream>, impl HttpService<Incoming, ResBody = Body, Error = Infallible, Future: Send>>
{
    // An answer goes out at once, not when the client has confirmed the one before; a socket that will not is slower only.
    drop(socket.set_nodelay(true));
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_within);
    http.serve_connection(TokioIo::new(socket), service)
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

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Whether the server ends a connection on which that much of a request was said, and what it answered.
    async fn said(head: &str, head_within: Duration) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "here" }));
        let running = GracefulShutdown::new();
        let client = async {
            let mut socket = TcpStream::connect(address).await.unwrap();
            socket.write_all(head.as_bytes()).await.unwrap();
            let mut answer = String::new();
            socket.read_to_string(&mut answer).await.unwrap();
            answer
        };
        tokio::select! {
            () = accept(&listener, &router, &running, head_within) => String::new(),
            answer = client => answer,
        }
    }

    #[tokio::test]
    async fn a_head_that_does_not_end_ends_the_connection() {
        let soon = Duration::from_millis(50);
        assert!(said("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", soon).await.ends_with("here"));
        for unfinished in ["", "GET / HTTP/1.1\r\nhost: x\r\n"] {
            let answer = said(unfinished, soon).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
        }
    }
}
