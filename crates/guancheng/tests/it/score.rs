//! `guancheng score`: files of expected scores, and bulletins recomputed.

use expect_test::{Expect, expect};

use crate::{
    folder::Folder,
    server::{root, run},
};

#[track_caller]
fn check(command: &[&str], name: &str, text: &str, status: i32, expected: Expect) {
    let folder = Folder::new("score");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("an input file");
    let path = path.to_string_lossy().into_owned();
    let mut args = vec!["score"];
    args.extend(command);
    args.push(&path);
    let ended = run(args);
    assert_eq!(ended.status, status, "{}{}", ended.out, ended.err);
    expected.assert_eq(&(ended.out + &ended.err).replace(&path, "FILE"));
}

#[test]
fn the_vectors_of_the_design_hold() {
    let path = root().join("../shared/design/score_vectors.json");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return;
    }
    let ended = run(["score", "check", &path.to_string_lossy()]);
    assert_eq!(ended.status, 0, "{}{}", ended.out, ended.err);
    assert!(ended.out.ends_with("vectors hold\n"), "{}", ended.out);
}

#[test]
fn every_kind_of_vector_is_run() {
    let text = r#"{
        "score": [
            {"name": "per event", "method": "per_event", "given": [1, 1, 3], "points": 3.7,
             "params": {"points": 5, "unit": "event", "steps": [{"from": 1, "each": 0.2}, {"from": 3, "each": 0.5}]}},
            {"name": "a bonus ends", "method": "per_event", "given": [4, 3], "points": 5,
             "params": {"points": 5, "unit": "record", "steps": [[1, 1]], "bonus": true}},
            {"name": "three cells against two", "method": "per_event", "given": [1], "points": 4.6,
             "params": {"points": 5, "unit": "case", "steps": [[1, 0.6]], "normalise": {"own": 3, "peers": [1, 2, 3]}}},
            {"name": "a third, rounded", "method": "linear", "given": 1, "points": 3.33, "why": "two decimals",
             "params": {"points": 10, "full_at": 3, "zero_at": 0}},
            {"name": "lower is better", "method": "reach_or_lose", "given": 12, "points": 9.0,
             "params": {"points": 10, "reach": 10, "lose": 0.5, "partial": "proportional", "better": "down"}}],
        "rank": [{"name": "dense", "ties": "dense", "order": "asc",
                  "scores": {"a": 1, "b": 1.0, "c": 2, "d": null}, "rank": {"a": 1, "b": 1, "c": 2, "d": null}}],
        "grade": [{"name": "edge", "grades": [[90, "A"], [75, "B"]], "given": 75, "grade": "B"},
                  {"name": "none", "grades": [[90, "A"]], "given": null, "grade": null}],
        "rollup": [{"name": "quarter", "parts": [90, null, 80.01], "score": 85.01}],
        "health": [{"name": "flat", "scores": [99.5, 99.5], "n": 2, "spread": 0, "verdict": "fails both health tests"}]
    }"#;
    check(
        &["check"],
        "v.json",
        text,
        0,
        expect![[r#"
        10 of 10 vectors hold
    "#]],
    );
}

#[test]
fn what_does_not_hold_or_cannot_be_run_is_told() {
    let text = r#"{
        "score": [
            {"name": "46 is not 46.4", "method": "reach_or_lose", "given": 66.4, "points": 46,
             "params": {"points": 50, "reach": 70, "lose": 1, "per": 1, "partial": "proportional"}},
            {"name": "zero is not unrated", "method": "linear", "given": null, "points": 0,
             "params": {"points": 10, "full_at": 3, "zero_at": 0}},
            {"name": "word", "method": "reach_or_lose", "given": 66.4, "points": 46,
             "params": {"points": 50, "reach": 70, "lose": 1, "per": 1, "partial": "round"}},
            {"name": "key", "method": "linear", "given": 1, "points": 1, "params": {"points": 1, "full": 1, "zero_at": 0}},
            {"name": "flat", "method": "linear", "given": 1, "points": 1, "params": {"points": 1, "full_at": 1, "zero_at": 1}},
            {"name": "kind", "method": "linear", "given": [1], "points": 1, "params": {"points": 1, "full_at": 1, "zero_at": 0}},
            {"name": "factors", "method": "per_event", "given": [1], "points": 1,
             "params": {"points": 1, "unit": "case", "steps": [[1, 1]], "loss_times": [1, 2]}},
            {"name": "half a case", "method": "per_event", "given": [1.5], "points": 1,
             "params": {"points": 1, "unit": "case", "steps": [[1, 1]]}},
            {"name": "method", "method": "magic", "given": 1, "points": 1, "params": {}}],
        "rank": [{"name": "place", "scores": {"a": 1, "b": 2}, "rank": {"a": 1, "b": 2}},
                 {"name": "stranger", "scores": {"a": 1}, "rank": {"a": 1, "b": 2}}],
        "health": [{"name": "verdict", "p90_p10": 0.6, "share_near_top": 0.1, "verdict": "fails both health tests"},
                   {"name": "typo", "scores": [1, 2], "spred": 1}]
    }"#;
    check(
        &["check"],
        "v.json",
        text,
        1,
        expect![[r#"
            score “46 is not 46.4”: points, 50 − (70 − 66.4) ÷ 1 × 1 = 46.4: expected 46, got 46.4
            score “zero is not unrated”: points, not rated: there is no value to score: expected 0, got not rated
            score “word” cannot be run: score[2].params.partial: unknown word "round"; it is one of proportional, whole_points_down, whole_points_up
            score “key” cannot be run: score[3].params: `full_at` is missing
            score “flat” cannot be run: score[4].params.zero_at: full_at and zero_at must differ, else nothing lies between them
            score “kind” cannot be run: score[5].given: a number is expected here
            score “factors” cannot be run: score[6].params.loss_times: 2 factors for 1 counts
            score “half a case” cannot be run: score[7].given[0]: 1.5 is no whole number; a count is expected here
            score “method” cannot be run: unknown method "magic"; it is one of bands, linear, reach_or_lose, per_event
            rank “place”: the place of a: expected 1, got 2
            rank “place”: the place of b: expected 2, got 1
            rank “stranger” cannot be run: rank[1].rank: there is no score of `b`
            health “verdict”: verdict: expected fails both health tests, got fails the spread test
            health “typo” cannot be run: health[1]: unknown key `spred`; there may be full, max_share_near_top, min_spread_p90_p10, n, name, near_top, p90_p10, scores, share_near_top, spread, verdict
            0 of 13 vectors hold
        "#]],
    );
    check(
        &["check", "--json"],
        "v.json",
        r#"{"rank": [{"name": "p", "scores": {"a": 1}, "rank": {"a": 2}}]}"#,
        1,
        expect![[r#"
            {"mismatches":[{"expected":"2","got":"1","name":"p","section":"rank","what":"the place of a"}],"vectors":1}
        "#]],
    );
}

#[test]
fn a_file_that_is_none_is_wrong_use() {
    check(
        &["check"],
        "v.json",
        "{",
        2,
        expect![[r#"
        guancheng: FILE: EOF while parsing an object at line 1 column 1
    "#]],
    );
    check(
        &["check"],
        "v.json",
        r#"{"scores": []}"#,
        2,
        expect![[r#"
        guancheng: FILE: vectors: unknown key `scores`; there may be grade, health, rank, rollup, score
    "#]],
    );
    check(
        &["check"],
        "v.json",
        r#"{"score": {}}"#,
        2,
        expect![[r#"
        guancheng: FILE: score: a list is expected here
    "#]],
    );
}

#[test]
fn a_bulletin_is_recomputed() {
    let text = "\u{feff}单位,受理,立案,应结案,结案,按期结案,备注\n甲,1054,996,972,911,737,\n乙,\"1,000\",900,0,0,0,停用\n丙,,,,,无数据,\n合计,2054,1896,972,912,737,\n";
    check(
        &["bulletin"],
        "b.csv",
        text,
        0,
        expect![[r#"
        单位  受理  立案  应结案  结案  按期结案  立案率  结案率  按期结案率
        甲    1054   996     972   911       737  94.50%  93.72%      75.82%
        乙    1000   900       0     0         0  90.00%  无数据      无数据
        丙       —     —       —     —         —  无数据  无数据      无数据
        合计  2054  1896     972   911       737  92.31%  93.72%      75.82%
        合计: 结案 is 912, the units add up to 911
    "#]],
    );
    let text = "unit,due,closed,on_time\na,4,3,1\n";
    check(
        &["bulletin", "--json"],
        "b.csv",
        text,
        0,
        expect![[r#"
        {"total":{"accepted":null,"closed":3,"closed_rate":"75.00","due":4,"filed":null,"filed_rate":null,"on_time":1,"on_time_rate":"25.00","unit":"合计"},"units":[{"accepted":null,"closed":3,"closed_rate":"75.00","due":4,"filed":null,"filed_rate":null,"on_time":1,"on_time_rate":"25.00","unit":"a"}]}
    "#]],
    );
}

#[test]
fn a_bulletin_that_cannot_be_read_says_where() {
    check(
        &["bulletin"],
        "b.csv",
        "单位,应结案,结案\n甲,十,1\n",
        2,
        expect![[r#"
        guancheng: FILE: line 2: "十" is no count; write a whole number, or leave it blank
    "#]],
    );
    check(
        &["bulletin"],
        "b.csv",
        "单位,应结案,结案\n,1,1\n",
        2,
        expect![[r#"
        guancheng: FILE: line 2: the unit has no name
    "#]],
    );
    check(
        &["bulletin"],
        "b.csv",
        "应结案,结案\n1,1\n",
        2,
        expect![[r#"
        guancheng: FILE: there is no column unit or name or 单位 or 责任单位 or 区域 or 区县 or 部门 or 名称
    "#]],
    );
    check(
        &["bulletin"],
        "b.csv",
        "单位,备注\n甲,乙\n",
        2,
        expect![[r#"
            guancheng: FILE: there is no column with counts; there may be 受理, 立案, 应结案, 结案, 按期结案
        "#]],
    );
    check(
        &["bulletin"],
        "b.csv",
        "单位,结案,结案数\n甲,1,1\n",
        2,
        expect![[r#"
        guancheng: FILE: two columns are called closed or 结案 or 结案数
    "#]],
    );
}
