//! The fragments lists are put together from. `{}` stands for a placeholder or a list of them, filled in order.
//!
//! A unary plus keeps the database from choosing an index by a condition that only thins out: which index leads is
//! decided in `list`, from how many rows a filter leaves, and not by a planner without statistics.

use super::cases::row_columns;

/// The traffic light: 0 good, 1 near, 2 late, 3 not rated. `{}` is now, twice. The same as `CaseRow::light`.
pub(crate) const LIGHT: &str = "CASE WHEN c.is_open = 0 THEN CASE c.on_time WHEN 1 THEN 0 WHEN 0 THEN 2 ELSE 3 END
    WHEN c.clock IS NULL THEN 3 WHEN c.due_sort < {} THEN 2 WHEN c.warn_at <= {} THEN 1 ELSE 0 END";

/// The same of an open case: what lies before now has a clock.
pub(crate) const LIGHT_OPEN: &str = "CASE WHEN c.due_sort < {} THEN 2 WHEN c.warn_at <= {} THEN 1
    WHEN c.clock IS NULL THEN 3 ELSE 0 END";

pub(crate) const IS_OPEN: &str = "c.is_open = 1";
pub(crate) const IS_ENDED: &str = "c.is_open = 0";
pub(crate) const KIND_IN: &str = "+c.kind IN ({})";
pub(crate) const STATE_IN: &str = "+c.state IN ({})";
pub(crate) const STAGE_IN: &str = "+c.stage IN ({})";
pub(crate) const SOURCE_IN: &str = "+c.source IN ({})";
/// One unit; by its own index in the order of opening.
pub(crate) const UNIT_IS: &str = "c.unit = {}";
/// One unit, beside another filter that leads: asked of the id, before the row is fetched.
pub(crate) const UNIT_MEMBER: &str = "+c.id IN (SELECT su.id FROM cases su WHERE su.unit = {})";
pub(crate) const UNIT_IN: &str = "+c.unit IN ({})";
pub(crate) const AREA: &str = "+c.cell >= {} AND +c.cell < {}";
/// One street; by its own index in the order of opening.
pub(crate) const STREET_IS: &str = "c.cell / 1000000 = {}";
/// One street, beside another filter that leads: asked of the id, before the row is fetched.
pub(crate) const STREET_MEMBER: &str = "+c.id IN (SELECT ss.id FROM cases ss WHERE ss.cell / 1000000 = {})";
/// One class; by its own index in the order of opening.
pub(crate) const CATEGORY_IS: &str = "c.category = {}";
pub(crate) const CATEGORY: &str = "(+c.category = {} OR (+c.category >= {} AND +c.category < {}))";
pub(crate) const OPENED_FROM: &str = "c.opened_at >= {}";
pub(crate) const OPENED_TO: &str = "c.opened_at < {}";
pub(crate) const WINDOW: &str = "+c.lon >= {} AND +c.lon <= {} AND +c.lat >= {} AND +c.lat <= {}";
pub(crate) const NOT_SECRET: &str = "+c.need_to_know = 0";
/// Need-to-know cases; without the plus, so that their own index may lead.
pub(crate) const SECRET: &str = "c.need_to_know = 1";
/// False or unknown.
pub(crate) const NOT_TRUE: &str = "({}) IS NOT TRUE";
/// What a role or an office holds; by its own index in the order of the desk.
pub(crate) const ROLE_LEADS: &str = "c.holder_role = {}";
pub(crate) const HOLDER_LEADS: &str = "c.holder_unit = {}";
pub(crate) const HELD_BY_ROLE: &str = "+c.holder_role = {}";
pub(crate) const HELD_BY_UNIT: &str = "+c.holder_unit IN ({})";
pub(crate) const CHANGED_FROM: &str = "+c.changed_at >= {}";
pub(crate) const NOT_CASE: &str = "c.id <> {}";

/// The case concerns one of these offices; asked row by row.
pub(crate) const CONCERNS: &str = "EXISTS (SELECT 1 FROM case_units su WHERE su.case_id = c.id AND su.unit IN ({}))";
/// The person is involved; asked row by row.
pub(crate) const INVOLVES: &str = "EXISTS (SELECT 1 FROM case_people sp WHERE sp.case_id = c.id AND sp.person = {})";
/// The same where the person is involved in few cases: they are looked up once.
pub(crate) const INVOLVES_FEW: &str = "c.id IN (SELECT sp.case_id FROM case_people sp WHERE sp.person = {})";
/// The reporter's code opens the case.
pub(crate) const REPORTED: &str =
    "c.id IN (SELECT sr.case_id FROM reports sr WHERE sr.code = {} AND sr.case_id IS NOT NULL)";

