//! A procedure as one page that an official can read aloud and sign, and the matrix of who may do what as text.

mod diagram;
mod text;
mod words;

use guancheng_case::{
    AssignTable, Clock, Discretion, EvidenceKind, EvidenceRule, Extend, Move, PartSpec, Procedure, State, matrix_rows,
};
use guancheng_org::Roles;

use crate::pack::Pack;
use words::Words;

/// The page of a procedure: diagram, states, moves, clocks, tables and the place to sign. Self-contained HTML for A4,
/// in the pack's language.
pub fn page(pack: &Pack, procedure: &Procedure) -> String {
    let words = Words::new(pack, procedure);
    let mut html = String::new();
    html.push_str(&head(&words));
    html.push_str(&format!("<figure>{}</figure>\n", diagram::svg(procedure)));
    html.push_str(&states(&words));
    html.push_str(&moves(&words));
    html.push_str(&clocks(&words));
    html.push_str(&assignment(&words));
    for table in &procedure.discretion {
        html.push_str(&discretion(&words, table));
    }
    html.push_str(&signature(&words));
    html
}

/// The role × kind × move matrix of a pack, every kind in its newest version.
pub fn matrix(pack: &Pack) -> String {
    let rows: Vec<_> = pack.newest().flat_map(|procedure| matrix_rows(procedure)).collect();
    let roles: Roles = pack.roles.iter().cloned().collect();
    guancheng_org::matrix(&rows, &roles)
}

const STYLE: &str = include_str!("page.css");

fn head(words: &Words<'_>) -> String {
    let (p, t) = (words.procedure, words.text);
    let until = p.valid_to.map(|day| day.to_string()).unwrap_or_else(|| (t.open_end).to_owned());
    let basis: String = p.basis.iter().map(|law| format!("<li>{}</li>", escape(law))).collect();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body><header><h1>{title}</h1><p>{id} · {version} {v} · {from} – {until} · {owner}: {office}</p></header>\n\
         <section><h2>{law}</h2><ul class=\"basis\">{basis}</ul></section>\n",
        lang = escape(&words.pack.locale),
        title = escape(&p.title),
        id = escape(&p.id),
        version = t.version,
        v = p.version,
        from = p.valid_from,
        owner = t.owner,
        office = escape(&p.owner),
        law = t.basis,
    )
}

fn states(words: &Words<'_>) -> String {
    let t = words.text;
    let rows: String = words.procedure.states.iter().map(|state| state_row(words, state)).collect();
    section(t.states, &[t.state, t.stage, t.holder, t.public], &rows)
}

fn state_row(words: &Words<'_>, state: &State) -> String {
    let mut holder = escape(&words.holder(&state.holder));
    if !state.parts.is_empty() {
        let parts: String = state.parts.iter().map(|part| part_item(words, part)).collect();
        holder.push_str(&format!("<ul>{parts}</ul>"));
    }
    let title = match state.is_final {
        true => format!("{} <small>{}</small>", escape(&state.title), words.text.end),
        false => escape(&state.title),
    };
    row(&[title, optional(state.stage.as_deref()), holder, optional(state.public.as_deref())])
}

fn part_item(words: &Words<'_>, part: &PartSpec) -> String {
    let when = words.conditions(&part.when);
    let when = if when.is_empty() { String::new() } else { format!("（{when}）") };
    let text = format!("{}：{}，{}{when}", part.office_title, part.question, words.limit(part.limit));
    format!("<li>{}</li>", escape(&text))
}

fn moves(words: &Words<'_>) -> String {
    let t = words.text;
    let rows: String = words.procedure.moves.iter().enumerate().map(|(n, mv)| move_row(words, n + 1, mv)).collect();
    section(t.moves, &[t.number, t.mv, t.who, t.from_to, t.needs, t.then], &rows)
}

