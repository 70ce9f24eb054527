//! What an author is told. Each test is a pack that is right but for one or two files; all faults come out at once.

use expect_test::{Expect, expect};
use guancheng_pack::Pack;

const PACK: &str = r#"schema = 1
id = "town"
title = "小镇"
locale = "zh-CN"
zone = "Asia/Shanghai"
currency = "CNY"
report_kind = "leak"
city = { code = "990000", center = [100.5, 30.5], zoom = 12, bbox = [100, 30, 101, 31] }
source = [{ code = "public", title = "市民" }]
"#;

const CALENDAR: &str = r#"kind = "calendar"
id = "week"
title = "办公时间"
zone = "Asia/Shanghai"
basis = ["示例"]
hours = [{ from = 09:00:00, to = 17:00:00 }]
weekend = ["sat", "sun"]
[[year]]
year = 2014
source = "示例"
off = [2014-01-01]
work = []
"#;

const ORG: &str = r#"office = [{ id = 1, code = "hall", name = "镇公所", kind = "bureau" }]
role = [{ id = "clerk", title = "办事员", views = "all_in_area" }]
post = [{ id = "desk", office = "hall", title = "窗口", duties = ["收件"], grants = [{ role = "clerk" }] }]
demo_person = [{ login = "clerk1", name = "某甲", post = "desk" }]
"#;

const LIST: &str = r#"kind = "codelist"
id = "kinds"
title = "漏水类别"
owner = "hall"
basis = ["示例"]
columns = { limit = "limit" }
row = [
  { code = "pipe", title = "水管", limit = "2 work_day" },
  { code = "tap", title = "水龙头", limit = "4 work_hour" },
]
"#;

const LEAK: &str = r#"kind = "procedure"
id = "leak"
title = "漏水"
version = 1
valid = { from = 2014-01-01 }
basis = ["示例"]
owner = "hall"
number = "L{yyyy}-{seq:4}"
calendar = "week"
initial = "open"
field = [
  { id = "kind", title = "类别", type = "code", codelist = "kinds" },
  { id = "note", title = "说明", type = "text", max = 100 },
]
state = [
  { id = "open", title = "已报", holder = "role:clerk", public = "已收到" },
  { id = "done", title = "已修", final = true },
]
move = [
  { id = "mend", title = "修好", from = ["open"], to = "done", by = ["role:clerk"], require = ["kind"] },
]
clock = [
  { id = "mending", title = "修理时限", start = "enter:open", stop = ["move:mend"], limit = { codelist = "kinds.limit" }, breach = ["remind_holder"] },
]
example = [
  { title = "当天修好", given = { registered = "2014-03-03T10:00", kind = "tap" }, do = [["2014-03-03T12:00", "mend"]],
    expect = { state = "done", mending_due = "2014-03-03T14:00", on_time = true } },
]
"#;

