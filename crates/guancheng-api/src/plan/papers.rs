//! Meetings, circulars, appraisals and the task tree.

use std::{collections::BTreeSet, sync::Arc};

use axum::{extract::State, response::Response};
use guancheng_app::{
    City,
    plan::{self, may},
    ports::Read,
};
use guancheng_base::{Actor, ErrorCode, Instant, OfficeId};
use guancheng_plan::{
    Act,
    ledger::{Light, Line, Occurrence, freeze, meetings, period_of},
    model::{Appraisal, Cadence, Delegation, Plan},
};

use super::{
    dto::{
        Agenda, AppraisalPage, CircularPage, DecisionView, LedgerLine, MeetingPage, MeetingView, OccurrenceView,
        PostPage, PostRow, Tree, TreeNode,
    },
    export::{Paper, send},
    filter::{CircularPath, PaperQuery, PlanPath, PostsQuery},
    ledger::{decision_view, line_view},
    page,
    view::{offices_of, staff_only},
};
use crate::{
    caller::Caller,
    extract::{Path, Query},
    handlers::session::private,
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

/// Meetings: what was due, what was held, what the next one is about.
#[utoipa::path(get, path = "/plans/{plan}/meetings", operation_id = "list_meetings", tag = "plan", params(PlanPath),
    responses((status = 200, description = "Meetings", body = MeetingPage)))]
pub async fn list_meetings(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PlanPath>,
) -> Answer<Response> {
    let page = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        meeting_page(Titles { city, lang }, store, &plan, caller.now)
    });
    Ok(private(axum::Json(page.await?)))
}

fn meeting_page(titles: Titles<'_>, store: &dyn Read, plan: &Arc<Plan>, now: Instant) -> Answer<MeetingPage> {
    let settings = titles.city.plan_settings()?;
    let today = titles.city.day(now);
    let since = plan.adopted.map_or(today, |stamp| titles.city.day(stamp.at));
    let mut due = meetings(plan, settings, since, today);
    due.sort_by_key(|one| std::cmp::Reverse(one.from));
    let title = |series: &str| settings.series(series).map_or_else(|| series.to_owned(), |one| one.title.clone());
    let occurrence = |one: &Occurrence| OccurrenceView {
        series: one.series.clone(),
        title: title(&one.series),
        from: one.from.to_string(),
        to: one.to.to_string(),
        held: one.held.map(|day| day.to_string()),
        state: one.state().to_owned(),
    };
    let held = plan.meetings.iter().rev().map(|meeting| {
        let followed = meeting
            .decisions
            .iter()
            .map(|decision| decision_view(titles, store, decision, now))
            .collect::<Answer<Vec<_>>>()?;
        Ok(MeetingView { meeting: meeting.clone(), followed })
    });
    let held = held.collect::<Answer<Vec<_>>>()?;
    let agenda = agenda(titles, store, plan, &held, now)?;
    Ok(MeetingPage { occurrences: due.iter().map(occurrence).collect(), held, agenda })
}

/// Last time's promises first, then reds, help wanted and lines that have gone quiet.
fn agenda(
    titles: Titles<'_>,
    store: &dyn Read,
    plan: &Arc<Plan>,
    held: &[MeetingView],
    now: Instant,
) -> Answer<Agenda> {
    let settings = titles.city.plan_settings()?;
    let today = titles.city.day(now);
    let ledger = plan::ledger(store, plan, settings, today)?;
    let frozen = freeze(plan, &ledger.lines, today);
    let wanted = guancheng_plan::ledger::agenda::of_lines(&frozen.lines);
    let view = |line: &Line| line_view(titles, plan, line, today);
    let find = |id: &String| ledger.lines.iter().find(|line| line.commitment == *id).and_then(view);
    let of = |fits: &dyn Fn(&Line) -> bool| -> Vec<LedgerLine> {
        ledger.lines.iter().filter(|line| fits(line)).filter_map(view).collect()
    };
    let cycle = i32::from(settings.cycle_days);
    let stale = |line: &Line| line.light != Light::Green && line.last_sign.is_some_and(|day| today.0 - day.0 > cycle);
    let help = |line: &Line| plan.commitment(&line.commitment).is_some_and(|one| one.help.is_some());
    let was_red = red_before(titles, store, plan, now)?;
    let onsite = |line: &Line| line.light == Light::Red && was_red.contains(&line.commitment);
    Ok(Agenda {
        promised: promised(held),
        lines: wanted.iter().filter_map(find).collect(),
        help: of(&help),
        stale: of(&stale),
        onsite: of(&onsite),
    })
}

