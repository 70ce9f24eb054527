//! From a document as it was read to a draft: names become offices, amounts become quantities, and each commitment gets
//! a proposed lead and binding. Proposals are confirmed one by one; the machine drafts, the clerk decides.

use guancheng_base::{Day, OfficeId};

use crate::{
    Amount, Event,
    document::{self, Cadences, Comparator, Part, Period, PlanDocument},
    model::{
        Binding, Cadence, Class, Commitment, Count, Item, Milestone, Quantity, Question, Schedule, Section, Stages,
    },
};

/// The event of a document that was read in for a year. `offices` are those of the city, by name.
pub fn draft(read: &PlanDocument, year: i16, offices: &[(OfficeId, String)]) -> Event {
    let section = |section: &document::Section| Section { no: section.no, title: section.title.clone() };
    Event::Imported {
        year,
        title: read.document.title.clone(),
        publisher: read.document.publisher.clone().unwrap_or_default(),
        preamble: read.document.preamble.lines().map(str::to_owned).collect(),
        sections: read.sections.iter().map(section).collect(),
        items: read.items.iter().map(item).collect(),
        commitments: read.items.iter().flat_map(|item| commitments(item, year, offices)).collect(),
    }
}

fn item(item: &document::Item) -> Item {
    let spans = item.commitments.iter().map(|one| one.span).chain(item.context.iter().map(|one| one.span));
    let body_from = spans.map(|[from, _]| from).min().unwrap_or_else(|| item.text.chars().count());
    Item {
        no: item.no,
        section: item.section,
        title: item.title.clone(),
        text: item.text.clone(),
        offices: item.offices.clone(),
        body_from: wire(body_from),
        context: item.context.iter().map(|one| span(one.span)).collect(),
    }
}

fn commitments(item: &document::Item, year: i16, offices: &[(OfficeId, String)]) -> Vec<Commitment> {
    let named: Vec<(OfficeId, Part)> =
        item.office_roles.iter().filter_map(|role| Some((known(&role.office, offices)?, role.role))).collect();
    let lead = named.iter().find(|(_, part)| *part == Part::Lead).or_else(|| named.first()).map(|(office, _)| *office);
    let assist: Vec<OfficeId> =
        named.iter().map(|(office, _)| *office).filter(|office| Some(*office) != lead).collect();
    let open = item.placeholders.first();
    item.commitments
        .iter()
        .map(|one| {
            let mut commitment = commitment(item, one, year);
            commitment.lead = lead;
            commitment.assist.clone_from(&assist);
            if lead.is_none() && open.is_some() {
                commitment.questions.extend(open.map(|name| placeholder(name)));
            }
            commitment
        })
        .collect()
}

fn placeholder(name: &str) -> Question {
    let text = format!("“{name}”具体是哪些单位，由谁牵头？");
    Question { id: "office".to_owned(), about: String::new(), text, answers: Vec::new() }
}

/// Names are compared without regard to the width of brackets; nothing else is forgiven.
fn known(name: &str, offices: &[(OfficeId, String)]) -> Option<OfficeId> {
    let plain = |name: &str| name.replace('（', "(").replace('）', ")");
    offices.iter().find(|(_, own)| plain(own) == plain(name)).map(|(id, _)| *id)
}

fn commitment(item: &document::Item, read: &document::Commitment, year: i16) -> Commitment {
    let class = read.class;
    let quantities: Vec<Quantity> = read.quantities.iter().filter_map(quantity).collect();
    let cadences: Vec<Cadence> = read.cadence.iter().flat_map(|Cadences(all)| all.iter().copied()).collect();
    let deadline = read.deadline.as_deref().or(item.due.as_deref()).and_then(|day| Day::parse(day).ok());
    let mut questions: Vec<Question> = Vec::new();
    for (at, open) in read.questions.iter().enumerate() {
        let (about, text) = (open.words.clone(), open.ask.clone());
        questions.push(Question { id: format!("q{}", at + 1), about, text, answers: Vec::new() });
    }
    Commitment {
        id: read.id.clone(),
        item: item.no,
        span: span(read.span),
        text: read.text.clone(),
        class,
        rule: read.rule.clone(),
        binding: Some(proposed(class, &quantities, &cadences, deadline, year)),
        quantities,
        cadences,
        named: read.named.clone(),
        questions,
        lead: None,
        assist: Vec::new(),
        weight: usual_weight(class),
        counter: None,
        words: String::new(),
        confirmed: None,
        help: None,
        opinion: None,
    }
}

fn usual_weight(class: Class) -> u32 {
    match class {
        Class::Count | Class::TargetRate => 4,
        Class::Project => 3,
        Class::Document | Class::Periodic => 2,
        Class::Register | Class::Mechanism | Class::Duty => 1,
    }
}

