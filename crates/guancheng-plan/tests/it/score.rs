//! What was to be read, what was read, and how far the two agree.

use guancheng_plan::document::PlanDocument;

/// An amount: value as written in JSON, unit, comparator.
pub type Amount = (String, String, String);

/// What a layout is known to hold.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    pub sections: Vec<String>,
    /// Section, title, offices.
    pub items: Vec<(u32, String, Vec<String>)>,
    pub amounts: Vec<Vec<Amount>>,
}

/// Facts to find, facts found, facts invented; of structure and of amounts.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub facts: usize,
    pub right: usize,
    pub amounts: usize,
    pub found: usize,
    pub invented: usize,
    pub misses: Vec<String>,
}

impl Score {
    pub fn add(&mut self, truth: &Truth, plan: &PlanDocument) {
        self.fact(truth.sections.len() == plan.sections.len(), || {
            format!("{} sections for {}", plan.sections.len(), truth.sections.len())
        });
        for (title, section) in truth.sections.iter().zip(&plan.sections) {
            self.fact(*title == section.title, || format!("section {} for {title}", section.title));
        }
        self.fact(truth.items.len() == plan.items.len(), || {
            format!("{} items for {}", plan.items.len(), truth.items.len())
        });
        for (at, (section, title, offices)) in truth.items.iter().enumerate() {
            let item = plan.items.get(at).cloned().unwrap_or_default();
            self.fact(*section == item.section, || {
                format!("item {} in section {} for {section}", at + 1, item.section)
            });
            self.fact(*title == item.title, || format!("title {} for {title}", item.title));
            self.fact(*offices == item.offices, || {
                format!("offices {:?} for {offices:?} in {}", item.offices, item.text)
            });
            let wanted = truth.amounts.get(at).cloned().unwrap_or_default();
            self.amounts(&wanted, &item);
        }
    }

    fn amounts(&mut self, wanted: &[Amount], item: &guancheng_plan::document::Item) {
        let quantities =
            item.commitments.iter().flat_map(|commitment| &commitment.quantities).filter(|quantity| !quantity.implied);
        let mut read: Vec<Amount> = quantities
            .map(|quantity| {
                let sign = serde_json::to_string(&quantity.comparator).expect("JSON");
                (quantity.value.to_string(), quantity.unit.clone(), sign.trim_matches('"').to_owned())
            })
            .collect();
        self.amounts += wanted.len();
        for amount in wanted {
            match read.iter().position(|other| other == amount) {
                Some(at) => {
                    read.remove(at);
                    self.found += 1;
                }
                None => self.misses.push(format!("missed {amount:?} in {}", item.text)),
            }
        }
        self.invented += read.len();
        self.misses.extend(read.iter().map(|amount| format!("invented {amount:?} in {}", item.text)));
    }

    fn fact(&mut self, right: bool, miss: impl Fn() -> String) {
        self.facts += 1;
        self.right += usize::from(right);
        if !right {
            self.misses.push(miss());
        }
    }

    #[track_caller]
    pub fn at_least(&self, percent: usize) {
        let shown: Vec<&String> = self.misses.iter().take(12).collect();
        println!(
            "structure {}/{}, amounts {}/{}, invented {}",
            self.right, self.facts, self.found, self.amounts, self.invented
        );
        assert!(self.right * 100 >= self.facts * percent, "structure {}/{}: {shown:#?}", self.right, self.facts);
        assert!(self.found * 100 >= self.amounts * percent, "amounts {}/{}: {shown:#?}", self.found, self.amounts);
        assert!(
            self.invented * 100 <= self.amounts * (100 - percent),
            "invented {} of {}: {shown:#?}",
            self.invented,
            self.amounts
        );
    }
}

/// Every item tiles: outside the spans only separators, spans in order; and the source can be written back.
#[track_caller]
pub fn check_tiling(plan: &PlanDocument) {
    let separator = |c: char| matches!(c, '，' | ',' | '。' | '；' | ';') || c.is_whitespace();
    for item in &plan.items {
        let chars: Vec<char> = item.text.chars().collect();
        let mut spans: Vec<[usize; 2]> =
            item.commitments.iter().map(|c| c.span).chain(item.context.iter().map(|c| c.span)).collect();
        spans.sort_unstable();
        let first = spans.first().map_or(chars.len(), |span| span[0]);
        let head: String = chars[..first].iter().collect();
        assert!(
            head.contains(&item.title)
                || spans
                    .first()
                    .is_some_and(|span| chars[span[0]..].iter().collect::<String>().starts_with(&item.title)),
            "{}",
            item.text
        );
        let mut at = first;
        for [from, to] in spans.into_iter().chain([[chars.len(), chars.len()]]) {
            assert!(from >= at, "spans overlap in {}", item.text);
            let gap: String = chars[at..from].iter().collect();
            assert!(gap.chars().all(separator), "{gap:?} is outside in {}", item.text);
            at = to;
        }
        for commitment in &item.commitments {
            let words: String = chars[commitment.span[0]..commitment.span[1]].iter().collect();
            assert_eq!(words, commitment.text);
        }
    }
}
