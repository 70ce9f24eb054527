//! Area codes and the tree.

use expect_test::{Expect, expect};
use guancheng_place::{Area, AreaCode, AreaTree, Level};

fn code(text: &str) -> AreaCode {
    text.parse().expect("a code")
}

/// Short form → padded number, level, parent, range.
fn check(text: &str, expect: Expect) {
    let shown = match text.parse::<AreaCode>() {
        Ok(code) => {
            let parent = code.parent().map_or("-".to_owned(), |parent| parent.to_string());
            format!("{} {:?} parent {parent} range {:?} short {code}", code.number(), code.level(), code.range())
        }
        Err(fault) => fault.to_string(),
    };
    expect.assert_eq(&shown);
}

#[test]
fn a_code_is_the_padded_number_and_its_subtree_one_range() {
    check(
        "410105",
        expect!["410105000000000 District parent 410100 range (410105000000000, 410106000000000) short 410105"],
    );
    check(
        "410105001",
        expect!["410105001000000 Street parent 410105 range (410105001000000, 410105002000000) short 410105001"],
    );
    check(
        "410105001002",
        expect![
            "410105001002000 Community parent 410105001 range (410105001002000, 410105001003000) short 410105001002"
        ],
    );
    check(
        "410105001002017",
        expect![
            "410105001002017 Cell parent 410105001002 range (410105001002017, 410105001002018) short 410105001002017"
        ],
    );
    check(
        "410100",
        expect!["410100000000000 City parent 410000 range (410100000000000, 410200000000000) short 410100"],
    );
    check("410000", expect!["410000000000000 Province parent - range (410000000000000, 420000000000000) short 410000"]);
    check(
        "025025007",
        expect!["25025007000000 Street parent 025025 range (25025007000000, 25025008000000) short 025025007"],
    );
}

#[test]
fn a_cell_of_an_undivided_street_has_the_street_as_parent() {
    check(
        "025025007000012",
        expect!["25025007000012 Cell parent 025025007 range (25025007000012, 25025007000013) short 025025007000012"],
    );
    let cell = code("025025007000012");
    assert_eq!(cell.at(Level::Community), None);
    assert_eq!(cell.at(Level::Street), Some(code("025025007")));
    assert_eq!(cell.at(Level::District), Some(code("025025")));
    assert_eq!(
        cell.ancestors().map(|up| up.to_string()).collect::<Vec<_>>(),
        ["025025007", "025025", "025000", "020000"]
    );
}

#[test]
fn what_is_no_code_is_refused_with_advice() {
    check(
        "4101",
        expect![[r#"area code "4101": must have 6, 9, 12 or 15 digits (district, street, community, cell)"#]],
    );
    check("41010x", expect![[r#"area code "41010x": only digits are allowed"#]]);
    check("-10105", expect![[r#"area code "-10105": only digits are allowed"#]]);
    check("000000", expect![[r#"area code "000000": must not be all zeros"#]]);
    assert!(AreaCode::new(0).is_err() && AreaCode::new(1_000_000_000_000_000).is_err());
}

fn tree(codes: &[&str]) -> Result<AreaTree, String> {
    let areas = codes.iter().map(|text| Area { code: code(text), name: format!("n{text}"), shape: None }).collect();
    AreaTree::new(areas).map_err(|faults| faults.iter().map(|fault| format!("{fault}\n")).collect())
}

#[test]
fn the_tree_answers_from_code_order_alone() {
    let tree = tree(&["410100", "410105", "410105001", "410105001001", "410105002", "410106"]).expect("a tree");
    let list = |areas: &mut dyn Iterator<Item = &Area>| areas.map(|area| area.code.to_string()).collect::<Vec<_>>();
    assert_eq!(list(&mut tree.roots()), ["410100"]);
    assert_eq!(list(&mut tree.children(code("410100"))), ["410105", "410106"]);
    assert_eq!(list(&mut tree.subtree(code("410105"))), ["410105", "410105001", "410105001001", "410105002"]);
    assert_eq!(list(&mut tree.level(Level::Street)), ["410105001", "410105002"]);
    assert_eq!(tree.path(code("410105001001007")), ["n410100", "n410105", "n410105001", "n410105001001"]);
    assert!(code("410105").covers(code("410105002")) && !code("410105").covers(code("410106")));
}

#[test]
fn all_faults_of_a_tree_come_at_once() {
    let faults = tree(&["410105", "410105001", "410105001", "410106002", "410105001001001"]).expect_err("faults");
    expect![[r#"
        area 410105001 is given twice; a code names one area for ever
        410105001001001 is the code of a grid cell; areas have 6, 9 or 12 digits
        area 410106002 has no parent; add area 410106, or remove 410106002
    "#]]
    .assert_eq(&faults);
    assert_eq!(tree(&[]).expect_err("empty"), "there are no areas; a city needs at least one\n");
}