/// What was red at the end of last month. Red then and now is two reds running: the trigger of on-site supervision.
fn red_before(titles: Titles<'_>, store: &dyn Read, plan: &Arc<Plan>, now: Instant) -> Answer<BTreeSet<String>> {
    let city = titles.city;
    let day = period_of(Cadence::Monthly, city.day(now)).0.plus(-1);
    // What was not yet in force was not late either.
    if plan.adopted.is_none_or(|stamp| city.day(stamp.at) > day) {
        return Ok(BTreeSet::new());
    }
    let before = plan::plan_on(city, store, plan, day, now)?;
    let ledger = plan::ledger(store, &before, city.plan_settings()?, day)?;
    let red = ledger.lines.into_iter().filter(|line| line.light == Light::Red);
    Ok(red.map(|line| line.commitment).collect())
}

/// The decisions of the last meeting, and what is still open from before.
fn promised(held: &[MeetingView]) -> Vec<DecisionView> {
    let last = held.first().map(|meeting| meeting.meeting.held_on);
    let of = |meeting: &MeetingView| -> Vec<DecisionView> {
        let is_last = Some(meeting.meeting.held_on) == last;
        meeting.followed.iter().filter(|decision| is_last || decision.is_open).map(copy).collect()
    };
    held.iter().flat_map(of).collect()
}

fn copy(decision: &DecisionView) -> DecisionView {
    DecisionView {
        text: decision.text.clone(),
        office: decision.office,
        office_name: decision.office_name.clone(),
        due: decision.due.clone(),
        commitment: decision.commitment.clone(),
        case: decision.case,
        case_number: decision.case_number.clone(),
        state: decision.state.clone(),
        is_open: decision.is_open,
        light: decision.light,
    }
}

/// Circulars. Drafts are for those who supervise.
#[utoipa::path(get, path = "/plans/{plan}/circulars", operation_id = "list_circulars", tag = "plan", params(PlanPath),
    responses((status = 200, description = "Circulars", body = CircularPage)))]
pub async fn list_circulars(State(api): State<Api>, caller: Caller, Path(path): Path<PlanPath>) -> Answer<Response> {
    let page = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        let drafts = has(city, &caller.actor, &plan, &[Act::Supervise, Act::Lead])?;
        let shown = plan.circulars.iter().rev().filter(|circular| drafts || circular.issued.is_some());
        Ok(CircularPage { items: shown.cloned().collect() })
    });
    Ok(private(axum::Json(page.await?)))
}

/// A circular as a paper.
#[utoipa::path(get, path = "/plans/{plan}/circulars/{circular}", operation_id = "get_circular", tag = "plan", params(CircularPath, PaperQuery),
    responses((status = 200, description = "The circular", content((String = "text/html"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")))))]
pub async fn get_circular(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<CircularPath>,
    Query(asked): Query<PaperQuery>,
) -> Answer<Response> {
    let paper = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        let drafts = has(city, &caller.actor, &plan, &[Act::Supervise, Act::Lead])?;
        let found = plan.circulars.iter().find(|circular| circular.id == path.circular);
        let found = found.filter(|circular| drafts || circular.issued.is_some());
        let circular = found.ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
        let page = page::circular(Titles { city, lang }, &plan, circular);
        Ok(Paper { name: format!("circular-{}-{}", plan.year, circular.id), page })
    });
    send(paper.await?, asked.format)
}

/// Appraisals.
#[utoipa::path(get, path = "/plans/{plan}/appraisals", operation_id = "list_appraisals", tag = "plan", params(PlanPath),
    responses((status = 200, description = "Appraisals", body = AppraisalPage)))]
pub async fn list_appraisals(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PlanPath>,
) -> Answer<Response> {
    let page = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        let all = has(city, &caller.actor, &plan, &[Act::Appraise, Act::Lead])?;
        let (_, mine) = may(city, &caller.actor, &plan)?;
        let items = plan.appraisals.iter().rev().filter_map(|one| shown(one, all, &mine)).collect();
        Ok(AppraisalPage { items, offices: offices_of(Titles { city, lang }) })
    });
    Ok(private(axum::Json(page.await?)))
}

