//! What subjects, columns and conditions are called.

use guancheng_base::{Name, PersonId};
use guancheng_indicator::{
    Indicator, IndicatorKind,
    fact::{Condition, Literal, Op, Operand},
    indicator::{Agg, Measure, WHOLE},
};
use guancheng_place::AreaCode;

use crate::views::titles::Titles;

/// A subject of a column, for people.
pub(super) fn subject(titles: Titles<'_>, column: &str, subject: &str) -> String {
    match column {
        WHOLE => titles.city.pack.title.clone(),
        "district" | "street" | "community" | "grid" => area(titles, column, subject),
        "department" | "office" => {
            let org = titles.city.org();
            let found = org.offices().find(|office| office.code == *subject).map(|office| office.id);
            found.map_or_else(|| subject.to_owned(), |id| titles.office(id))
        }
        _ => match subject.strip_prefix("person:").and_then(|id| id.parse().ok()) {
            Some(id) => titles.city.org().person(PersonId(id)).map_or(subject.to_owned(), |person| person.name.clone()),
            None => titles.code(if column == "category" { "case_category" } else { column }, subject),
        },
    }
}

fn area(titles: Titles<'_>, column: &str, subject: &str) -> String {
    let code = subject.parse::<AreaCode>().ok();
    let found = code.and_then(|code| titles.city.pack.places.areas().get(code));
    match found.filter(|area| !area.name.is_empty()) {
        Some(area) => area.name.clone(),
        None => titles.code(column, subject),
    }
}

/// A column that makes subjects.
pub(super) fn column(titles: Titles<'_>, column: &str) -> String {
    let (zh, en) = match column {
        WHOLE => ("全市", "the city"),
        "district" => ("区", "district"),
        "street" => ("街道", "street"),
        "community" => ("社区", "community"),
        "grid" => ("单元网格", "cell"),
        "department" => ("专业部门", "department"),
        "office" => ("处室", "office"),
        "category" => ("类别", "category"),
        "class" => ("部件或事件", "component or event"),
        "source" => ("来源", "source"),
        "collector" => ("监督员", "collector"),
        "intake" => ("受理员", "intake clerk"),
        "shift_leader" => ("值班长", "shift leader"),
        "dispatcher" => ("派遣员", "dispatcher"),
        other => (other, other),
    };
    titles.lang.pick(zh, en).to_owned()
}

/// An indicator's title in the reader's language.
pub(super) fn indicator(titles: Titles<'_>, id: &Name, own: &str) -> String {
    titles.city.label(titles.lang.into(), &format!("indicator.{id}"), own).to_owned()
}

/// The formula of a definition, in the words of its columns.
pub(super) fn formula(indicator: &Indicator) -> String {
    let above = measure(&indicator.num);
    let below = indicator.den.as_ref().map(measure);
    let mut text = match (indicator.kind, below) {
        (IndicatorKind::Count, _) | (_, None) => above,
        (_, Some(below)) => format!("{above} ÷ {below}"),
    };
    if !indicator.population.is_empty() {
        text += &format!("; {}", conditions(&indicator.population));
    }
    text
}

fn measure(measure: &Measure) -> String {
    let what = match &measure.agg {
        Agg::Count => "count".to_owned(),
        Agg::Sum { column, .. } => format!("sum {column}"),
    };
    match measure.conditions.is_empty() {
        true => format!("{what}()"),
        false => format!("{what}({})", conditions(&measure.conditions)),
    }
}

fn conditions(all: &[Condition]) -> String {
    all.iter().map(condition).collect::<Vec<_>>().join(" ∧ ")
}

fn condition(condition: &Condition) -> String {
    let word = Op::ALL.into_iter().find(|(_, op)| *op == condition.op).map_or("", |(word, _)| word);
    let with = match &condition.with {
        Operand::One(one) => literal(one),
        Operand::List(all) => format!("[{}]", all.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Operand::Column(column) => column.to_string(),
        Operand::AsOf => "as_of".to_owned(),
    };
    format!("{} {word} {with}", condition.f)
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Flag(yes) => yes.to_string(),
        Literal::Number(n) => n.to_string(),
        Literal::Text(text) => text.to_string(),
    }
}
