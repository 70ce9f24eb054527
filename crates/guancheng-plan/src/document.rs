//! A plan document as it was read: sections, items, commitments with their place in the text. Offsets are Unicode
//! scalars into the text of the item, so that a screen can colour the words it was read from.

mod decimal;

use serde::{Deserialize, Serialize, Serializer, de};

pub use decimal::Decimal;

pub use crate::model::Cadence;

/// A plan document as it was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanDocument {
    /// What stands around the items.
    pub document: Head,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Items in order.
    pub items: Vec<Item>,
}

/// What stands around the items.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The title, lines joined.
    pub title: String,
    /// The year it is for, from the title, else from the first dates.
    pub year: Option<i32>,
    /// The index number (索引号) of the published page.
    pub index_no: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Dates of the head and of the signature, ISO 8601.
    pub dates: Vec<String>,
    /// Prose before the first section; lines joined by a line feed.
    pub preamble: String,
    /// Signature, date and imprint after the last item; lines joined by a line feed.
    pub footer: String,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Counted from 1 through the document, whatever the printed numerals do.
    pub no: u32,
    /// Without the numeral.
    pub title: String,
    /// The heading as printed.
    #[serde(default)]
    pub line: String,
    /// Prose between the heading and its first item.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead: String,
}

/// An item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Counted from 1 through the document, whatever the printed numerals do.
    pub no: u32,
    /// The section it stands in; 0 in a document without sections.
    pub section: u32,
    /// Without the numeral and without the mark that ends it.
    pub title: String,
    /// Numeral, title and body, verbatim. Paragraphs are joined by a line feed, hard-wrapped lines without one.
    pub text: String,
    /// Offices in the order printed, each once, names exact; a placeholder stands here too.
    pub offices: Vec<String>,
    /// What the label said of each office.
    #[serde(default)]
    pub office_roles: Vec<OfficeRole>,
    /// Those of `offices` that stand for a set still to be named (相关业务处室).
    #[serde(default)]
    pub placeholders: Vec<String>,
    /// Persons named by a label (责任人), verbatim.
    #[serde(default)]
    pub people: Vec<String>,
    /// The day of a 完成时限 line, ISO 8601, where one can be computed.
    #[serde(default)]
    pub due: Option<String>,
    /// The words of that line.
    #[serde(default)]
    pub due_text: Option<String>,
    /// What is promised.
    pub commitments: Vec<Commitment>,
    /// Purpose, manner and principle: what no one can be held to by itself.
    pub context: Vec<Context>,
    /// Office lines and inline office notes, verbatim.
    #[serde(default)]
    pub office_lines: Vec<String>,
    /// How text and office lines stood in the source; see [`crate::parse::render`].
    #[serde(default)]
    pub layout: Vec<Piece>,
}

/// A piece of the source of an item, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// A stretch of `text`.
    Text([usize; 2]),
    /// The `n`-th of `office_lines`.
    Office(usize),
    /// What stood in the source and is in neither: indents and line ends of a hard wrap.
    Raw(String),
}

/// What the label said of an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeRole {
    /// Its name.
    pub office: String,
    /// Its part.
    pub role: Part,
    /// The label, without colon and brackets.
    pub label: String,
}

/// The part of an office in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 牵头, 主办.
    Lead,
    /// 配合, 协办.
    Assist,
    /// 责任: the text does not say which of them leads.
    Responsible,
}

