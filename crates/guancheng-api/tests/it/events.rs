//! The stream of changes: resumed, filtered by rights, reset when too much was missed.

use axum::{body::Body, http::Method};
use expect_test::expect;
use tokio_stream::StreamExt;

use crate::{client::Client, loop_of_a_case::reported, world::World};

/// The first `n` events after `last`.
async fn events(client: &Client, last: Option<i64>, n: usize) -> String {
    let mut request = client.request(Method::GET, "/events");
    if let Some(last) = last {
        request = request.header("last-event-id", last.to_string());
    }
    let response = client.open(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.into_body().into_data_stream();
    let mut seen = String::new();
    for _ in 0..n {
        seen += &String::from_utf8_lossy(&stream.next().await.unwrap().unwrap());
    }
    seen
}

#[tokio::test]
async fn a_stream_is_resumed_where_it_broke() {
    let world = World::new();
    for _ in 0..3 {
        reported(&world).await;
    }
    let intake = world.demo("intake1").await;
    expect![[r#"
        id: 2
        event: case
        data: {"case":2,"seq":1,"state":"reported","unit":null}

        id: 3
        event: case
        data: {"case":3,"seq":1,"state":"reported","unit":null}

    "#]]
    .assert_eq(&events(&intake, Some(1), 2).await);
    world.finish();
}

#[tokio::test]
async fn only_cases_one_may_see_are_told() {
    let world = World::new();
    reported(&world).await;
    let crew = world.demo("crew-gas").await;
    let intake = world.demo("intake1").await;
    let (none, one) = (crew.get("/cases").await.json(), intake.get("/cases").await.json());
    assert_eq!((none["items"].as_array().unwrap().len(), one["items"].as_array().unwrap().len()), (0, 1));
    let waiting = tokio::time::timeout(std::time::Duration::from_millis(300), events(&crew, Some(0), 1)).await;
    assert!(waiting.is_err(), "{waiting:?}");
    world.finish();
}

#[tokio::test]
async fn a_strange_last_id_is_refused() {
    let world = World::new();
    let intake = world.demo("intake1").await;
    let request = intake.request(Method::GET, "/events").header("last-event-id", "yesterday");
    let got = intake.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(got.status, 400);
    world.finish();
}
