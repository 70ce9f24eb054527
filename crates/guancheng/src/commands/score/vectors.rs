//! `guancheng score check`: every vector is run, every mismatch told.

use std::{collections::BTreeMap, path::Path};

use guancheng_base::Name;
use guancheng_indicator::{
    Better, Cite, Exact, Grade, Normalise, Order, RankRule, Reference, RollupMethod, Rounding, Ties, grade,
    health::{HealthLimits, Spread, Unhealthy, spread, verdict},
    rank, roll_up, scale,
    score::{Band, EventUnit, Given, Method, Occurred, Partial, Rule, Step},
};
use serde_json::{Value, json};

use super::read::{Object, list, maybe, number};
use crate::{Answer, Outcome};

/// What one vector said that did not hold.
struct Mismatch {
    what: String,
    expected: String,
    got: String,
}

/// What running one vector gives: what does not hold, or why the vector cannot be run.
type Checked = Result<Vec<Mismatch>, String>;

/// One kind of vector.
type Section = (&'static str, fn(&Object<'_>) -> Checked);

/// The kinds of vector, by the key of the file under which they stand.
const SECTIONS: [Section; 5] =
    [("score", score), ("rank", ranking), ("grade", graded), ("rollup", rolled_up), ("health", healthy)];

/// Runs the file.
pub fn check(file: &Path, as_json: bool) -> Outcome {
    let shown = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| shown(&error))?;
    let json: Value = serde_json::from_str(&text).map_err(|error| shown(&error))?;
    let root = Object::new(&json, "vectors").map_err(|error| shown(&error))?;
    let (mut all, mut wrong) = (0, Vec::new());
    for (section, check) in SECTIONS {
        let Some(value) = root.get(section) else { continue };
        for (at, vector) in list(value, section).map_err(|error| shown(&error))? {
            all += 1;
            let (name, outcome) = run_one(vector, &at, check);
            match outcome {
                Ok(mismatches) if mismatches.is_empty() => {}
                outcome => wrong.push((section, name, outcome)),
            }
        }
    }
    root.finish().map_err(|error| shown(&error))?;
    report(all, &wrong, as_json);
    Ok(if wrong.is_empty() { Answer::Yes } else { Answer::No })
}

