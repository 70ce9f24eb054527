//! The web app is built before this crate; a checkout without it must build too.

fn main() {
    let dist = "../../web/dist";
    // Without the folder the server says on its start page how to build the app.
    let _made = std::fs::create_dir_all(dist);
    println!("cargo:rerun-if-changed={dist}");
}
