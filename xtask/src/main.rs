//! Work on the house itself: `cargo xtask tidy` checks the rules (they are also tests), the other commands make what is
//! generated. Nothing here is shipped.

mod demo_city;
mod tidy;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("tidy") => tidy(),
        Some("demo-city") => demo_city::run(words.get(1..).unwrap_or_default()),
        _ => {
            eprintln!("cargo xtask tidy        check the rules of the house");
            eprintln!("cargo xtask demo-city   make the geography of the shipped packs");
            ExitCode::from(2)
        }
    }
}

fn tidy() -> ExitCode {
    let rules = match tidy::run(&tidy::root()) {
        Ok(rules) => rules,
        Err(error) => {
            eprintln!("xtask: the repository cannot be read: {error}");
            return ExitCode::from(2);
        }
    };
    let mut broken = 0;
    for (name, faults) in rules {
        println!(
            "{name}: {}",
            if faults.is_empty() { "holds".to_owned() } else { format!("{} fault(s)", faults.len()) }
        );
        faults.iter().for_each(|fault| println!("  {fault}"));
        broken += faults.len();
    }
    ExitCode::from(u8::from(broken > 0))
}