fn run_one(vector: &Value, at: &str, check: fn(&Object<'_>) -> Checked) -> (String, Checked) {
    let named = vector.get("name").and_then(Value::as_str).unwrap_or(at).to_owned();
    let outcome = Object::new(vector, at).and_then(|object| {
        object.text("name")?;
        let mismatches = check(&object)?;
        object.finish()?;
        Ok(mismatches)
    });
    (named, outcome)
}

fn report(all: usize, wrong: &[(&str, String, Checked)], as_json: bool) {
    if as_json {
        let list: Vec<Value> = wrong.iter().flat_map(|(section, name, outcome)| told(section, name, outcome)).collect();
        say!("{}", json!({ "vectors": all, "mismatches": list }));
        return;
    }
    for (section, name, outcome) in wrong {
        match outcome {
            Err(error) => say!("{section} “{name}” cannot be run: {error}"),
            Ok(mismatches) => {
                for Mismatch { what, expected, got } in mismatches {
                    say!("{section} “{name}”: {what}: expected {expected}, got {got}");
                }
            }
        }
    }
    say!("{} of {all} vectors hold", all - wrong.len());
}

fn told(section: &str, name: &str, outcome: &Checked) -> Vec<Value> {
    match outcome {
        Err(error) => vec![json!({ "section": section, "name": name, "error": error })],
        Ok(mismatches) => mismatches
            .iter()
            .map(|m| json!({ "section": section, "name": name, "what": m.what, "expected": m.expected, "got": m.got }))
            .collect(),
    }
}

/// `{ method, params, given, points }`.
fn score(vector: &Object<'_>) -> Checked {
    let params = vector.object("params")?;
    let rule = rule(vector.text("method")?, &params)?;
    if let Some(fault) = rule.faults().into_iter().next() {
        return Err(params.path(&fault.to_string()));
    }
    let factor = factor(&params)?;
    let given = given(&rule, &params, vector)?;
    let rounded = rounding(&params)?;
    params.finish()?;
    let given = match (given, factor) {
        (_, Some(None)) => Given::Value(None),
        (Given::Value(Some(value)), Some(Some(factor))) => Given::Value(Some(value.times(factor).map_err(text)?)),
        (given, _) => given,
    };
    let scored = rule.score(&Cite::bare("vector"), &given, factor.flatten().unwrap_or(Exact::ONE)).map_err(text)?;
    let got = match (scored.points, rounded) {
        (Some(points), Some((decimals, rounding))) => Some(points.rounded(decimals, rounding).map_err(text)?),
        (points, _) => points,
    };
    let expected = maybe(vector.need("points")?, &vector.path("points"))?;
    Ok(compare(&format!("points, {}", scored.explain.formula), expected, got))
}

fn rule(method: &str, params: &Object<'_>) -> Result<Rule, String> {
    let method = match method {
        "bands" => {
            Method::Bands { bands: pairs(params, "bands", "ge", "points", |ge, points| Ok(Band { ge, points }))? }
        }
        "linear" => Method::Linear { full_at: params.number("full_at")?, zero_at: params.number("zero_at")? },
        "reach_or_lose" => Method::ReachOrLose {
            reach: params.number("reach")?,
            lose: params.number("lose")?,
            per: params.maybe_number("per")?.unwrap_or(Exact::ONE),
            partial: params.word("partial", &Partial::ALL.map(|word| (word.as_str(), word)), None)?,
        },
        "per_event" => Method::PerEvent {
            unit: params.word("unit", &EventUnit::ALL.map(|word| (word.as_str(), word)), None)?,
            steps: pairs(params, "steps", "from", "each", |from, each| Ok(Step { from: count(from)?, each }))?,
        },
        other => return Err(format!("unknown method {other:?}; it is one of {}", Method::NAMES.join(", "))),
    };
    let points = match &method {
        // Bands carry their own points; the line's are their best where it does not say.
        Method::Bands { bands } => {
            let best = bands.iter().map(|band| band.points).max().unwrap_or(Exact::ZERO);
            params.maybe_number("points")?.unwrap_or(best)
        }
        _ => params.number("points")?,
    };
    let better = params.word("better", &Better::ALL.map(|word| (word.as_str(), word)), Some(Better::Up))?;
    Ok(Rule { points, method, better, bonus: params.flag("bonus")? })
}

/// A list of `[a, b]` or `{ first: a, second: b }`.
fn pairs<T>(
    params: &Object<'_>,
    key: &'static str,
    first: &'static str,
    second: &'static str,
    make: impl Fn(Exact, Exact) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let read = |(at, item): (String, &Value)| match item.as_array().map(Vec::as_slice) {
        Some([a, b]) => make(number(a, &at)?, number(b, &at)?),
        Some(_) => Err(format!("{at}: a pair [{first}, {second}] is expected here")),
        None => {
            let object = Object::new(item, at)?;
            let pair = make(object.number(first)?, object.number(second)?)?;
            object.finish()?;
            Ok(pair)
        }
    };
    list(params.need(key)?, &params.path(key))?.into_iter().map(read).collect()
}

fn count(n: Exact) -> Result<i64, String> {
    let whole = n.whole().and_then(|n| i64::try_from(n).ok());
    whole.ok_or_else(|| format!("{n} is no whole number; a count is expected here"))
}

fn given(rule: &Rule, params: &Object<'_>, vector: &Object<'_>) -> Result<Given, String> {
    let value = vector.need("given")?;
    let at = vector.path("given");
    let per_event = matches!(rule.method, Method::PerEvent { .. });
    let times = if per_event { params.get("loss_times") } else { None };
    if !per_event || value.is_null() {
        return maybe(value, &at).map(Given::Value);
    }
    let counts = list(value, &at)?;
    let times = match times {
        None => vec![Exact::ONE; counts.len()],
        Some(times) => {
            let at = params.path("loss_times");
            list(times, &at)?.into_iter().map(|(at, n)| number(n, &at)).collect::<Result<Vec<_>, _>>()?
        }
    };
    if times.len() != counts.len() {
        return Err(format!("{}: {} factors for {} counts", params.path("loss_times"), times.len(), counts.len()));
    }
    let rows = counts.into_iter().zip(times);
    let rows = rows.map(|((at, n), times)| {
        let count = count(number(n, &at)?).map_err(|error| format!("{at}: {error}"))?;
        Ok(Occurred { count, times })
    });
    rows.collect::<Result<_, String>>().map(Given::Events)
}

/// `normalise: { own, peers, reference }`: outside absent, inside `None` for a subject without a size.
fn factor(params: &Object<'_>) -> Result<Option<Option<Exact>>, String> {
    let Some(value) = params.get("normalise") else { return Ok(None) };
    let object = Object::new(value, params.path("normalise"))?;
    let words = Reference::ALL.map(|word| (word.as_str(), word));
    let reference = object.word("reference", &words, Some(Reference::PeerMean))?;
    let per = object.get("per").and_then(Value::as_str).unwrap_or("size").into();
    let own = maybe(object.need("own")?, &object.path("own"))?;
    let peers = match object.get("peers") {
        Some(peers) => list(peers, &object.path("peers"))?.into_iter().map(|(at, n)| number(n, &at)).collect(),
        None => Ok(Vec::new()),
    }?;
    object.finish()?;
    let mean = Exact::mean(&peers).map_err(text)?;
    scale(&Cite::bare("vector"), &Normalise { per, reference }, own, mean).map(|s| Some(s.factor)).map_err(text)
}

/// `decimals`, with `rounding`, if they are there.
fn rounding(object: &Object<'_>) -> Result<Option<(u32, Rounding)>, String> {
    let words = Rounding::ALL.map(|word| (word.as_str(), word));
    let rounding = object.word("rounding", &words, Some(Rounding::HalfUp))?;
    let decimals = object.maybe_number("decimals")?.map(count).transpose()?;
    let decimals =
        decimals.map(u32::try_from).transpose().map_err(|_| object.path("decimals: must not be below zero"))?;
    Ok(decimals.map(|decimals| (decimals, rounding)))
}

/// `{ scores, rank, order?, ties? }`.
fn ranking(vector: &Object<'_>) -> Checked {
    let rule = RankRule {
        order: vector.word("order", &Order::ALL.map(|word| (word.as_str(), word)), Some(Order::Desc))?,
        ties: vector.word("ties", &Ties::ALL.map(|word| (word.as_str(), word)), Some(Ties::Competition))?,
    };
    let expected = numbers(&vector.object("rank")?)?;
    let places = rank(&Cite::bare("vector"), rule, &numbers(&vector.object("scores")?)?).places;
    if let Some(stranger) = expected.keys().find(|subject| !places.contains_key(*subject)) {
        return Err(format!("{}: there is no score of `{stranger}`", vector.path("rank")));
    }
    let mut mismatches = Vec::new();
    for (subject, place) in places {
        let place = place.map(|place| Exact::int(i64::from(place)));
        match expected.get(&subject) {
            None => return Err(format!("{}: what is the place of `{subject}`?", vector.path("rank"))),
            Some(expected) => mismatches.extend(compare(&format!("the place of {subject}"), *expected, place)),
        }
    }
    Ok(mismatches)
}

fn numbers(object: &Object<'_>) -> Result<BTreeMap<Name, Option<Exact>>, String> {
    object.entries().map(|(key, value)| Ok((key.as_str().into(), maybe(value, &object.path(key))?))).collect()
}

/// `{ grades: [[ge, id]], given, grade }`.
fn graded(vector: &Object<'_>) -> Checked {
    let read = |(at, item): (String, &Value)| match item.as_array().map(Vec::as_slice) {
        Some([ge, Value::String(id)]) => {
            Ok(Grade { ge: number(ge, &at)?, id: id.as_str().into(), title: String::new() })
        }
        _ => Err(format!("{at}: a pair [ge, grade] is expected here")),
    };
    let grades = list(vector.need("grades")?, &vector.path("grades"))?.into_iter().map(read);
    let grades: Vec<Grade> = grades.collect::<Result<_, String>>()?;
    let score = maybe(vector.need("given")?, &vector.path("given"))?;
    let got = grade(&Cite::bare("vector"), &grades, score).grade;
    let expected = vector.need("grade")?.as_str();
    if got.as_deref() == expected {
        return Ok(Vec::new());
    }
    let shown = |grade: Option<&str>| grade.unwrap_or("none").to_owned();
    Ok(vec![Mismatch { what: "grade".into(), expected: shown(expected), got: shown(got.as_deref()) }])
}

/// `{ method, parts, score, decimals?, rounding? }`.
fn rolled_up(vector: &Object<'_>) -> Checked {
    let method =
        vector.word("method", &RollupMethod::ALL.map(|word| (word.as_str(), word)), Some(RollupMethod::Mean))?;
    let (decimals, rounding) = rounding(vector)?.unwrap_or((2, Rounding::HalfUp));
    let parts = list(vector.need("parts")?, &vector.path("parts"))?.into_iter().map(|(at, part)| maybe(part, &at));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let got = roll_up(&Cite::bare("vector"), method, &parts, decimals, rounding).map_err(text)?;
    let expected = maybe(vector.need("score")?, &vector.path("score"))?;
    Ok(compare(&got.explain.formula, expected, got.score))
}

/// `{ scores, spread?, p90_p10?, share_near_top?, n?, verdict? }`, or without scores the two measures and a verdict.
fn healthy(vector: &Object<'_>) -> Checked {
    let limits = limits(vector)?;
    let full = vector.maybe_number("full")?.unwrap_or(Exact::HUNDRED);
    let told = |key| vector.maybe_number(key);
    let (n, spread_told, p90_p10, share) = (told("n")?, told("spread")?, told("p90_p10")?, told("share_near_top")?);
    let mut mismatches = Vec::new();
    let measures = match vector.get("scores") {
        Some(scores) => {
            let at = vector.path("scores");
            let scores = list(scores, &at)?.into_iter().map(|(at, score)| maybe(score, &at));
            let scores: Vec<Exact> = scores.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
            let seen = spread(&scores, full, &limits).map_err(text)?;
            let got = |measure: fn(&Spread) -> Exact| seen.as_ref().map(measure);
            let rated = Exact::int(i64::try_from(scores.len()).unwrap_or(i64::MAX));
            mismatches.extend(n.map(|n| compare("n", Some(n), Some(rated))));
            mismatches.extend(spread_told.map(|told| compare("spread", Some(told), got(|s| s.spread))));
            mismatches.extend(p90_p10.map(|told| compare("p90_p10", Some(told), got(|s| s.p90_p10))));
            mismatches.extend(share.map(|told| compare("share_near_top", Some(told), got(|s| s.share_near_top))));
            seen.map(|seen| (seen.p90_p10, seen.share_near_top))
        }
        None => {
            let missing = |key| format!("{}: `{key}` is missing, and there are no `scores`", vector.path(key));
            vector.need("verdict")?;
            Some((p90_p10.ok_or_else(|| missing("p90_p10"))?, share.ok_or_else(|| missing("share_near_top"))?))
        }
    };
    let mut mismatches: Vec<Mismatch> = mismatches.into_iter().flatten().collect();
    if vector.get("verdict").is_some() {
        let fails = measures.map(|(p90_p10, share)| verdict(p90_p10, share, &limits)).unwrap_or_default();
        let expected = fails_of(vector.text("verdict")?, &vector.path("verdict"))?;
        if fails != expected {
            mismatches.push(Mismatch {
                what: "verdict".into(),
                expected: verdict_text(&expected).to_owned(),
                got: verdict_text(&fails).to_owned(),
            });
        }
    }
    Ok(mismatches)
}

/// What the two tests of a distribution say together.
fn verdict_text(fails: &[Unhealthy]) -> &'static str {
    match fails {
        [] => "passes both health tests",
        [Unhealthy::Spread] => "fails the spread test",
        [Unhealthy::Ceiling] => "fails the ceiling test",
        _ => "fails both health tests",
    }
}

