//! What a city declares about plans, right and wrong.

use expect_test::{Expect, expect};

use crate::town::check;

const REPORT: &str = r#"kind = "procedure"
id = "report"
title = "报送"
version = 1
valid = { from = 2014-01-01 }
basis = ["示例"]
owner = "hall"
number = "R{yyyy}-{seq:4}"
calendar = "week"
initial = "open"
progress = { commitment = "commitment", step = "step", amount = "amount", day = "day", pending = ["open"], counted = ["done"] }
field = [
  { id = "commitment", title = "任务", type = "ref", ref = "plan.commitment" },
  { id = "step", title = "节点", type = "text", max = 40 },
  { id = "amount", title = "数量", type = "decimal", unit = "个" },
  { id = "day", title = "日期", type = "date" },
  { id = "description", title = "事项", type = "text", max = 40 },
  { id = "unit", title = "单位", type = "org" },
  { id = "due", title = "时限", type = "date" },
  { id = "new_target", title = "新目标", type = "decimal", unit = "个" },
  { id = "new_due", title = "新时限", type = "date" },
  { id = "new_lead", title = "新牵头", type = "org" },
  { id = "reason", title = "理由", type = "text", max = 40 },
]
state = [{ id = "open", title = "在办", holder = "role:clerk" }, { id = "done", title = "办结", final = true }]
move = [{ id = "end", title = "办结", from = ["open"], to = "done", by = ["role:clerk"], effects = ["amend_plan"] }]
clock = [{ id = "ending", title = "时限", start = "enter:open", stop = ["move:end"], limit = "5 work_day", breach = ["remind_holder"] }]
example = [{ title = "办结", given = {}, do = [["2014-03-03T12:00", "end"]], expect = { state = "done" } }]
"#;

const SETTINGS: &str = r#"kind = "plan_settings"
basis = ["示例"]
owner = "hall"
curve = [0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 90, 100]
cycle_days = 31
circular_number = "通报{yyyy}-{seq}"
mark_percent = 20
appeal_within = "5 work_day"
other_group = "其他"
series = [{ id = "weekly", title = "例会", cadence = "weekly" }]
grades = [{ title = "优", from = 80 }, { title = "良", from = 0 }]
groups = [{ title = "甲", offices = ["hall"] }]
procedures = { progress = "report", decision = "report", amendment = "report" }
[rights]
review = ["clerk"]
adopt = ["clerk"]
for_office = ["clerk"]
lead = ["clerk"]
supervise = ["clerk"]
appraise = ["clerk"]
"#;

const PLAN: &str = r#"kind = "plan"
title = "{yyyy}年要点"
publisher = "镇公所"
basis = ["示例"]
owner = "hall"
section = [{ no = 1, title = "修水管" }]
troubled = ["01.01"]
[[item]]
no = 1
section = 1
title = "供水"
lead = "hall"
commitment = [
  { text = "换50公里水管", class = "count", weight = 5, quantity = [{ text = "50公里", value = 50, unit = "公里", comparator = "=" }],
    bind = { kind = "count", target = 50, unit = "公里", due = "02-29" }, watch = "返修" },
  { text = "漏水按时修", class = "duty", weight = 5, bind = { kind = "duty", measure = "on_time", procedure = "leak", category = "pipe", target = 95, min_cases = 1 }, watch = "返修" },
  { text = "修水塔", class = "project", weight = 3, bind = { kind = "milestones", steps = [{ id = "a", title = "开工", due = "04-30" }, { id = "b", title = "完工", due = "08-31" }] } },
  { text = "例会", class = "periodic", weight = 1, bind = { kind = "schedule", cadence = "weekly", from = "01-01", to = "12-31" } },
]
"#;

/// The little pack with a right procedure, right settings and a right plan, made wrong by `changes`.
#[track_caller]
fn check_plan(changes: &[(&str, &str)], expect: Expect) {
    let mut texts = [("procedures/report.toml", REPORT), ("plan/settings.toml", SETTINGS), ("plan/demo.toml", PLAN)]
        .map(|(path, text)| (path, text.to_owned()));
    for (from, to) in changes {
        let known = texts.iter().filter(|(_, text)| text.contains(from)).count();
        assert_eq!(known, 1, "{from:?} stands in one file");
        texts.iter_mut().for_each(|(_, text)| *text = text.replace(from, to));
    }
    let files: Vec<(&str, &str, &str)> = texts.iter().map(|(path, text)| (*path, "", text.as_str())).collect();
    check(&files, expect);
}