/// The right pack with `changes`: (path, text to replace, replacement). An empty pattern replaces the whole file.
#[track_caller]
fn check(changes: &[(&str, &str, &str)], expect: Expect) {
    let mut files = vec![
        ("pack.toml", PACK.to_owned()),
        ("calendars/week.toml", CALENDAR.to_owned()),
        ("org/org.toml", ORG.to_owned()),
        ("codelists/kinds.toml", LIST.to_owned()),
        ("procedures/leak.toml", LEAK.to_owned()),
    ];
    for (path, from, to) in changes {
        match files.iter_mut().find(|(known, _)| known == path) {
            Some((_, text)) if from.is_empty() => *text = (*to).to_owned(),
            Some((_, text)) => {
                assert!(text.contains(from), "{from:?} is not in {path}");
                *text = text.replace(from, to);
            }
            None => files.push((*path, (*to).to_owned())),
        }
    }
    let files = files.into_iter().filter(|(_, text)| !text.is_empty());
    let seen = match Pack::from_texts(files.map(|(path, text)| (path.to_owned(), text))) {
        Ok(pack) => pack.warnings.to_string(),
        Err(faults) => faults.to_string(),
    };
    expect.assert_eq(&seen);
}

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
fn unknown_names_suggest_the_nearest() {
    check(
        &[
            ("procedures/leak.toml", "to = \"done\", by = [\"role:clerk\"]", "to = \"don\", by = [\"role:clark\"]"),
            ("procedures/leak.toml", "codelist = \"kinds\" }", "codelist = \"kind\" }"),
            ("procedures/leak.toml", "calendar = \"week\"", "calendar = \"weak\""),
            ("org/org.toml", "post = \"desk\"", "post = \"disk\""),
            ("pack.toml", "report_kind = \"leak\"", "report_kind = \"leek\""),
        ],
        expect![[r#"
            error: there is no post `disk`
             --> org/org.toml:4:56
              |
            4 | demo_person = [{ login = "clerk1", name = "某甲", post = "disk" }]
              |                                                          ^^^^^^
              = help: did you mean `desk`?

            error: there is no procedure `leek`
             --> pack.toml:7:15
              |
            7 | report_kind = "leek"
              |               ^^^^^^
              = help: did you mean `leak`?

            error: there is no calendar `weak`
             --> procedures/leak.toml:9:12
              |
            9 | calendar = "weak"
              |            ^^^^^^
              = help: did you mean `week`?

            error: there is no code list `kind`
              --> procedures/leak.toml:12:58
               |
            12 |   { id = "kind", title = "类别", type = "code", codelist = "kind" },
               |                                                            ^^^^^^
               = help: did you mean `kinds`?

            error: there is no role `clark`
              --> procedures/leak.toml:20:67
               |
            20 |   { id = "mend", title = "修好", from = ["open"], to = "don", by = ["role:clark"], require = ["kind"] },
               |                                                                     ^^^^^^^^^^^^
               = help: did you mean `clerk`?

            5 errors, 0 warnings"#]],
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
               = help: a procedure may have: assign, basis, calendar, clock, discretion, example, field, id, initial, kind, move, number, owner, params, privacy, state, title, valid, version

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
fn two_rows_of_an_assignment_table_may_not_meet() {
    check(
        &[(
            "assign/units.toml",
            "",
            r#"kind = "assignment"
id = "units"
title = "分工"
list = "kinds"
owner = "hall"
basis = ["示例"]
row = [
  { id = "甲", category = "pipe", office = "hall" },
  { id = "乙", category = "pipe", office = "hall" },
  { id = "丙", category = "tub", office = "hull" },
]
"#,
        )],
        expect![[r#"
            error: rows 乙 and 甲 both match pipe in the same area
             --> assign/units.toml:9:3
              |
            9 |   { id = "乙", category = "pipe", office = "hall" },
              |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              = help: divide the area or the category; order never decides

            error: category tub is not in list kinds
              --> assign/units.toml:10:3
               |
            10 |   { id = "丙", category = "tub", office = "hull" },
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = help: did you mean tap?

            error: there is no office `hull`
              --> assign/units.toml:10:42
               |
            10 |   { id = "丙", category = "tub", office = "hull" },
               |                                           ^^^^^^
               = help: did you mean `hall`?

            3 errors, 0 warnings"#]],
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

#[test]
fn a_mapping_names_what_there_is() {
    check(
        &[(
            "mappings/old.toml",
            "",
            r#"id = "old"
title = "旧系统"
procedure = "leak"
key = "NO"
opened_at = { as = "datetime", column = "OPENED", format = "%Y-%m-%d" }
source = { as = "const", value = "pubic" }
[[field]]
id = "kind"
as = "code"
column = "KIND"
list = "kinds"
table = { "PIPE" = "pip" }
[[field]]
id = "note"
as = "trimmed"
column = "NOTE"
[[move]]
id = "mended"
at = { as = "text", column = "CLOSED" }
"#,
        )],
        expect![[r#"
            error: there is no source `pubic`
             --> mappings/old.toml:6:10
              |
            6 | source = { as = "const", value = "pubic" }
              |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              = help: did you mean `public`?

            error: there is no code `pip`
              --> mappings/old.toml:12:9
               |
            12 | table = { "PIPE" = "pip" }
               |         ^^^^^^^^^^^^^^^^^^
               = help: did you mean `pipe`?

            error: unknown transform `trimmed`
              --> mappings/old.toml:15:6
               |
            15 | as = "trimmed"
               |      ^^^^^^^^^
               = help: the transforms are: text, trim, datetime, code, office, lonlat, const

            error: there is no move `mended`
              --> mappings/old.toml:18:6
               |
            18 | id = "mended"
               |      ^^^^^^^^
               = help: did you mean `mend`?

            error: a time is expected here
              --> mappings/old.toml:19:6
               |
            19 | at = { as = "text", column = "CLOSED" }
               |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = help: write { as = "datetime", column = …, format = … }

            5 errors, 0 warnings"#]],
    );
}

#[test]
fn versions_in_force_do_not_overlap() {
    let second = LEAK.replace("version = 1", "version = 2").replace("from = 2014-01-01", "from = 2014-06-01");
    check(
        &[("procedures/leak_v2.toml", "", &second)],
        expect![[r#"
        error: version 2 of `leak` is in force together with version 1
         --> procedures/leak_v2.toml:5:9
          |
        5 | valid = { from = 2014-06-01 }
          |         ^^^^^^^^^^^^^^^^^^^^^
          = help: give each its own number, and end the older the day before the newer begins

        1 error, 0 warnings"#]],
    );
}

#[test]
fn a_folder_without_its_first_file_is_no_pack() {
    check(
        &[("pack.toml", "", "")],
        expect![[r#"
        error: there is no pack.toml: a pack begins with one

        1 error, 0 warnings"#]],
    );
}