/// Reads a verdict by its words, since people write it: the tests named in those parts of the sentence that say *fails*.
fn fails_of(text: &str, at: &str) -> Result<Vec<Unhealthy>, String> {
    let lower = text.to_lowercase();
    let says = |part: &str, words: &[&str]| words.iter().any(|word| part.contains(word));
    let parts = lower.split([',', ';', '，', '；']).flat_map(|part| part.split(" but "));
    let (failing, other): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| says(part, &["fail", "不通过", "不合格", "未通过"]));
    let names = |words: &[&str]| failing.iter().any(|part| says(part, words) || says(part, &["both", "两项"]));
    let spread = names(&["spread", "p90", "区分"]).then_some(Unhealthy::Spread);
    let ceiling = names(&["ceiling", "top", "满分"]).then_some(Unhealthy::Ceiling);
    let fails: Vec<Unhealthy> = spread.into_iter().chain(ceiling).collect();
    let passes = failing.is_empty() && other.iter().any(|part| says(part, &["pass", "healthy", "通过", "合格"]));
    if fails.is_empty() && !passes {
        let (pass, fail) = (verdict_text(&[]), verdict_text(&[Unhealthy::Spread]));
        return Err(format!("{at}: {text:?} is no verdict; write “{pass}” or “{fail}”"));
    }
    Ok(fails)
}