#[test]
fn a_right_plan_has_nothing_to_say() {
    check_plan(&[], expect!["0 errors, 0 warnings"]);
}

#[test]
fn settings_lie_within_their_bounds() {
    let changes = [
        ("70, 75", "70, 65"),
        ("cycle_days = 31", "cycle_days = 0"),
        ("通报{yyyy}-{seq}", "通报{yyyy}"),
        ("mark_percent = 20", "mark_percent = 120"),
        ("\"5 work_day\"\nother", "\"5 work_days\"\nother"),
        ("from = 80", "from = 0"),
    ];
    check_plan(
        &changes,
        expect![[r#"
        error: this is no curve of a year
         --> plan/settings.toml:4:9
          |
        4 | curve = [0, 10, 20, 30, 40, 50, 60, 70, 65, 80, 90, 100]
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = help: twelve percentages, one a month, never falling, the last 100

        error: 0 is out of range: a whole number from 1 to 366 is expected
         --> plan/settings.toml:5:14
          |
        5 | cycle_days = 0
          |              ^

        error: every circular would have the number 通报{yyyy}
         --> plan/settings.toml:6:19
          |
        6 | circular_number = "通报{yyyy}"
          |                   ^^^^^^^^^^^^
          = help: put {seq} where the running number stands, and {yyyy} for the year

        error: 120 is out of range: a whole number from 0 to 100 is expected
         --> plan/settings.toml:7:16
          |
        7 | mark_percent = 120
          |                ^^^

        error: "work_days" is no unit of time here: the units are natural_day, work_day, work_hour, urgent_hour, urgent_minute, year
         --> plan/settings.toml:8:17
          |
        8 | appeal_within = "5 work_days"
          |                 ^^^^^^^^^^^^^

        error: some total would have no grade, or two
          --> plan/settings.toml:11:10
           |
        11 | grades = [{ title = "优", from = 0 }, { title = "良", from = 0 }]
           |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = help: from the best down, each beginning lower than the one before, the last from 0

        6 errors, 0 warnings"#]],
    );
}

#[test]
fn settings_name_what_there_is() {
    let changes = [
        ("adopt = [\"clerk\"]", "adopt = [\"clark\"]"),
        ("appraise =", "apraise ="),
        ("title = \"例会\", cadence = \"weekly\" }]\ngrades", "title = \"例会\", cadence = \"weakly\" }]\ngrades"),
        ("offices = [\"hall\"]", "offices = [\"hall\", \"hull\", \"hall\"]"),
        ("decision = \"report\"", "decision = \"rapport\""),
    ];
    check_plan(
        &changes,
        expect![[r#"
        error: `weakly` is no cadence
          --> plan/settings.toml:10:52
           |
        10 | series = [{ id = "weekly", title = "例会", cadence = "weakly" }]
           |                                                      ^^^^^^^^
           = help: a cadence is: daily, weekly, monthly, quarterly, half_yearly, yearly

        error: there is no office `hull`
          --> plan/settings.toml:12:45
           |
        12 | groups = [{ title = "甲", offices = ["hall", "hull", "hall"] }]
           |                                              ^^^^^^
           = help: did you mean `hall`?

        error: an office is ranked in one group, and this one is in two
          --> plan/settings.toml:12:53
           |
        12 | groups = [{ title = "甲", offices = ["hall", "hull", "hall"] }]
           |                                                      ^^^^^^

        error: there is no procedure `rapport`
          --> plan/settings.toml:13:48
           |
        13 | procedures = { progress = "report", decision = "rapport", amendment = "report" }
           |                                                ^^^^^^^^^
           = help: did you mean `report`?

        error: the rights of a plan needs a `appraise`
          --> plan/settings.toml:14:1
           |
        14 | [rights]
           | ^^^^^^^^

        error: there is no role `clark`
          --> plan/settings.toml:16:10
           |
        16 | adopt = ["clark"]
           |          ^^^^^^^
           = help: did you mean `clerk`?

        error: unknown key `apraise` in a rights of a plan
          --> plan/settings.toml:20:1
           |
        20 | apraise = ["clerk"]
           | ^^^^^^^
           = help: did you mean `appraise`?

        7 errors, 0 warnings"#]],
    );
}

#[test]
fn a_procedure_fits_what_it_is_for() {
    let changes = [
        (
            "progress = \"report\", decision = \"report\", amendment = \"report\"",
            "progress = \"leak\", decision = \"report\", amendment = \"leak\"",
        ),
        (
            "{ id = \"due\", title = \"时限\", type = \"date\" }",
            "{ id = \"due\", title = \"时限\", type = \"moment\" }",
        ),
    ];
    check_plan(
        &changes,
        expect![[r#"
        error: `leak` does not say what its cases report of a plan
          --> plan/settings.toml:13:27
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                           ^^^^^^
           = help: give it a `progress` table: which fields say of what, how much, for which day

        error: `report` has no date field `due`
          --> plan/settings.toml:13:46
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                                              ^^^^^^^^
           = help: declare { id = "due", type = "date" } there

        error: `leak` has no date field `new_due`
          --> plan/settings.toml:13:68
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                                                                    ^^^^^^
           = help: declare { id = "new_due", type = "date" } there

        error: `leak` has no decimal field `new_target`
          --> plan/settings.toml:13:68
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                                                                    ^^^^^^
           = help: declare { id = "new_target", type = "decimal" } there

        error: `leak` has no org field `new_lead`
          --> plan/settings.toml:13:68
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                                                                    ^^^^^^
           = help: declare { id = "new_lead", type = "org" } there

        error: `leak` has no ref field `commitment`
          --> plan/settings.toml:13:68
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                                                                    ^^^^^^
           = help: declare { id = "commitment", type = "ref" } there

        error: `leak` has no text field `reason`
          --> plan/settings.toml:13:68
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                                                                    ^^^^^^
           = help: declare { id = "reason", type = "text" } there

        error: no move of `leak` amends a plan
          --> plan/settings.toml:13:68
           |
        13 | procedures = { progress = "leak", decision = "report", amendment = "leak" }
           |                                                                    ^^^^^^
           = help: give the approving move effects = ["amend_plan"]

        8 errors, 0 warnings"#]],
    );
}

#[test]
fn every_state_of_a_report_stands_somewhere_once() {
    check_plan(
        &[("counted = [\"done\"]", "counted = [\"open\"]")],
        expect![[r#"
        error: `open` stands under pending already
          --> procedures/report.toml:11:119
           |
        11 | … "amount", day = "day", pending = ["open"], counted = ["open"] }
           |                                                         ^^^^^^

        1 error, 0 warnings"#]],
    );
    check_plan(
        &[("counted = [\"done\"]", "counted = []")],
        expect![[r#"
        error: how a report stands in done is not said
          --> procedures/report.toml:11:12
           |
        11 | progress = { commitment = "commitment", step = "step", amount = "amount", day = "day", pending = ["open"], cou…
           |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = help: list it under pending, counted, inspected, failed or refused

        1 error, 0 warnings"#]],
    );
}

#[test]
fn a_plan_names_what_there_is() {
    let changes = [
        ("troubled = [\"01.01\"]", "troubled = [\"01.09\"]"),
        ("section = 1\n", "section = 2\n"),
        ("lead = \"hall\"\ncommitment", "lead = \"hull\"\ncommitment"),
        ("class = \"count\"", "class = \"counts\""),
        ("text = \"50公里\"", "text = \"40公里\""),
        ("comparator = \"=\"", "comparator = \"==\""),
        ("procedure = \"leak\"", "procedure = \"leek\""),
    ];
    check_plan(
        &changes,
        expect![[r#"
            error: there is no commitment `01.09`
             --> plan/demo.toml:7:13
              |
            7 | troubled = ["01.09"]
              |             ^^^^^^^
              = help: did you mean `01.01`?

            error: there is no section 2
             --> plan/demo.toml:8:1
              |
            8 | [[item]]
              | ^^^^^^^^

            error: there is no office `hull`
              --> plan/demo.toml:12:8
               |
            12 | lead = "hull"
               |        ^^^^^^
               = help: did you mean `hall`?

            error: `counts` is no class
              --> plan/demo.toml:14:31
               |
            14 |   { text = "换50公里水管", class = "counts", weight = 5, quantity = [{ text = "40公里", value = 50, unit = "公…
               |                                    ^^^^^^^^
               = help: a class is: count, project, target_rate, periodic, document, register, mechanism, duty

            error: the commitment does not say `40公里`
              --> plan/demo.toml:14:65
               |
            14 | …= "换50公里水管", class = "counts", weight = 5, quantity = [{ text = "40公里", value = 50, unit = "公里", com…
               |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            error: `==` is no comparator
              --> plan/demo.toml:14:120
               |
            14 | …{ text = "40公里", value = 50, unit = "公里", comparator = "==" }],
               |                                                             ^^^^
               = help: a comparator is: >=, <=, =, ~

            error: there is no procedure `leek`
              --> plan/demo.toml:16:106
               |
            16 | …nd = { kind = "duty", measure = "on_time", procedure = "leek", category = "pipe", target = 95, min_cases = 1 …
               |                                                         ^^^^^^
               = help: did you mean `leak`?

            7 errors, 0 warnings"#]],
    );
}

#[test]
fn bindings_hold_what_they_promise() {
    let changes = [
        ("due = \"02-29\"", "due = \"02-30\""),
        ("measure = \"on_time\"", "measure = \"in_time\""),
        ("category = \"pipe\"", "category = \"pip\""),
        ("{ id = \"b\", title = \"完工\"", "{ id = \"a\", title = \"完工\""),
        ("kind = \"schedule\"", "kind = \"shedule\""),
        ("target = 95", "target = 120"),
        ("weight = 3", "weight = 300, watch = \"返工\", waive = \"无\""),
    ];
    check_plan(
        &changes,
        expect![[r#"
            error: `02-30` is no day of the year; write it as 02-15
              --> plan/demo.toml:15:62
               |
            15 |     bind = { kind = "count", target = 50, unit = "公里", due = "02-30" }, watch = "返修" },
               |                                                                ^^^^^^^

            error: `in_time` is no measure
              --> plan/demo.toml:16:83
               |
            16 | … "duty", weight = 5, bind = { kind = "duty", measure = "in_time", procedure = "leak", category = "pip", targe…
               |                                                         ^^^^^^^^^
               = help: a measure is: on_time, closed, first_time

            error: no case of `leak` has the category `pip`
              --> plan/demo.toml:16:125
               |
            16 | …", measure = "in_time", procedure = "leak", category = "pip", target = 120, min_cases = 1 }, watch = "返修" }…
               |                                                         ^^^^^
               = help: name a row of one of its code lists

            error: a target is either watched or waived, not both
              --> plan/demo.toml:17:3
               |
            17 |   { text = "修水塔", class = "project", weight = 300, watch = "返工", waive = "无", bind = { kind = "milestone…
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            error: 300 is out of range: a whole number from 0 to 100 is expected
              --> plan/demo.toml:17:47
               |
            17 |   { text = "修水塔", class = "project", weight = 300, watch = "返工", waive = "无", bind = { kind = "milestone…
               |                                                  ^^^

            error: each step has an id of its own and a title
              --> plan/demo.toml:17:86
               |
            17 | …ject", weight = 300, watch = "返工", waive = "无", bind = { kind = "milestones", steps = [{ id = "a", title =…
               |                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            error: nothing is bound by `shedule`
              --> plan/demo.toml:18:66
               |
            18 | … "例会", class = "periodic", weight = 1, bind = { kind = "shedule", cadence = "weekly", from = "01-01", to = …
               |                                                           ^^^^^^^^^
               = help: known is: count, milestones, indicator, duty, schedule, document, mechanism, opinion

            7 errors, 0 warnings"#]],
    );
}

#[test]
fn a_target_is_watched_from_the_other_side() {
    let changes = [("min_cases = 1 }, watch = \"返修\"", "min_cases = 1 }"), ("target = 50", "target = 0")];
    check_plan(
        &changes,
        expect![[r#"
        error: the target is above zero
          --> plan/demo.toml:15:12
           |
        15 |     bind = { kind = "count", target = 0, unit = "公里", due = "02-29" }, watch = "返修" },
           |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        error: a target without a counter-indicator
          --> plan/demo.toml:16:3
           |
        16 |   { text = "漏水按时修", class = "duty", weight = 5, bind = { kind = "duty", measure = "on_time", procedure = …
           |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = help: say in `watch` how it is measured from the other side, or in `waive` why it is not

        2 errors, 0 warnings"#]],
    );
}

#[test]
fn a_plan_needs_the_settings_of_its_city() {
    check(
        &[("plan/demo.toml", "", PLAN)],
        expect![[r#"
        error: there is a plan, but nothing says how plans are handled here
         --> plan/demo.toml:1:8
          |
        1 | kind = "plan"
          |        ^^^^^^
          = help: add a file of kind plan_settings: rights, curve, meetings, procedures

        1 error, 0 warnings"#]],
    );
}