/// `number` is the one on the arrows of the diagram.
fn move_row(words: &Words<'_>, number: usize, mv: &Move) -> String {
    let t = words.text;
    let from: Vec<&str> = mv.from.iter().map(|id| words.state(id)).collect();
    let who = lines([
        words.bys(&mv.by),
        words.labelled(t.approve, &words.roles(&mv.approve)),
        words.labelled(t.not_by, &words.not_by(&mv.not_by)),
    ]);
    let fields: Vec<&str> = mv.require.iter().map(|id| words.field(id)).collect();
    let evidence: Vec<String> = mv.evidence.iter().map(|rule| evidence(words, rule)).collect();
    let needs = lines([
        words.labelled(t.only_when, &words.conditions(&mv.when)),
        words.labelled(t.fields, &fields.join(t.comma)),
        words.labelled(t.evidence, &evidence.join(t.comma)),
        words.labelled(t.checks, &words.checks(&mv.checks)),
        words.labelled(t.advise, &words.checks(&mv.advise)),
        words.labelled(t.window, &mv.window.map(|limit| words.limit(limit)).unwrap_or_default()),
        words.move_limit(mv),
    ]);
    let then = lines([
        words.labelled(t.document, mv.document.as_deref().unwrap_or_default()),
        words.effects(&mv.effects),
        words.labelled(t.why, mv.why.as_deref().unwrap_or_default()),
    ]);
    let way = format!("{} → {}", escape(&from.join(t.comma)), escape(words.state(&mv.to)));
    row(&[number.to_string(), format!("<b>{}</b>", escape(&mv.title)), who, way, needs, then])
}

fn evidence(words: &Words<'_>, rule: &EvidenceRule) -> String {
    let t = words.text;
    let kind = match rule.kind {
        EvidenceKind::Photo => t.photo,
        EvidenceKind::File => t.file,
        EvidenceKind::Signature => t.signature_kind,
        EvidenceKind::Video => t.video,
        EvidenceKind::Audio => t.audio,
    };
    let mut text = format!("{kind} ≥ {}", rule.min);
    if !rule.tags.is_empty() {
        text.push_str(&format!("（{}）", rule.tags.join(t.comma)));
    }
    if let Some(metres) = rule.within_m {
        text.push_str(&format!("{}{} ≤ {metres} m", t.comma, t.distance));
    }
    if let Some(state) = &rule.after_state {
        text.push_str(&format!("{}{}“{}”", t.comma, t.after, words.state(state)));
    }
    let when = words.conditions(&rule.when);
    if !when.is_empty() {
        text.push_str(&format!("（{}{}{when}）", t.only_when, t.colon));
    }
    text
}

fn clocks(words: &Words<'_>) -> String {
    let t = words.text;
    let rows: String = words.procedure.clocks.iter().map(|clock| clock_row(words, clock)).collect();
    section(t.clocks, &[t.clock, t.limit, t.start_stop, t.warn, t.breach], &rows)
}

fn clock_row(words: &Words<'_>, clock: &Clock) -> String {
    let t = words.text;
    let pauses: Vec<&str> =
        clock.pause_in.iter().map(|id| words.state(id)).chain(clock.pause_by.iter().map(|n| n.as_str())).collect();
    let course = lines([
        words.labelled(t.start, &words.trigger(&clock.start)),
        words.labelled(t.stop, &words.triggers(&clock.stop)),
        words.labelled(t.cancel, &words.triggers(&clock.cancel)),
        words.labelled(t.pause, &pauses.join(t.comma)),
        words.labelled(t.resume, &words.triggers(&clock.resume_on)),
    ]);
    let limit = lines([
        words.limit_rule(&clock.limit),
        clock.extend.as_ref().map(|extend| extension(words, extend)).unwrap_or_default(),
    ]);
    let warn: Vec<String> = clock.warn.iter().map(|share| format!("{} %", share / 10)).collect();
    let expiry = clock.on_expiry.as_ref().map(|id| words.labelled(t.deemed, words.mv(id))).unwrap_or_default();
    let breach =
        lines([words.effects(&clock.breach), expiry, words.labelled(t.why, clock.why.as_deref().unwrap_or_default())]);
    row(&[format!("<b>{}</b>", escape(&clock.title)), limit, course, escape(&warn.join(" · ")), breach])
}

