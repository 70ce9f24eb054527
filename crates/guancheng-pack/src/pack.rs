//! A loaded pack: everything a city declares, checked. Invariant: a [`Pack`] exists only if nothing in its folder is
//! at fault; no request ever sees a file.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guancheng_base::{Day, LonLat, Name, OfficeId};
use guancheng_calendar::Calendar;
use guancheng_case::Lang;
use guancheng_case::{AssignTable, CodeLists, Example, Procedure};
use guancheng_org::Roles;
use guancheng_place::AreaCode;
use guancheng_plan::{Seed, Settings};

use crate::{fault::Faults, mapping::Mapping, measure::Measures, places::Places};

/// A city as declared.
#[derive(Debug)]
pub struct Pack {
    /// The pack's name, e.g. the city's.
    pub id: Name,
    /// What the system is called in this city.
    pub title: String,
    /// BCP 47 tag of the first language, e.g. `zh-CN`.
    pub locale: String,
    /// IANA zone of the city.
    pub zone: String,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Whether this is a demo city: synthetic people, log-in with one click.
    pub demo: bool,
    /// The procedure that a report from the public opens.
    pub report_kind: Name,
    /// Where the city is.
    pub city: City,
    /// Calendars by id.
    pub calendars: BTreeMap<Name, Arc<Calendar>>,
    /// Code lists by id.
    pub code_lists: CodeLists,
    /// Crosswalks between two code lists, by id.
    pub crosswalks: BTreeMap<Name, Crosswalk>,
    /// Every version of every procedure, by kind, then version.
    pub procedures: BTreeMap<Name, Vec<ProcedureFile>>,
    /// Roles.
    pub roles: Roles,
    /// Offices, parents before children.
    pub offices: Vec<OfficeDecl>,
    /// Posts.
    pub posts: Vec<PostDecl>,
    /// People of a demo city.
    pub people: Vec<PersonDecl>,
    /// Assignment tables by id.
    pub tables: BTreeMap<Name, Arc<AssignTable>>,
    /// Areas and their outlines.
    pub places: Places,
    /// Titles in other languages.
    pub labels: Labels,
    /// How reports come in.
    pub sources: Vec<CaseSource>,
    /// Maps that may be shown.
    pub maps: Vec<MapSource>,
    /// Import mappings by id.
    pub mappings: BTreeMap<Name, Mapping>,
    /// Indicators, scorecards and settlements.
    pub measures: Measures,
    /// How plans of work are handled; nothing in a city without them.
    pub plan_settings: Option<Settings>,
    /// Reviewed plans without a year, with which a demo city begins.
    pub plan_seeds: Vec<Seed>,
    /// SHA-256 of each file, by its path in the pack, in hexadecimal.
    pub hashes: BTreeMap<String, String>,
    /// What somebody should look at, though it loads.
    pub warnings: Faults,
}

/// Where a city is and how it is first shown.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// The code of the area that is the whole city; its districts need not share its digits.
    pub code: AreaCode,
    /// Middle of the first map.
    pub center: LonLat,
    /// Zoom of the first map.
    pub zoom: f64,
    /// West, south, east, north in degrees.
    pub bbox: [f64; 4],
}

/// One version of a procedure, with the examples that ran when it was loaded.
#[derive(Clone, Debug)]
pub struct ProcedureFile {
    /// The proved procedure.
    pub procedure: Arc<Procedure>,
    /// Its examples.
    pub examples: Vec<Example>,
}

/// Which code of one list is which code of another; codes without an equal are absent.
#[derive(Clone, Debug, PartialEq)]
pub struct Crosswalk {
    /// Title.
    pub title: String,
    /// The list it goes from.
    pub from: Name,
    /// The list it goes to.
    pub to: Name,
    /// Code to code.
    pub rows: BTreeMap<Name, Name>,
}

/// An office as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficeDecl {
    /// Its id, declared too: code lists, examples and events name offices by it, so it must never move.
    pub id: OfficeId,
    /// Its code, unique.
    pub code: Name,
    /// Its full name.
    pub name: String,
    /// `bureau`, `section`, `center`, `district`, `street`, `department`, `enterprise`, `external`.
    pub kind: Name,
    /// The office it is part of.
    pub parent: Option<Name>,
    /// The area it is responsible for.
    pub area: Option<AreaCode>,
}