fn quantity(read: &document::Quantity) -> Option<Quantity> {
    Some(Quantity {
        text: read.text.clone(),
        value: Amount::from_f64(read.value.as_f64())?,
        unit: read.unit.clone(),
        comparator: comparator(read.comparator).to_owned(),
        deadline: read.deadline.as_deref().and_then(|day| Day::parse(day).ok()),
        period: read.period.map(|period| period_name(period).to_owned()),
    })
}

/// What such a promise is usually bound to, with days spread over the year.
fn proposed(class: Class, amounts: &[Quantity], cadences: &[Cadence], deadline: Option<Day>, year: i16) -> Binding {
    let end = deadline.or_else(|| Day::new(year, 12, 31)).unwrap_or(Day(0));
    let amount = amounts.iter().find(|amount| amount.value.0 > 0 && !amount.unit.is_empty() && amount.unit != "%");
    match class {
        Class::Count => match amount {
            Some(amount) => Binding::Count(Count {
                target: amount.value,
                unit: amount.unit.clone(),
                due: amount.deadline.unwrap_or(end),
                curve: Vec::new(),
            }),
            None => Binding::Opinion,
        },
        Class::Periodic => schedule(amount, cadences, year),
        Class::Document => {
            let stages = [
                ("drafted", "起草", 40),
                ("consulted", "征求意见", 60),
                ("reviewed", "合法性审核", 75),
                ("issued", "印发", 90),
                ("in_force", "施行", 100),
            ];
            Binding::Document(stages_until(&stages, year, end))
        }
        Class::Project => {
            let stages = [
                ("prepared", "前期准备", 25),
                ("started", "开工或启动", 40),
                ("structure", "主体完成", 80),
                ("commissioned", "完成并验收", 100),
            ];
            Binding::Milestones(stages_until(&stages, year, end))
        }
        Class::Mechanism => Binding::Mechanism { alive_days: 100 },
        Class::TargetRate | Class::Register | Class::Duty => Binding::Opinion,
    }
}

fn schedule(amount: Option<&Quantity>, cadences: &[Cadence], year: i16) -> Binding {
    let (from, to) = (Day::new(year, 1, 1).unwrap_or(Day(0)), Day::new(year, 12, 31).unwrap_or(Day(0)));
    let times = amount.filter(|amount| ["次", "期", "场"].contains(&amount.unit.as_str()));
    let times = times.and_then(|amount| u32::try_from(amount.value.0 / 1000).ok());
    let cadence = cadences.first().copied().unwrap_or(Cadence::Quarterly);
    Binding::Schedule(Schedule { cadence, from, to, times })
}

/// Steps at shares of the time until `end`.
fn stages_until(stages: &[(&str, &str, i32)], year: i16, end: Day) -> Stages {
    let first = Day::new(year, 1, 1).unwrap_or(end);
    let days = (end.0 - first.0).max(1);
    let step = |(id, title, percent): &(&str, &str, i32)| Milestone {
        id: (*id).to_owned(),
        title: (*title).to_owned(),
        due: first.plus(days * percent / 100),
    };
    Stages { steps: stages.iter().map(step).collect() }
}

fn comparator(read: Comparator) -> &'static str {
    match read {
        Comparator::AtLeast => ">=",
        Comparator::AtMost => "<=",
        Comparator::Exactly => "=",
        Comparator::About => "~",
    }
}

fn period_name(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::HalfYear => "half_year",
        Period::Year => "year",
    }
}

fn span([from, to]: [usize; 2]) -> (u32, u32) {
    (wire(from), wire(to))
}

fn wire(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse_text;

    #[test]
    fn a_document_becomes_a_draft_with_proposals() {
        let text = "2026年工作要点\n一、基础设施\n1、供水。新建管道50公里。每月召开调度会。\n责任处室：供水处（中心） 办公室\n";
        let read = parse_text(text, None).unwrap();
        let offices = [(OfficeId(7), "供水处(中心)".to_owned()), (OfficeId(8), "办公室".to_owned())];
        let Event::Imported { commitments, items, .. } = draft(&read, 2026, &offices) else { unreachable!() };
        let first = &commitments[0];
        assert_eq!((first.lead, first.assist.as_slice()), (Some(OfficeId(7)), [OfficeId(8)].as_slice()));
        let Some(Binding::Count(count)) = &first.binding else { panic!("{first:?}") };
        assert_eq!(
            (count.target, count.unit.as_str(), count.due.to_string()),
            (Amount::whole(50), "公里", "2026-12-31".to_owned())
        );
        let item = &items[0];
        assert_eq!(crate::text::slice(&item.text, first.span), first.text);
    }
}
