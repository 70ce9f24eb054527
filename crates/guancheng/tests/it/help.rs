//! The help of every sub-command as one text, and the exit statuses.

use expect_test::expect_file;

use crate::server::run;

/// The names under `Commands:` of a help text.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    names.filter(|name| name != "help").collect()
}

/// The help of a command and of everything below it.
fn whole_help(path: &[String]) -> String {
    let mut args = path.to_vec();
    args.push("--help".to_owned());
    let ended = run(&args);
    assert_eq!(ended.status, 0, "{args:?}: {}", ended.err);
    let mut text = format!("$ guancheng {}\n{}\n", args.join(" "), ended.out);
    for command in commands(&ended.out) {
        let mut below = path.to_vec();
        below.push(command);
        text += &whole_help(&below);
    }
    text
}

#[test]
fn the_help_of_every_command_is_known() {
    expect_file!["help.txt"].assert_eq(&whole_help(&[]));
}

#[test]
fn wrong_use_ends_with_two() {
    let check = |args: &[&str]| {
        let ended = run(args);
        assert_eq!(ended.status, 2, "{args:?}: {}{}", ended.out, ended.err);
        assert_eq!(ended.out, "", "{args:?} prints its complaint to standard error");
        assert!(!ended.err.is_empty(), "{args:?} says what is wrong");
    };
    check(&[]);
    check(&["no-such-command"]);
    check(&["check"]);
    check(&["verify", "--no-such-flag"]);
    check(&["calendar", "due", "--calendar", "no_such_calendar", "--from", "2024-01-01", "--limit", "1 work_day"]);
    check(&["restore", "--from", "no/such/folder", "--data", "no/such/folder/either"]);
}

#[test]
fn the_version_is_told() {
    let ended = run(["--version"]);
    assert_eq!(ended.status, 0);
    assert_eq!(ended.out, format!("guancheng {}\n", env!("CARGO_PKG_VERSION")));
}
