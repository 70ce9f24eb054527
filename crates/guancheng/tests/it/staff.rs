//! Who may log in: people are added in declared posts, and their passwords are made, not chosen.

use crate::{
    folder::{Folder, done},
    packs,
    server::run,
};

#[test]
fn a_person_is_added_in_a_declared_post_and_gets_a_password() {
    let folder = Folder::new("staff");
    let (data, pack) =
        (folder.join("data").to_string_lossy().into_owned(), packs::demo().to_string_lossy().into_owned());
    let people = |words: &[&str]| {
        [&["people"], words, &["--data", &data, "--pack", &pack]]
            .concat()
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let ended = run(people(&["add", "--login", "li", "--post", "no-such-post"]));
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("the pack declares no post no-such-post"), "{}", ended.err);

    let add = people(&["add", "--login", "li", "--name", "Li Ming", "--post", "dispatcher"]);
    let first = done(&add.iter().map(String::as_str).collect::<Vec<_>>()).out;
    let again = run(people(&["password", "--login", "li"])).out;
    assert!(first.starts_with("li  ") && again.starts_with("li  "), "{first}{again}");
    assert_ne!(first, again, "a new password is another one");
    assert!(run(people(&["list"])).out.contains("Li Ming"));
    assert_eq!(run(people(&["password", "--login", "wang"])).status, 2);
}
