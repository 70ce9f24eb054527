//! The ledger as a file, and past progress from a sheet.

use expect_test::expect;
use guancheng_base::{Day, Instant};
use guancheng_document::{
    read,
    sheet::{self, Ask, Limits, Need, Wanted},
    write::{self, Cell, Decimal, Field, Format, Sheet, Workbook},
};
use serde_json::json;

use super::*;
use crate::{client::new_key, loop_of_a_case::make};

#[tokio::test]
async fn the_ledger_opens_in_an_office_program() {
    let world = World::new();
    in_force(&world).await;
    let reader = world.demo("leader1").await;
    let book = reader.get("/plans/1/ledger-file?format=xlsx").await;
    check(book.header("content-disposition"), expect![[r#"attachment; filename="ledger-2026-2026-03-02.xlsx""#]]);
    let wanted = |key, heads| Wanted { key, heads, need: Need::Required };
    let columns = [
        wanted("id", &["编号"][..]),
        wanted("text", &["任务"][..]),
        wanted("light", &["灯"][..]),
        wanted("target", &["目标值"][..]),
    ];
    let rows = sheet::rows(&book.bytes, &Ask { sheet: None, columns: &columns }, &Limits::default()).unwrap();
    let row = |row: &sheet::Row| {
        format!(
            "{} {} {} {:?}\n",
            row.text("id").unwrap().unwrap(),
            row.text("text").unwrap().unwrap(),
            row.text("light").unwrap().unwrap(),
            row.decimal("target").unwrap().map(|n| n.to_string())
        )
    };
    check(
        &rows.iter().map(row).collect::<String>(),
        expect![[r#"
        01.01 新建供水管道50公里 红灯 Some("50")
        01.02 第一时间抢修爆管 灰灯 None
        01.03 每月召开一次调度会 红灯 Some("3")
        02.01 修订道路养护管理办法 灰灯 Some("5")
        02.02 整修<b>道路</b>40条 红灯 Some("40")
        03.01 按时办结群众来信 灰灯 Some("95")
        03.02 加强业务培训 灰灯 Some("1")
    "#]],
    );
    let docx = reader.get("/plans/1/ledger-file?format=docx&office=104").await;
    let words = format!("{:?}", read::read(&docx.bytes).unwrap().blocks);
    assert!(words.contains("修订道路养护管理办法") && !words.contains("新建供水管道"), "{words}");
    let audit = world.demo("supervise1").await.get("/audit?kind=export").await.json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 2);
    world.finish();
}

/// A sheet as an office would send it.
pub fn sheet(created: Instant) -> Vec<u8> {
    let text = |text: &str| Cell::text(text);
    let day = |day: &str| Cell::Date(Day::parse(day).unwrap());
    let n = |units: i64| Cell::Decimal(Decimal { units, places: 1 });
    let field = |title: &str, format| Field { title: title.to_owned(), width: 12, format };
    let rows = vec![
        vec![text("01.01"), n(25), day("2026-01-20"), text(""), text("一季度")],
        vec![text("01.01"), n(25), day("2026-01-20"), text(""), text("重复的一行")],
        vec![text("01.03"), Cell::Empty, text("2026年2月9日"), text("2026-02-01"), text("")],
        vec![text("02.02"), n(30), day("2026-01-20"), text(""), text("别的单位")],
        vec![text("09.01"), n(30), day("2026-01-20"), text(""), text("")],
        vec![text("01.01"), text("很多"), day("2026-01-20"), text(""), text("")],
        vec![text("01.01"), n(30), Cell::Empty, text(""), text("")],
    ];
    let fields = vec![
        field("任务编号", Format::Text),
        field("数量", Format::Decimal(1)),
        field("日期", Format::Date),
        field("节点", Format::Text),
        field("说明", Format::Text),
    ];
    let sheet = Sheet { name: "进展".to_owned(), fields, rows };
    write::xlsx(&Workbook { title: String::new(), created, author: None, sheets: vec![sheet] }).unwrap()
}

fn rows(report: &Value) -> String {
    let row = |row: &Value| format!("{} {} {} {}\n", row["row"], row["ok"], text(&row["message"]), row["case"]);
    let rows: String = report["report"].as_array().unwrap().iter().map(row).collect();
    format!(
        "{rows}{} rows, {} accepted, {} known, {} refused\n",
        report["rows"], report["accepted"], report["known"], report["refused"]
    )
}

#[tokio::test]
async fn a_sheet_sent_twice_is_one_sheet() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-utilities").await;
    let (key, file, path) = (new_key(), sheet(world.now()), "/plans/1/progress/import");
    let first = head.post_form_with_key(path, &key, &[], &[&file]).await;
    assert_eq!(first.status, 200, "{}", first.text());
    check(
        &rows(&first.json()),
        expect![[r#"
        2 true 已登记，待审核 1
        3 true 已有相同记录 null
        4 true 已登记，待审核 2
        5 false 您的岗位不能为任务 02.02 的牵头单位报送 null
        6 false 没有编号为 09.01 的任务 null
        7 false 工作表“进展”单元格 B7（数量）：文字“很多”；应为不带单位的数字，如 1234.5 null
        8 false 缺少日期 null
        7 rows, 2 accepted, 1 known, 4 refused
    "#]],
    );
    let again = head.post_form_with_key(path, &key, &[], &[&file]).await;
    assert_eq!((again.status, again.text()), (first.status, first.text()));
    check(
        &rows(&head.post_form(path, &[], &[&file]).await.json()),
        expect![[r#"
        2 true 已有相同记录 null
        3 true 已有相同记录 null
        4 true 已有相同记录 null
        5 false 您的岗位不能为任务 02.02 的牵头单位报送 null
        6 false 没有编号为 09.01 的任务 null
        7 false 工作表“进展”单元格 B7（数量）：文字“很多”；应为不带单位的数字，如 1234.5 null
        8 false 缺少日期 null
        7 rows, 0 accepted, 3 known, 4 refused
    "#]],
    );
    check(
        &shows(&line(&head, "01.01").await),
        expect![[r#"
        red 0/50 公里 pending 1 failed 0 source null
        按目前进度，到 2026-12-31 约 0 公里，差 50
        比月度计划落后 3.019 公里
        已 41 天没有新的记录"#]],
    );
    let approved = make(&world.demo("supervise1").await, 1, "return", json!({ "check_note": "请附照片" }), &[]).await;
    assert_eq!(approved["state"], "returned");
    let fields = json!({ "commitment": "1/01.01", "amount": 1, "day": "2026-03-01", "unit": 102 });
    report(&head, fields, &[]).await;
    let numbers: Vec<String> = head.get("/cases?kind=plan_progress&sort=-opened").await.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| text(&row["number"]))
        .collect();
    check(&numbers.join(" "), expect!["JZ2026-00003 JZ2026-00002 JZ2026-00001"]);
    world.finish();
}

#[tokio::test]
async fn a_file_that_is_no_sheet_says_why() {
    let world = World::new();
    in_force(&world).await;
    let head = world.demo("head-utilities").await;
    let mut seen = String::new();
    let other = Sheet {
        name: "a".to_owned(),
        fields: vec![Field { title: "姓名".to_owned(), width: 9, format: Format::Text }],
        rows: vec![vec![Cell::text("王")]],
    };
    let other =
        write::xlsx(&Workbook { title: String::new(), created: world.now(), author: None, sheets: vec![other] })
            .unwrap();
    for bytes in [&b"nothing"[..], b"PK\x03\x04", &other] {
        seen += &refused(&head.post_form("/plans/1/progress/import", &[], &[bytes]).await);
        seen += "\n";
    }
    check(
        &seen,
        expect![[r#"
        422 field_invalid: file：文件不是 .xlsx；请将表格另存为 .xlsx
          file: 文件不是 .xlsx；请将表格另存为 .xlsx
        422 field_invalid: file：文件不完整或已损坏；请重新上传，或重新另存为 .xlsx
          file: 文件不完整或已损坏；请重新上传，或重新另存为 .xlsx
        422 field_invalid: file：工作表“a”的前 20 行里没有完整的表头；第 1 行最接近，缺：任务编号 / 编号 / commitment / no、日期 / 完成日期 / day / date；现有：姓名
          file: 工作表“a”的前 20 行里没有完整的表头；第 1 行最接近，缺：任务编号 / 编号 / commitment / no、日期 / 完成日期 / day / date；现有：姓名
    "#]],
    );
    world.finish();
}
