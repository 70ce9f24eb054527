//! Why a file or a cell cannot be used: what, where, and what would be right, in both languages.

use std::fmt;

use super::value::{Flaw, Value};

/// Why a file gives no rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetError {
    /// The file has no bytes.
    Empty,
    /// The file is an .xls of old, or an .xlsx under a password, which looks the same from outside.
    Old,
    /// The file is no zip at all.
    NoZip,
    /// A zip, but without a workbook in it.
    NoWorkbook,
    /// The container is broken.
    BrokenZip,
    /// A part cannot be read.
    Damaged {
        /// The part.
        part: String,
    },
    /// More than is taken.
    TooLarge {
        /// Of what.
        what: Much,
        /// How many are taken.
        limit: usize,
    },
    /// The sheet is not in the workbook.
    NoSheet {
        /// The name that was looked for; empty where any would do.
        wanted: String,
        /// Those that are there.
        found: Vec<String>,
    },
    /// No row has every required head.
    NoHead {
        /// The sheet.
        sheet: String,
        /// The row that came nearest, from 1; 0 where the sheet is empty.
        row: u32,
        /// The missing columns, each as the heads it may have.
        missing: Vec<String>,
        /// The heads that stand there.
        found: Vec<String>,
    },
    /// Two columns have the same head.
    Twice {
        /// The sheet.
        sheet: String,
        /// The two cells.
        cells: [String; 2],
        /// The head.
        head: String,
    },
    /// More merged cells than a table for people has.
    Merged {
        /// The sheet.
        sheet: String,
    },
}

/// What a file may have too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Much {
    /// Bytes as it is.
    Bytes,
    /// Bytes of its parts once unpacked.
    Unpacked,
    /// Rows below the head.
    Rows,
    /// Bytes of text in all rows.
    Text,
}

impl SheetError {
    /// The message in Chinese; `Display` has it in English.
    pub fn zh(&self) -> String {
        match self {
            SheetError::Empty => "文件是空的；请选择带表头和数据行的 .xlsx 文件".to_owned(),
            SheetError::Old => "文件是旧版 .xls 或设有密码；请另存为不带密码的 .xlsx".to_owned(),
            SheetError::NoZip => "文件不是 .xlsx；请将表格另存为 .xlsx".to_owned(),
            SheetError::NoWorkbook => "压缩包里没有工作簿（可能是 .docx 或 .ods）；请将表格另存为 .xlsx".to_owned(),
            SheetError::BrokenZip => "文件不完整或已损坏；请重新上传，或重新另存为 .xlsx".to_owned(),
            SheetError::Damaged { part } => format!("文件的部件 {part} 缺失或损坏；请用办公软件打开后重新保存"),
            SheetError::TooLarge { what, limit } => {
                let what = match what {
                    Much::Bytes => "字节",
                    Much::Unpacked => "字节（解压后）",
                    Much::Rows => "行",
                    Much::Text => "字节文字",
                };
                format!("文件超过 {limit} {what}；请分成几个文件")
            }
            SheetError::NoSheet { found, .. } if found.is_empty() => {
                "工作簿里没有工作表；请选择有数据的文件".to_owned()
            }
            SheetError::NoSheet { wanted, found } => format!("没有工作表“{wanted}”；现有：{}", found.join("、")),
            SheetError::NoHead { sheet, row: 0, missing, .. } => {
                format!("工作表“{sheet}”是空的；第一行应为表头，包含：{}", missing.join("、"))
            }
            SheetError::NoHead { sheet, row, missing, found } => format!(
                "工作表“{sheet}”的前 20 行里没有完整的表头；第 {row} 行最接近，缺：{}；现有：{}",
                missing.join("、"),
                found.join("、")
            ),
            SheetError::Twice { sheet, cells: [first, second], head } => {
                format!("工作表“{sheet}”的表头“{head}”重复（{first} 和 {second}）；请改名或删除其中一列")
            }
            SheetError::Merged { sheet } => format!("工作表“{sheet}”的合并单元格过多；请取消合并并逐行填写"),
        }
    }
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SheetError::Empty => f.write_str("the file is empty; choose an .xlsx file with a head and rows"),
            SheetError::Old => {
                f.write_str("the file is an old .xls or has a password; save it as .xlsx without a password")
            }
            SheetError::NoZip => f.write_str("the file is no .xlsx file; save the table as .xlsx (Excel workbook)"),
            SheetError::NoWorkbook => {
                f.write_str("the file is a zip without a workbook in it (a .docx or .ods?); save the table as .xlsx")
            }
            SheetError::BrokenZip => {
                f.write_str("the file is cut off or damaged; send it again, or save it anew as .xlsx")
            }
            SheetError::Damaged { part } => {
                write!(
                    f,
                    "the part {part} of the file is missing or damaged; open it in an office program, save it anew"
                )
            }
            SheetError::TooLarge { what, limit } => {
                let what = match what {
                    Much::Bytes => "bytes",
                    Much::Unpacked => "bytes once unpacked",
                    Much::Rows => "rows",
                    Much::Text => "bytes of text",
                };
                write!(f, "the file has more than {limit} {what}; divide it into several files")
            }
            SheetError::NoSheet { found, .. } if found.is_empty() => {
                f.write_str("the workbook has no sheet; choose a file with rows")
            }
            SheetError::NoSheet { wanted, found } => {
                write!(f, "there is no sheet {wanted:?}; the file has: {}", found.join(", "))
            }
            SheetError::NoHead { sheet, row: 0, missing, .. } => {
                write!(f, "sheet {sheet:?} is empty; its first row should be a head with: {}", missing.join(", "))
            }
            SheetError::NoHead { sheet, row, missing, found } => write!(
                f,
                "sheet {sheet:?} has no complete head in its first 20 rows; row {row} comes nearest and lacks: {}; it has: {}",
                missing.join(", "),
                found.join(", ")
            ),
            SheetError::Twice { sheet, cells: [first, second], head } => {
                write!(f, "sheet {sheet:?} has the head {head:?} twice, in {first} and {second}; rename or delete one")
            }
            SheetError::Merged { sheet } => {
                write!(f, "sheet {sheet:?} has too many merged cells; undo merging and fill every row")
            }
        }
    }
}

