//! What an author is told about one definition. All faults come out at once.

use expect_test::expect;

use crate::town::check;

#[test]
fn a_right_pack_has_nothing_to_say() {
    check(&[], expect!["0 errors, 0 warnings"]);
}

#[test]
fn unknown_keys_are_faults_at_any_depth() {
    check(
        &[
            ("pack.toml", "currency =", "curency ="),
            ("procedures/leak.toml", "final = true", "finale = true"),
            ("org/org.toml", "grants = [{ role = \"clerk\" }]", "grants = [{ role = \"clerk\", aera = \"here\" }]"),
        ],
        expect![[r#"
            error: unknown key `aera` in a grant
             --> org/org.toml:3:100
              |
            3 | …e = "窗口", duties = ["收件"], grants = [{ role = "clerk", aera = "here" }] }]
              |                                                             ^^^^
              = help: a grant may have: area, kinds, office, role

            error: the pack needs a `currency`
             --> pack.toml:1:1
              |
            1 | schema = 1
              | ^^^^^^^^^^

            error: unknown key `curency` in a pack
             --> pack.toml:6:1
              |
            6 | curency = "CNY"
              | ^^^^^^^
              = help: did you mean `currency`?

            error: unknown key `finale` in a state
              --> procedures/leak.toml:17:32
               |
            17 |   { id = "done", title = "已修", finale = true },
               |                                  ^^^^^^
               = help: did you mean `final`?

            4 errors, 0 warnings"#]],
    );
}