/// A draft shows an office only its own line.
fn shown(appraisal: &Appraisal, all: bool, mine: &[OfficeId]) -> Option<Appraisal> {
    let mut appraisal = appraisal.clone();
    if all || appraisal.finalised.is_some() {
        return Some(appraisal);
    }
    appraisal.offices.retain(|office, _| mine.contains(office));
    appraisal.appeals.retain(|appeal| mine.contains(&appeal.office));
    appraisal.frozen.lines.retain(|line| line.office.is_some_and(|office| mine.contains(&office)));
    (!appraisal.offices.is_empty()).then_some(appraisal)
}

fn has(city: &City, actor: &Actor, plan: &Plan, wanted: &[Act]) -> Answer<bool> {
    let (acts, _) = may(city, actor, plan)?;
    Ok(wanted.iter().any(|act| acts.contains(act)))
}

/// The task tree: how far each duty was passed down.
#[utoipa::path(get, path = "/plans/{plan}/tree", operation_id = "get_tree", tag = "plan", params(PlanPath),
    responses((status = 200, description = "The tree", body = Tree)))]
pub async fn get_tree(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PlanPath>,
) -> Answer<Response> {
    let tree = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        let titles = Titles { city, lang };
        let nodes: Vec<TreeNode> =
            plan.delegations.iter().map(|delegation| tree_node(titles, delegation, caller.now)).collect();
        let led = plan.commitments.values().filter(|commitment| commitment.lead.is_some());
        let reaches = |id: &str| nodes.iter().any(|node| node.commitment == id && node.holder.is_some());
        let (mut commitments, mut reaching_post) = (0, 0);
        for commitment in led {
            commitments += 1;
            reaching_post += usize::from(reaches(&commitment.id));
        }
        Ok(Tree { commitments, reaching_post, nodes })
    });
    Ok(private(axum::Json(tree.await?)))
}

/// A delegation with the names of today: whoever holds the post now has the duty.
pub(super) fn tree_node(titles: Titles<'_>, delegation: &Delegation, now: Instant) -> TreeNode {
    let org = titles.city.org();
    let post = delegation.post.and_then(|post| org.post(post));
    TreeNode {
        id: delegation.id,
        commitment: delegation.commitment.clone(),
        parent: delegation.parent,
        office: delegation.office.0,
        office_name: titles.office(delegation.office),
        post: delegation.post.map(|post| post.0),
        post_title: post.map(|post| post.title.clone()),
        holder: delegation.post.and_then(|post| holder(&org, post, now)),
        text: delegation.text.clone(),
    }
}

/// The posts of an office and of the units below it, to whom duties can be passed.
#[utoipa::path(get, path = "/posts", operation_id = "list_posts", tag = "plan", params(PostsQuery),
    responses((status = 200, description = "Posts", body = PostPage)))]
pub async fn list_posts(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Query(asked): Query<PostsQuery>,
) -> Answer<Response> {
    staff_only(&caller.actor)?;
    let org = api.city().org();
    let titles = Titles { city: api.city(), lang };
    let below = org.subtree(OfficeId(asked.office));
    if below.is_empty() {
        return Err(Problem::of(ErrorCode::NotFound));
    }
    let mut posts: Vec<&guancheng_org::Post> = org.posts().filter(|post| below.contains(&post.office)).collect();
    posts.sort_by_key(|post| (post.office, post.id));
    let row = |post: &guancheng_org::Post| PostRow {
        id: post.id.0,
        title: post.title.clone(),
        office: post.office.0,
        office_name: titles.office(post.office),
        holder: holder(&org, post.id, caller.now),
    };
    Ok(private(axum::Json(PostPage { items: posts.into_iter().map(row).collect() })))
}

/// Who holds a post today.
fn holder(org: &guancheng_org::Org, post: guancheng_base::PostId, now: Instant) -> Option<String> {
    let holds = |person: &&guancheng_org::Person| org.posts_of(person.id, now).any(|(_, held)| held.id == post);
    org.people().find(holds).map(|person| person.name.clone())
}