fn extension(words: &Words<'_>, extend: &Extend) -> String {
    let t = words.text;
    let max = extend.max.map(|limit| words.limit(limit));
    let ratio = extend.max_ratio.map(|ratio| format!("{} × {}", ratio, t.limit));
    let bound = max.or(ratio).unwrap_or_default();
    let mut text = format!("{} ≤ {} × {bound}", t.extend, extend.times);
    for (label, value) in [
        (t.approve, words.roles(&extend.approve)),
        (t.apply_before, extend.apply_before.map(|limit| words.limit(limit)).unwrap_or_default()),
        (t.decide_in, extend.decide_in.map(|limit| words.limit(limit)).unwrap_or_default()),
        (t.tell, extend.tell.as_ref().map(|who| words.word(who)).unwrap_or_default()),
    ] {
        if !value.is_empty() {
            text.push_str(&format!("{}{label}{}{value}", t.semicolon, t.colon));
        }
    }
    text
}

fn assignment(words: &Words<'_>) -> String {
    let Some(assign) = &words.procedure.assign else { return String::new() };
    let t = words.text;
    let table: &AssignTable = &assign.table;
    let rows: String = table
        .rows()
        .iter()
        .map(|r| row(&[escape(&r.id), escape(&words.category(&r.category)), escape(&words.office(r.office))]))
        .collect();
    let title = format!("{}：{}", t.assign, table.title);
    section(&title, &[t.row, t.category, t.office], &rows)
}

fn discretion(words: &Words<'_>, table: &Discretion) -> String {
    let t = words.text;
    let mut rows = String::new();
    for statute in &table.statute {
        for tier in &table.tiers {
            let bound =
                |n: Option<f64>, sign: &str| n.map(|n| format!("{sign} {n} {}", table.unit)).unwrap_or_default();
            let measure = format!("{} {}", bound(tier.ge, "≥"), bound(tier.lt, "<"));
            let inside = tier.ge.or(tier.lt.map(|lt| lt - f64::EPSILON.max(lt * 1e-9))).unwrap_or_default();
            let band = table.band(statute.party.split('、').next().unwrap_or_default(), inside);
            let range = band.map(|band| format!("{} – {}", band.min, band.max)).unwrap_or_default();
            rows.push_str(&row(&[escape(&statute.party), escape(&tier.title), escape(measure.trim()), escape(&range)]));
        }
    }
    let notes = lines([
        words.labelled(t.basis, &table.basis),
        words.labelled(t.lighter, &table.lighter.join(t.comma)),
        words.labelled(t.heavier, &table.heavier.join(t.comma)),
    ]);
    let title = format!("{}：{}", t.discretion, table.title);
    format!("{}<p>{notes}</p>\n", section(&title, &[t.party, t.tier, t.measure, t.fine], &rows))
}

fn signature(words: &Words<'_>) -> String {
    let t = words.text;
    let hash: String = words.procedure.hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!(
        "<footer><p>{}</p><p class=\"sign\">{} ______________　{} ______________</p><p><small>SHA-256 {hash}…</small></p></footer></body></html>\n",
        t.read_aloud, t.sign, t.date
    )
}

fn section(title: &str, headings: &[&str], rows: &str) -> String {
    let heads: String = headings.iter().map(|heading| format!("<th scope=\"col\">{}</th>", escape(heading))).collect();
    format!(
        "<section><h2>{}</h2><table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></section>\n",
        escape(title)
    )
}

fn row(cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
    format!("<tr>{cells}</tr>\n")
}

/// The lines that say something, escaped, one below the other.
fn lines<const N: usize>(lines: [String; N]) -> String {
    lines.iter().filter(|line| !line.is_empty()).map(|line| escape(line)).collect::<Vec<_>>().join("<br>")
}

fn optional(text: Option<&str>) -> String {
    text.map(escape).unwrap_or_default()
}

/// Text for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