#[test]
fn the_proofs_of_the_core_point_into_the_file() {
    check(
        &[
            ("procedures/leak.toml", "to = \"done\"", "to = \"open\""),
            ("procedures/leak.toml", "start = \"enter:open\"", "start = \"move:mend\""),
            ("procedures/leak.toml", "breach = [\"remind_holder\"]", "breach = []"),
        ],
        expect![[r#"
            error: no clock is sure to run in open
              --> procedures/leak.toml:16:3
               |
            16 |   { id = "open", title = "已报", holder = "role:clerk", public = "已收到" },
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = help: add a clock with start = "enter:open", or take a stop away

            error: no path from open to an end
              --> procedures/leak.toml:16:3
               |
            16 |   { id = "open", title = "已报", holder = "role:clerk", public = "已收到" },
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = help: add a move towards a final state

            error: no path leads to done
              --> procedures/leak.toml:17:3
               |
            17 |   { id = "done", title = "已修", final = true },
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = help: add a move into it, or remove the state

            error: nothing follows when mending runs out
              --> procedures/leak.toml:23:127
               |
            23 | …mend"], limit = { codelist = "kinds.limit" }, breach = [] },
               |                                                         ^^
               = help: name an effect, or a deemed move in on_expiry

            4 errors, 0 warnings"#]],
    );
}

#[test]
fn a_failing_example_is_a_fault() {
    check(
        &[("procedures/leak.toml", "mending_due = \"2014-03-03T14:00\"", "mending_due = \"2014-03-04T14:00\"")],
        expect![[r#"
            error: the example “当天修好” fails: expect.mending_due is 2014-03-04T14:00, but mending is due 2014-03-03T14:00:00+08:00
              --> procedures/leak.toml:27:46
               |
            27 |     expect = { state = "done", mending_due = "2014-03-04T14:00", on_time = true } },
               |                                              ^^^^^^^^^^^^^^^^^^

            1 error, 0 warnings"#]],
    );
}

#[test]
fn a_definition_says_on_what_it_rests() {
    check(
        &[
            ("procedures/leak.toml", "basis = [\"示例\"]\nowner = \"hall\"\n", "owner = \"hell\"\n"),
            ("procedures/leak.toml", "example = [", "example_of_old = ["),
            ("procedures/leak.toml", "valid = { from = 2014-01-01 }\n", ""),
        ],
        expect![[r#"
            error: a definition needs its `basis`: the law, standard or plan item it rests on
             --> procedures/leak.toml:1:1
              |
            1 | kind = "procedure"
              | ^^^^^^^^^^^^^^^^^^

            error: a procedure needs at least one `example`: it is run whenever the pack is loaded
             --> procedures/leak.toml:1:1
              |
            1 | kind = "procedure"
              | ^^^^^^^^^^^^^^^^^^

            error: the procedure needs a `valid`
             --> procedures/leak.toml:1:1
              |
            1 | kind = "procedure"
              | ^^^^^^^^^^^^^^^^^^

            error: the owner `hell` is no office of this pack
             --> procedures/leak.toml:5:9
              |
            5 | owner = "hell"
              |         ^^^^^^
              = help: did you mean `hall`?

            error: unknown key `example_of_old` in a procedure
              --> procedures/leak.toml:23:1
               |
            23 | example_of_old = [
               | ^^^^^^^^^^^^^^
               = help: a procedure may have: assign, basis, calendar, clock, discretion, example, field, id, initial, kind, move, number, owner, params, privacy, progress, state, title, valid, version

            5 errors, 0 warnings"#]],
    );
}

#[test]
fn conditions_are_data_and_limits_have_units() {
    check(
        &[
            ("procedures/leak.toml", "require = [\"kind\"]", "require = [\"kind\"], when = [\"kind = 'tap'\"]"),
            ("procedures/leak.toml", "limit = { codelist = \"kinds.limit\" }", "limit = \"2 days\""),
            ("codelists/kinds.toml", "\"4 work_hour\"", "\"4 hours\""),
        ],
        expect![[r#"
            error: "hours" is no unit of time here: an hour is work_hour (office time) or urgent_hour (runs always)
             --> codelists/kinds.toml:9:42
              |
            9 |   { code = "tap", title = "水龙头", limit = "4 hours" },
              |                                             ^^^^^^^^^

            error: a condition is not written as a text
              --> procedures/leak.toml:20:111
               |
            20 | …one", by = ["role:clerk"], require = ["kind"], when = ["kind = 'tap'"] },
               |                                                         ^^^^^^^^^^^^^^
               = help: a condition is { f = "field", op = "=", v = … }; several must all hold

            error: "days" is no unit of time here: a day is natural_day (every day counts, a last day off rolls on) or work_day (only working days count)
              --> procedures/leak.toml:23:89
               |
            23 | …", start = "enter:open", stop = ["move:mend"], limit = "2 days", breach = ["remind_holder"] },
               |                                                         ^^^^^^^^

            3 errors, 0 warnings"#]],
    );
}

#[test]
fn a_required_field_that_nothing_uses_is_a_burden() {
    check(
        &[("procedures/leak.toml", "require = [\"kind\"]", "require = [\"kind\", \"note\"]")],
        expect![[r#"
        warning: `note` is required, and no rule, clock or document uses it
          --> procedures/leak.toml:20:102
           |
        20 | …, to = "done", by = ["role:clerk"], require = ["kind", "note"] },
           |                                                         ^^^^^^
           = help: drop it from `require`, or say with an effect or a document what it is for

        0 errors, 1 warning"#]],
    );
}

#[test]
fn syntax_and_kinds_are_named() {
    check(
        &[
            ("codelists/kinds.toml", "title = \"漏水类别\"", "title = 漏水类别"),
            ("calendars/week.toml", "weekend = [\"sat\", \"sun\"]", "weekend = [\"sat\", \"sunday\"]\nhours_of = 3"),
            ("org/org.toml", "id = 1,", "id = \"one\","),
        ],
        expect![[r#"
            error: `sunday` is no day; days are mon, tue, wed, thu, fri, sat, sun
             --> calendars/week.toml:7:19
              |
            7 | weekend = ["sat", "sunday"]
              |                   ^^^^^^^^

            error: unknown key `hours_of` in a calendar
             --> calendars/week.toml:8:1
              |
            8 | hours_of = 3
              | ^^^^^^^^
              = help: a calendar may have: basis, hours, id, kind, title, weekend, year, zone

            error: string values must be quoted, expected literal string
             --> codelists/kinds.toml:3:9
              |
            3 | title = 漏水类别
              |         ^^^^^^^^

            error: a whole number is expected here, not a text
             --> org/org.toml:1:18
              |
            1 | office = [{ id = "one", code = "hall", name = "镇公所", kind = "bureau" }]
              |                  ^^^^^

            4 errors, 0 warnings"#]],
    );
}
