//! Hand-written layouts against what is known of them.

use guancheng_plan::document::PlanDocument;
use guancheng_plan::parse::{self, Block};

use super::fixtures::{ALL, Fixture};
use super::score::check_tiling;

fn shown(plan: &PlanDocument) -> String {
    let mut lines: Vec<String> = plan.sections.iter().map(|section| format!("§ {}", section.title)).collect();
    for item in &plan.items {
        let quantities =
            item.commitments.iter().flat_map(|commitment| &commitment.quantities).filter(|quantity| !quantity.implied);
        let amounts: Vec<String> = quantities
            .map(|quantity| {
                let sign = serde_json::to_string(&quantity.comparator).expect("JSON");
                format!("{} {} {}", sign.trim_matches('"'), quantity.value, quantity.unit)
            })
            .collect();
        lines.push(format!(
            "{}|{}|{}|{}|{}",
            item.no,
            item.section,
            item.title,
            item.offices.join(" "),
            amounts.join("; ")
        ));
    }
    lines.join("\n")
}

fn plan(text: &str) -> PlanDocument {
    parse::parse(&[Block::Text(text.to_owned())], None).expect("a plan")
}

#[test]
fn written_by_hand() {
    let mut wrong = Vec::new();
    for Fixture { name, text, expect } in ALL {
        let plan = plan(text);
        check_tiling(&plan);
        let (found, expect) = (shown(&plan), expect.replace("|| =", "||="));
        let lines = found.lines().zip(expect.lines()).filter(|(found, expect)| found != expect);
        let different: Vec<String> =
            lines.map(|(found, expect)| format!("  found  {found}\n  expect {expect}")).collect();
        if found != expect {
            wrong.push(format!(
                "{name}\n{}\n{}",
                different.join("\n"),
                if different.is_empty() { found } else { String::new() }
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_of_tasks() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let rows = vec![
        row(&["2016年重点任务分解表"; 6]),
        row(&["序号", "工作任务", "目标任务", "责任单位", "", "完成时限"]),
        row(&["序号", "工作任务", "目标任务", "牵头单位", "配合单位", "完成时限"]),
        row(&["一、市政设施"; 6]),
        row(&["1", "道路整修", "整修道路14条，\n修补路面2.5万平方米", "市政处", "计财处\n执法处", "2016年9月底前"]),
        row(&["2", "桥梁加固", "加固桥梁3座", "市政处", "", "12月"]),
        row(&["二、环境卫生"; 6]),
        row(&["3", "公厕建设", "新建公厕20座", "环卫处（公厕办、清运队）", "各区", "全年"]),
    ];
    let plan = parse::parse(&[Block::Text("青江市城市管理局".to_owned()), Block::Table(rows)], None).expect("a plan");
    check_tiling(&plan);
    let expect = "§ 市政设施\n§ 环境卫生\n1|1|道路整修|市政处 计财处 执法处|= 14 条; = 25000 平方米\n2|1|桥梁加固|市政处|= 3 座\n3|2|公厕建设|环卫处（公厕办、清运队） 各区|= 20 座";
    assert_eq!(shown(&plan), expect);
    assert_eq!(plan.document.title, "2016年重点任务分解表");
    let due: Vec<Option<&str>> = plan.items.iter().map(|item| item.due.as_deref()).collect();
    assert_eq!(due, [Some("2016-09-30"), Some("2016-12-31"), Some("2016-12-31")]);
}

#[test]
fn the_head_and_the_foot_of_a_page() {
    let fixture = ALL.last().expect("a fixture");
    let plan = plan(fixture.text);
    assert_eq!(plan.document.title, "青溪市城乡管理委员会2017年工作要点");
    assert_eq!(plan.document.index_no.as_deref(), Some("QX0100-2017-00231"));
    assert_eq!(plan.document.publisher.as_deref(), Some("青溪市城乡管理委员会"));
    assert_eq!(plan.document.year, Some(2017));
    assert_eq!(plan.document.dates, ["2017-03-02", "2017-03-01"]);
}

#[test]
fn lead_assist_persons_and_days() {
    let plan = plan(
        "2016年工作要点\n一、重点\n（一）整治河道。清淤10公里。\n牵头单位：河道处；配合单位：市政处、环卫处；责任人：周平；完成时限：2016年6月底前\n",
    );
    let item = plan.items.first().expect("an item");
    let roles = serde_json::to_string(&item.office_roles).expect("JSON");
    let expect = r#"[{"office":"河道处","role":"lead","label":"牵头单位"},{"office":"市政处","role":"assist","label":"配合单位"},{"office":"环卫处","role":"assist","label":"配合单位"}]"#;
    assert_eq!(roles, expect);
    assert_eq!(item.people, ["周平"]);
    assert_eq!(item.due.as_deref(), Some("2016-06-30"));
}
