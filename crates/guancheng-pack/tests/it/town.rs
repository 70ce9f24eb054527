//! A little pack that is right, to be made wrong by a test.

use expect_test::Expect;
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

pub const LEAK: &str = r#"kind = "procedure"
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
pub fn check(changes: &[(&str, &str, &str)], expect: Expect) {
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
