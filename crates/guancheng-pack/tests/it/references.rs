//! What an author is told when one file speaks of another.

use expect_test::expect;

use crate::town::{LEAK, check};

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

#[test]
fn areas_are_checked_too() {
    let areas = r#"{ "type": "FeatureCollection", "features": [
      { "type": "Feature", "properties": { "code": "990000", "name": "小镇" }, "geometry": null },
      { "type": "Feature", "properties": { "code": "99", "name": "短" }, "geometry": null },
      { "type": "Feature", "properties": { "code": "990101", "name": "东", "class": "D" }, "geometry": null },
      { "type": "Feature", "properties": { "code": "990102", "name": "西" },
        "geometry": { "type": "Polygon", "coordinates": [[[100, 30], [101, 30]]] } }
    ] }"#;
    check(
        &[("places/areas.geojson", "", areas)],
        expect![[r#"
            error: feature 1 has area code "99": must have 6, 9, 12 or 15 digits (district, street, community, cell)
             --> places/areas.geojson:3:52
              |
            3 |       { "type": "Feature", "properties": { "code": "99", "name": "短" }, "geometry": null },
              |                                                    ^^^^

            error: feature 2 (东) has class D; a class is A, B or C
             --> places/areas.geojson:4:52
              |
            4 |       { "type": "Feature", "properties": { "code": "990101", "name": "东", "class": "D" }, "geometry": null },
              |                                                    ^^^^^^^^

            error: feature 3 (西) a ring needs three different points, this one has 2
             --> places/areas.geojson:5:52
              |
            5 |       { "type": "Feature", "properties": { "code": "990102", "name": "西" },
              |                                                    ^^^^^^^^

            3 errors, 0 warnings"#]],
    );
    check(
        &[("places/areas.geojson", "", "{ \"type\": }")],
        expect![[r#"
        error: this is no JSON: expected value at line 1 column 11
         --> places/areas.geojson:1:11
          |
        1 | { "type": }
          |           ^

        1 error, 0 warnings"#]],
    );
}