/// A post as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct PostDecl {
    /// Its name, unique.
    pub id: Name,
    /// The office it belongs to.
    pub office: Name,
    /// What it is called.
    pub title: String,
    /// Its duties in words.
    pub duties: Vec<String>,
    /// What its holder may do.
    pub grants: Vec<GrantDecl>,
}

/// A role given to a post.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantDecl {
    /// The role.
    pub role: Name,
    /// The office it is given in; it reaches everything below. `None` reaches every office.
    pub office: Option<Name>,
    /// The area it is given for; `None` means everywhere.
    pub area: Option<AreaCode>,
    /// The procedures it is for; empty means all.
    pub kinds: Vec<Name>,
}

/// A person of a demo city.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonDecl {
    /// Log-in name, unique.
    pub login: Name,
    /// A synthetic name.
    pub name: String,
    /// The post they hold.
    pub post: Name,
    /// The stage of the loop to try this log-in at, or what it is for; shown beside the log-in.
    pub hint: Option<String>,
}

/// A way in which reports come in.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseSource {
    /// Code.
    pub code: Name,
    /// Title in the pack's language.
    pub title: String,
}

/// A map that may be shown. Law and licences ask that its source be named wherever it is.
#[derive(Clone, Debug, PartialEq)]
pub struct MapSource {
    /// Name.
    pub id: Name,
    /// Title.
    pub title: String,
    /// Where the tiles are, relative to the server.
    pub url: String,
    /// Who made it and under which licence.
    pub attribution: String,
    /// Review number 审图号 of the map, or why it has none.
    pub review_number: String,
}

/// Titles in languages other than the pack's own, by path: `case.move.file`, `role.intake`, `case_category.0101-1`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    zh: BTreeMap<String, String>,
    en: BTreeMap<String, String>,
    known: BTreeSet<String>,
}

impl Labels {
    /// Says that something is called by `path`.
    pub(crate) fn know(&mut self, path: impl Into<String>) {
        self.known.insert(path.into());
    }

    /// Whether something is called by `path`.
    pub(crate) fn is_known(&self, path: &str) -> bool {
        self.known.contains(path)
    }

    /// Every path by which something is called.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// Notes the title of `path` in `lang`.
    pub(crate) fn insert(&mut self, lang: Lang, path: impl Into<String>, title: String) {
        self.titles_mut(lang).insert(path.into(), title);
    }

    /// The title of `path` in `lang`, where declared.
    pub fn get(&self, lang: Lang, path: &str) -> Option<&str> {
        let titles = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        titles.get(path).map(String::as_str)
    }

    fn titles_mut(&mut self, lang: Lang) -> &mut BTreeMap<String, String> {
        match lang {
            Lang::Zh => &mut self.zh,
            Lang::En => &mut self.en,
        }
    }
}

impl Pack {
    /// The version of `kind` in force on `day`.
    pub fn procedure(&self, kind: &str, day: Day) -> Option<&Arc<Procedure>> {
        let versions = self.procedures.get(kind)?.iter().map(|file| &file.procedure);
        versions.rev().find(|p| p.valid_from <= day && p.valid_to.is_none_or(|to| day <= to))
    }

    /// One version of `kind`, in force or not: a case keeps the one it began under.
    pub fn procedure_version(&self, kind: &str, version: u32) -> Option<&Arc<Procedure>> {
        let versions = self.procedures.get(kind)?.iter().map(|file| &file.procedure);
        versions.into_iter().find(|p| p.version == version)
    }

    /// The newest version of every kind, by kind.
    pub fn newest(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.procedures.values().filter_map(|versions| versions.last()).map(|file| &file.procedure)
    }

    /// The office of that code.
    pub fn office(&self, code: &str) -> Option<&OfficeDecl> {
        self.offices.iter().find(|office| office.code == *code)
    }

    /// The title of `path` in `lang`, or `own`, the title in the pack's language. Paths are `case`, `case.state.filed`,
    /// `case.public.filed`, `case.move.file`, `case.clock.disposal`, `case.field.category`, `role.intake`,
    /// `source.hotline`, `office.CODE`, `post.ID`, `LIST.CODE`.
    pub fn label<'a>(&'a self, lang: Lang, path: &str, own: &'a str) -> &'a str {
        self.labels.get(lang, path).unwrap_or(own)
    }
}
