//! Facts and boards of a played city: made in one go or caught up, they are the same, they agree with the store, and every
//! scorecard can be run on them.

use std::sync::Arc;

use guancheng_app::{
    AppError,
    measure::{Facts, board, dump},
    ports::{CaseQuery, GroupBy, Read},
};
use guancheng_org::{Scope, ScopeClause};

use super::{small, start, town::Town};

fn text(facts: &Facts) -> String {
    dump(facts.by_case.values().map(Arc::as_ref))
}

fn check(pack: &str) {
    let mut town = Town::new(pack, start(pack));
    let mut simulator = town.play(7, start(pack), small(), 1);
    let kept =
        |town: &Town| town.store.read::<_, AppError>(|store| town.city.figures.facts(&town.city, store)).unwrap();
    let first = kept(&town);
    town.go_on(&mut simulator, 1);
    let second = kept(&town);
    assert!(first.by_case.len() < second.by_case.len(), "{pack}: {} cases", second.by_case.len());
    let now = simulator.now();
    town.store
        .read::<_, AppError>(|store| {
            let rebuilt = [Facts::rebuilt(&town.city, store)?, Facts::rebuilt(&town.city, store)?];
            assert_eq!(text(&rebuilt[0]), text(&rebuilt[1]));
            assert_eq!(text(&second), text(&rebuilt[0]), "{pack}: caught up");
            let kinds = vec![town.city.pack.report_kind.clone()];
            let query = CaseQuery { kinds, open: Some(true), ..CaseQuery::default() };
            let open =
                store.counts(&query, &Scope { clauses: vec![ScopeClause::everything()] }, GroupBy::Nothing, now)?.total;
            let facts = second.cases();
            assert_eq!(facts.iter().filter(|case| case.outcome.as_deref() == Some("open")).count() as u64, open);
            for id in town.city.pack.measures.scorecards.keys() {
                let board = board(&town.city, store, id, None, now)?;
                assert!(board.rows.values().all(|row| row.total.is_some() || row.place.is_none()), "{pack} {id}");
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn facts_are_the_same_however_they_are_made_and_agree_with_the_store() {
    check("zhengzhou");
    check("boston");
}
