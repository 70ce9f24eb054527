//! `guancheng serve`: the web app, the API and the timers of one city.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use guancheng_api::{Api, Settings as Edge};

use super::city::{Opened, Ticker, now, open};
use crate::{Answer, Outcome, cli::ServeArgs, settings::Settings};

/// Serves the city of the settings until it is told to stop.
pub fn run(args: &ServeArgs) -> Outcome {
    let settings = args.place.settings(args.listen.as_deref())?;
    let opened = open(&settings)?;
    if opened.city.org().people().next().is_none() {
        eprintln!("nobody can log in yet; add somebody with `guancheng people add --login NAME --post POST`");
    }
    serve(&settings, &opened, |address| say!("{} on http://{address}/", opened.city.pack.title))
}

/// Serves an opened city; `ready` is told the address once connections are accepted.
pub fn serve(settings: &Settings, opened: &Opened, ready: impl FnOnce(SocketAddr)) -> Outcome {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())?;
    let https = settings.truth("https")?;
    let public_writes = u32::try_from(settings.number("public_writes_per_minute")?).unwrap_or(u32::MAX);
    let edge = Edge {
        secure_cookies: https,
        hsts: https,
        behind_proxy: https,
        public_writes_per_minute: public_writes,
        tiles: Some(settings.path("pack").join("places")),
        ..Edge::default()
    };
    let api =
        Api::new(Arc::clone(&opened.city), opened.store.clone(), Arc::new(now), guancheng_api::system_random(), edge);
    let ticker = Ticker::start(opened, Duration::from_millis(settings.number("tick_ms")?.max(1)));
    let served = runtime.block_on(async {
        let listen = settings.get("listen");
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(|error| format!("{listen}: {error}; choose another address with --listen"))?;
        ready(listener.local_addr().map_err(|error| error.to_string())?);
        guancheng_api::serve(listener, api, stopped()).await.map_err(|error| error.to_string())
    });
    drop(ticker);
    served.map(|()| Answer::Yes)
}

/// Resolves when the process is asked to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