/// Leading tables; the case follows by its id.
pub(crate) const FROM_CASES: &str = "cases c";
pub(crate) const FROM_UNIT: &str = "case_units u CROSS JOIN cases c";
pub(crate) const UNIT_LEADS: &str = "u.unit = {} AND c.id = u.case_id";
pub(crate) const FROM_PERSON: &str = "case_people p CROSS JOIN cases c";
pub(crate) const PERSON_LEADS: &str = "p.person = {} AND c.id = p.case_id";

/// Sets small enough to lead: ids from one index, no row touched.
pub(crate) const SET_CATEGORY: &str = "SELECT id FROM cases WHERE category = {} UNION ALL
    SELECT id FROM cases WHERE category >= {} AND category < {}";
pub(crate) const SET_SUBCLASSES: &str = "SELECT id FROM cases WHERE category >= {} AND category < {}";
pub(crate) const SET_AREA: &str = "SELECT id FROM cases WHERE cell >= {} AND cell < {}";
pub(crate) const SET_QUADKEYS: &str =
    "SELECT id FROM cases WHERE quadkey IS NOT NULL AND quadkey >= {} AND quadkey < {}";
pub(crate) const SET_UNIT: &str = "SELECT id FROM cases WHERE unit = {}";
pub(crate) const SET_PERSON: &str = "SELECT case_id AS id FROM case_people WHERE person = {}";
pub(crate) const SET_UNITS: &str = "SELECT case_id AS id FROM case_units WHERE unit IN ({})";
pub(crate) const SET_REPORTED: &str = "SELECT case_id AS id FROM reports WHERE code = {} AND case_id IS NOT NULL";
pub(crate) const SET_NONE: &str = "SELECT id FROM cases WHERE 1 = 0";
/// How large a set is, up to a limit.
pub(crate) const SET_SIZE: &str = "SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {})";
/// The set leads.
pub(crate) const SET_LEADS: &str = "c.id IN ({})";

/// Open cases by light, one row for all: numbers of good, near, late and not rated.
pub(crate) const LIGHTS: &str = "SELECT count(*) FILTER (WHERE k = 0), count(*) FILTER (WHERE k = 1),
    count(*) FILTER (WHERE k = 2), count(*) FILTER (WHERE k = 3) FROM ({} LIMIT {})";

/// Grouping keys as text; the empty text where there is none.
pub(crate) const BY_NOTHING: &str = "''";
pub(crate) const BY_KIND: &str = "c.kind";
pub(crate) const BY_STATE: &str = "c.state";
pub(crate) const BY_STAGE: &str = "coalesce(c.stage, '')";
pub(crate) const BY_UNIT: &str = "coalesce(CAST(c.unit AS TEXT), '')";
pub(crate) const BY_DISTRICT: &str = "coalesce(CAST(c.cell / 1000000000 AS TEXT), '')";
pub(crate) const BY_STREET: &str = "coalesce(CAST(c.cell / 1000000 AS TEXT), '')";

/// The same keys in the tallies.
pub(crate) const TALLY_NOTHING: &str = "''";
pub(crate) const TALLY_KIND: &str = "t.kind";
pub(crate) const TALLY_STATE: &str = "t.state";
pub(crate) const TALLY_STAGE: &str = "t.stage";
pub(crate) const TALLY_UNIT: &str = "CASE t.unit WHEN 0 THEN '' ELSE CAST(t.unit AS TEXT) END";
pub(crate) const TALLY_DISTRICT: &str = "CASE t.street WHEN 0 THEN '' ELSE CAST(t.street / 1000 AS TEXT) END";
pub(crate) const TALLY_STREET: &str = "CASE t.street WHEN 0 THEN '' ELSE CAST(t.street AS TEXT) END";

pub(crate) const TALLY_OPEN: &str = "t.is_open = {}";
pub(crate) const TALLY_KIND_IN: &str = "t.kind IN ({})";
pub(crate) const TALLY_STATE_IN: &str = "t.state IN ({})";
pub(crate) const TALLY_STAGE_IN: &str = "t.stage IN ({})";
pub(crate) const TALLY_UNIT_IN: &str = "t.unit IN ({})";
pub(crate) const TALLY_STREETS: &str = "t.street >= {} AND t.street < {}";
pub(crate) const TALLY_NOT_SECRET: &str = "t.need_to_know = 0";

/// The columns of a row, for those who put `FROM` and the rest behind it.
pub(crate) const ROW_COLUMNS: &str = row_columns!();