impl std::error::Error for SheetError {}

/// Why a cell cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The sheet.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The letters of the column; empty where the file has no such column.
    pub column: String,
    /// The head of the column as it stands in the file.
    pub head: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Something else stands there.
    Found {
        /// What stands there.
        value: Value,
        /// What would be right.
        wanted: Shape,
    },
    /// Nothing stands there.
    Missing,
    /// The importer cannot use it; the whole reason, with what would be right, in Chinese and English.
    Refused {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
}

/// What a cell should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A date.
    Date,
}

impl CellError {
    /// The message in Chinese; `Display` has it in English.
    pub fn zh(&self) -> String {
        let CellError { sheet, row, column, head, reason } = self;
        let reason = match reason {
            Reason::Missing => "没有填写；此项必填".to_owned(),
            Reason::Refused { zh, .. } => zh.clone(),
            Reason::Found { value, wanted } => {
                let wanted = match wanted {
                    Shape::Text => "文字",
                    Shape::Number => "不带单位的数字，如 1234.5",
                    Shape::Date => "日期，如 2014-03-05 或 2014年3月5日",
                };
                format!("{}；应为{wanted}", found_zh(value))
            }
        };
        format!("工作表“{sheet}”单元格 {column}{row}（{head}）：{reason}")
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CellError { sheet, row, column, head, reason } = self;
        write!(f, "sheet {sheet:?}, cell {column}{row} ({head}): ")?;
        match reason {
            Reason::Missing => f.write_str("nothing is there; it must be filled in"),
            Reason::Refused { en, .. } => f.write_str(en),
            Reason::Found { value, wanted } => {
                let wanted = match wanted {
                    Shape::Text => "text",
                    Shape::Number => "a number without a unit, e.g. 1234.5",
                    Shape::Date => "a date, e.g. 2014-03-05 or 2014年3月5日",
                };
                write!(f, "{}; it should be {wanted}", found_en(value))
            }
        }
    }
}

impl std::error::Error for CellError {}

fn found_zh(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("文字“{}”", shortened(text)),
        Value::Number(number) => format!("数字 {number}"),
        Value::Date(day) => format!("日期 {day}"),
        Value::Flaw(Flaw::NotComputed) => "公式没有结果（请用办公软件打开、计算并保存）".to_owned(),
        Value::Flaw(Flaw::Error(code)) => format!("错误值 {}", shortened(code)),
        Value::Flaw(Flaw::OutOfRange(raw)) => format!("数字 {} 超出范围", shortened(raw)),
    }
}

fn found_en(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("the text {:?}", shortened(text)),
        Value::Number(number) => format!("the number {number}"),
        Value::Date(day) => format!("the date {day}"),
        Value::Flaw(Flaw::NotComputed) => "a formula without a result (open the file, compute, save)".to_owned(),
        Value::Flaw(Flaw::Error(code)) => format!("the error {}", shortened(code)),
        Value::Flaw(Flaw::OutOfRange(raw)) => format!("the number {}, which is out of range", shortened(raw)),
    }
}

/// Enough of a text to recognise it.
fn shortened(text: &str) -> String {
    const CHARS: usize = 40;
    let mut short: String = text.chars().take(CHARS).collect();
    if text.chars().nth(CHARS).is_some() {
        short.push('…');
    }
    short
}
