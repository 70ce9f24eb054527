//! Where settings come from, and that nobody's typing mistake leaves a default in force.

use expect_test::expect;

use crate::{
    folder::Folder,
    server::{command, run},
};

#[test]
fn the_settings_explain_themselves() {
    let ended = run(["config", "--explain", "--data", "d", "--pack", "p"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    expect![[r#"
        data = "d"
            Folder with everything this city has recorded.
            from the command line; default "data/city"; variable GUANCHENG_DATA; flag --data
        pack = "p"
            Folder with the declared city.
            from the command line; default "pack"; variable GUANCHENG_PACK; flag --pack
        listen = "127.0.0.1:8700"
            Address and port to serve on.
            from the default; default "127.0.0.1:8700"; variable GUANCHENG_LISTEN; flag --listen
        https = "false"
            Behind TLS: session cookies are Secure and HSTS is sent.
            from the default; default "false"; variable GUANCHENG_HTTPS
        readers = "4"
            Read connections to the store.
            from the default; default "4"; variable GUANCHENG_READERS
        tick_ms = "500"
            How often due timers are looked for, in milliseconds.
            from the default; default "500"; variable GUANCHENG_TICK_MS
        public_writes_per_minute = "30"
            Reports without a log-in from one address in a minute; 0 for no limit.
            from the default; default "30"; variable GUANCHENG_PUBLIC_WRITES_PER_MINUTE
    "#]]
    .assert_eq(&ended.out);
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let folder = Folder::new("settings");
    let file = folder.join("city.toml");
    std::fs::write(&file, "data = \"from-file\"\nlisten = \"127.0.0.1:1\"\nreaders = 7\n").expect("a file");
    let file = file.to_string_lossy();
    let output = command(["config", "--config", &file, "--data", "from-flag"])
        .env("GUANCHENG_LISTEN", "127.0.0.1:2")
        .env("GUANCHENG_DATA", "from-environment")
        .output()
        .expect("the binary starts");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in ["data = \"from-flag\"", "listen = \"127.0.0.1:2\"", "readers = \"7\""] {
        assert!(out.lines().any(|printed| printed == line), "{line} is not in\n{out}");
    }
}

#[test]
fn an_unknown_key_is_wrong_use_and_names_the_known_ones() {
    let folder = Folder::new("unknown");
    let file = folder.join("city.toml");
    std::fs::write(&file, "listn = \"127.0.0.1:1\"\n").expect("a file");
    let ended = run(["config", "--config", &file.to_string_lossy()]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("unknown setting \"listn\"") && ended.err.contains("listen"), "{}", ended.err);

    let output = command(["config"]).env("GUANCHENG_LISTN", "127.0.0.1:1").output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("GUANCHENG_LISTN") && err.contains("listen"), "{err}");
}