/// A stretch that promises nothing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Its words.
    #[serde(default)]
    pub text: String,
    /// Start and end in the text of the item.
    pub span: [usize; 2],
    /// The rule that said so.
    #[serde(default)]
    pub rule: String,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// `06.01`: item and running number.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Start and end in the text of the item.
    pub span: [usize; 2],
    /// What kind of promise it is.
    pub class: Class,
    /// Amounts and rates.
    pub quantities: Vec<Quantity>,
    /// How often, where the text says it.
    pub cadence: Option<Cadences>,
    /// What the text names of an enumeration (等15项 names fewer than it promises).
    pub named: Vec<String>,
    /// The day it is due, ISO 8601, where the text says it.
    #[serde(default)]
    pub deadline: Option<String>,
    /// The rule that gave the class.
    pub rule: String,
    /// What the text leaves open.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// What kind of promise it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 数量: a number and a unit to be delivered.
    Count,
    /// 项目: a named work with a beginning and an end.
    Project,
    /// 指标: a rate, an "all" or a "none".
    TargetRate,
    /// 周期: with a cadence, or repeated by nature.
    Periodic,
    /// 文件: a plan, rule, standard or letter to exist.
    Document,
    /// 台账: a list to be kept.
    Register,
    /// 机制: an organisation, fund, reform or mechanism.
    Mechanism,
    /// 职责: to be done without end.
    Duty,
}

/// An amount or a rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Its words, with the words that bound it.
    pub text: String,
    /// Start and end in the text of the item.
    #[serde(default)]
    pub span: [usize; 2],
    /// The number, magnitudes multiplied out: 5万户 is 50 000 户. The lower end of a range.
    pub value: Decimal,
    /// The upper end of a range (3—5个).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_to: Option<Decimal>,
    /// The unit as written, without its magnitude; `%` for every percent sign. Empty for a "none" (杜绝).
    pub unit: String,
    /// How the number bounds what is delivered.
    pub comparator: Comparator,
    /// The day it is due, ISO 8601.
    pub deadline: Option<String>,
    /// Where the number is per period.
    pub period: Option<Period>,
    /// Whether a rate is a change against before (同比下降5%).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// Whether the number is not written but meant (全部, 杜绝).
    #[serde(default, skip_serializing_if = "is_false")]
    pub implied: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// How a number bounds what is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparator {
    /// 以上, 不少于, 超过, 达到 before an amount.
    #[serde(rename = ">=")]
    AtLeast,
    /// 以下, 不超过, 控制在…以内.
    #[serde(rename = "<=")]
    AtMost,
    /// A bare number.
    #[serde(rename = "=")]
    Exactly,
    /// 约, 近, 左右, 力争, 基本.
    #[serde(rename = "~")]
    About,
}

/// The period of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 每日.
    Day,
    /// 每周.
    Week,
    /// 每月.
    Month,
    /// 每季度.
    Quarter,
    /// 每半年.
    HalfYear,
    /// 每年, 全年.
    Year,
}

/// A change against before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// 增长, 提高.
    Up,
    /// 下降, 减少.
    Down,
}

/// Every cadence with its word on the wire.
const CADENCES: [(Cadence, &str); 6] = [
    (Cadence::Daily, "daily"),
    (Cadence::Weekly, "weekly"),
    (Cadence::Monthly, "monthly"),
    (Cadence::Quarterly, "quarterly"),
    (Cadence::HalfYearly, "half_yearly"),
    (Cadence::Yearly, "yearly"),
];

/// All cadences that a commitment states, shortest first; on the wire `weekly` or `monthly+quarterly+yearly`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cadences(pub Vec<Cadence>);

impl std::fmt::Display for Cadences {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<&str> =
            CADENCES.iter().filter(|(cadence, _)| self.0.contains(cadence)).map(|(_, word)| *word).collect();
        f.write_str(&words.join("+"))
    }
}

impl Serialize for Cadences {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cadences {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = |word: &str| CADENCES.iter().find(|(_, known)| *known == word).map(|(cadence, _)| *cadence);
        let all: Option<Vec<Cadence>> = text.split('+').map(read).collect();
        all.map(Cadences).ok_or_else(|| de::Error::custom(format!("{text} is no cadence, e.g. weekly+monthly")))
    }
}

/// Something the text leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What kind of gap it is.
    pub kind: Gap,
    /// The words that leave it open.
    pub words: String,
    /// The question, as it is put to the reviewer.
    pub ask: String,
}

/// What a text can leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// 第一时间, 及时, 定期: a clock without a number.
    ClockWord,
    /// 等15项 with fewer named.
    Unnamed,
    /// 推进, 实施, 加强 without an end state.
    EndState,
    /// A placeholder instead of an office.
    Office,
}
