//! How fast plan documents are read.
//!
//! `cargo run --release -p guancheng-plan --example parse_rate [FILE]`: a text file, or a made-up plan of 500 items.

use std::time::{Duration, Instant};

use guancheng_plan::parse::parse_text;

/// How long the measurement runs.
const LONG: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => made_up(500),
    };
    let began = Instant::now();
    let (mut runs, mut commitments) = (0_u32, 0_usize);
    while began.elapsed() < LONG {
        let plan = parse_text(&text, None).map_err(|fault| fault.to_string())?;
        commitments = plan.items.iter().map(|item| item.commitments.len()).sum();
        runs += 1;
    }
    let each = began.elapsed().as_secs_f64() / f64::from(runs);
    println!("reading a plan of {} kB, {commitments} commitments", text.len() / 1000);
    println!("{:<44}{:>12.2}", "ms each", each * 1e3);
    println!("{:<44}{:>12.1}", "MB a second", text.len() as f64 / each / 1e6);
    Ok(())
}

fn made_up(items: u32) -> String {
    let mut text = String::from("2026年城市管理工作要点\n一、基础设施\n");
    for n in 1..=items {
        text += &format!(
            "{n}、第{n}处设施。年底前新建管道{}公里，改造泵站{}座，巡查率达到95%以上；每月召开调度会，制定管理办法，加强日常养护。\n责任处室：养护处、计划处\n",
            n % 50 + 1,
            n % 7 + 1
        );
    }
    text
}