fn limits(vector: &Object<'_>) -> Result<HealthLimits, String> {
    let usual = HealthLimits::default();
    Ok(HealthLimits {
        min_spread_p90_p10: vector.maybe_number("min_spread_p90_p10")?.unwrap_or(usual.min_spread_p90_p10),
        max_share_near_top: vector.maybe_number("max_share_near_top")?.unwrap_or(usual.max_share_near_top),
        near_top: vector.maybe_number("near_top")?.unwrap_or(usual.near_top),
        max_excluded_pct: usual.max_excluded_pct,
    })
}

/// Compares exactly. Only where the exact result has more digits than the expectation, written with two or more, may
/// it be the rounding of it: 8.33 for 25/3, never 46 for 46.4.
fn compare(what: &str, expected: Option<Exact>, got: Option<Exact>) -> Vec<Mismatch> {
    let equal = match (expected, got) {
        (Some(expected), Some(got)) => expected == got || is_rounding(expected, got),
        (expected, got) => expected == got,
    };
    if equal {
        return Vec::new();
    }
    let shown = |n: Option<Exact>| n.map_or("not rated".to_owned(), |n| n.to_string());
    vec![Mismatch { what: what.to_owned(), expected: shown(expected), got: shown(got) }]
}

fn is_rounding(expected: Exact, got: Exact) -> bool {
    let Some(written) = expected.decimals() else { return false };
    if written > guancheng_indicator::DECIMALS_MAX {
        // A sum of binary fractions printed with all its digits: equal to nine.
        let nine = |n: Exact| n.rounded(9, Rounding::HalfUp).ok();
        return nine(expected) == nine(got);
    }
    let finer = got.decimals().is_none_or(|needed| needed > written);
    written >= 2 && finer && Rounding::ALL.iter().take(2).any(|way| got.rounded(written, *way) == Ok(expected))
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
