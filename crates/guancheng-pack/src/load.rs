//! A folder → a [`Pack`], or everything that is wrong with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use guancheng_base::Name;
use guancheng_case::{AssignTable, CodeList};
use guancheng_place::{AreaTree, GridSpec};
use sha2::{Digest, Sha256};

use crate::{
    calendar,
    fault::{Fault, Faults, Severity, SourceFile, nearest},
    labels, lists, mapping, measure, meta,
    org::{OrgDecl, OrgReader},
    pack::{Crosswalk, Labels, OfficeDecl, Pack, ProcedureFile},
    places::{PlaceReader, Places},
    plan, procedure, tables,
    tree::{Document, SchemaKey, Sink},
};

/// The folders of a pack, in the order in which they are read.
const FOLDERS: [&str; 12] = [
    "places",
    "calendars",
    "org",
    "codelists",
    "assign",
    "procedures",
    "plan",
    "indicators",
    "scorecards",
    "settlements",
    "labels",
    "mappings",
];

/// The largest file that is read, in bytes; a pack is text that people keep.
const FILE_BYTES_MAX: u64 = 32 << 20;

/// The most people a demo city or files a pack may have are bounded by this many files in one folder.
const FILES_MAX: usize = 2_000;

impl Pack {
    /// Reads the folder `dir`. Error: every fault at once, with its place and advice.
    pub fn load(dir: &Path) -> Result<Pack, Faults> {
        let (files, faults) = read_files(dir);
        Pack::from_files(files, faults)
    }

    /// The same from files in memory: (path in the pack, text).
    pub fn from_texts(texts: impl IntoIterator<Item = (String, String)>) -> Result<Pack, Faults> {
        let files = texts.into_iter().map(|(path, text)| Arc::new(SourceFile { path, text })).collect();
        Pack::from_files(files, Vec::new())
    }

    fn from_files(files: Vec<Arc<SourceFile>>, mut faults: Vec<Fault>) -> Result<Pack, Faults> {
        let sink = Sink::default();
        let loaded = Loader { files: &files, sink: &sink }.load();
        faults.extend(sink.take());
        let failed = faults.iter().any(|fault| fault.severity == Severity::Error);
        let faults = Faults::sorted(faults);
        match loaded {
            Some(pack) if !failed => Ok(Pack { warnings: faults, ..pack }),
            _ => Err(faults),
        }
    }
}

/// Every key of the schema that the packs in `dirs` could use, and whether one does: a key that no pack uses is to be
/// deleted.
pub fn schema_keys(dirs: &[&Path]) -> BTreeMap<SchemaKey, bool> {
    let sink = Sink::default();
    for dir in dirs {
        let (files, _) = read_files(dir);
        Loader { files: &files, sink: &sink }.load();
    }
    sink.keys()
}

/// Reads a mapping that lies outside the pack and checks it against the pack.
///
/// # Errors
/// The file cannot be read, or everything that is wrong with it.
pub fn read_mapping(path: &Path, pack: &Pack) -> Result<mapping::Mapping, Faults> {
    let shown = path.display().to_string();
    let text = read_text(path)
        .map_err(|error| Faults::sorted(vec![Fault::error(None, format!("{shown} cannot be read: {error}"))]))?;
    let sink = Sink::default();
    let doc = Document::parse(Arc::new(SourceFile { path: shown, text }), &sink);
    let mapping = mapping::read(&doc, &sink);
    let declared = pack.procedures.keys().map(|id| ("procedures", id.to_string()));
    let declared = Declared(declared.collect());
    let known = mapping::Known {
        procedures: &pack.procedures,
        offices: &pack.offices,
        sources: &pack.sources,
        declared: &declared,
    };
    mapping::check(&mapping, &doc, &known, &sink);
    let faults = sink.take();
    if faults.is_empty() { Ok(mapping) } else { Err(Faults::sorted(faults)) }
}

struct Loader<'l> {
    files: &'l [Arc<SourceFile>],
    sink: &'l Sink,
}

impl<'l> Loader<'l> {
    fn load(&self) -> Option<Pack> {
        let Some(file) = self.files.iter().find(|file| file.path == "pack.toml") else {
            self.sink.push(Fault::error(None, "there is no pack.toml: a pack begins with one"));
            return None;
        };
        let mut labels = Labels::default();
        let meta_doc = Document::parse(file.clone(), self.sink);
        let meta = meta::read(&meta_doc, self.sink, &mut labels);
        let places = self.places(meta.grid.clone());
        let docs = self.documents("calendars");
        let calendars = docs.iter().filter_map(|doc| calendar::read(doc, self.sink));
        let calendars: BTreeMap<Name, _> = calendars.map(|calendar| (calendar.id().clone(), calendar)).collect();
        let org = self.org(places.areas(), &mut labels);
        let (code_lists, crosswalks) = self.lists(&mut labels, &org.offices);
        let declared = self.declared();
        let reach =
            tables::Known { lists: &code_lists, offices: &org.offices, areas: places.areas(), declared: &declared };
        let tables = self.tables(&reach);
        let known = KnownParts {
            meta: &meta,
            calendars: &calendars,
            lists: &code_lists,
            tables: &tables,
            org: &org,
            declared: &declared,
        };
        let procedures = self.procedures(&known, &mut labels);
        let plans = self.plans(&known, &procedures, &mut labels);
        let measures = self.measures(&known, &mut labels);
        let filled = mapping::Known {
            procedures: &procedures,
            offices: &org.offices,
            sources: &meta.sources,
            declared: &declared,
        };
        let mappings = self.mappings(&filled);
        self.labels(&mut labels);
        self.check_report_kind(&meta_doc, &meta.report_kind, &declared);
        Some(Pack {
            id: meta.id,
            title: meta.title,
            locale: meta.locale,
            zone: meta.zone,
            currency: meta.currency,
            demo: meta.demo,
            report_kind: meta.report_kind,
            city: meta.city,
            calendars,
            code_lists: Arc::new(code_lists),
            crosswalks,
            procedures,
            roles: org.roles.into_iter().collect(),
            offices: org.offices,
            posts: org.posts,
            people: org.people,
            tables,
            places,
            labels,
            sources: meta.sources,
            maps: meta.maps,
            mappings,
            measures,
            plan_settings: plans.settings,
            plan_seeds: plans.seeds,
            hashes: self.files.iter().map(|file| (file.path.clone(), hex(&hash(file)))).collect(),
            warnings: Faults::default(),
        })
    }

    fn in_folder(&self, folder: &'static str, ending: &'static str) -> impl Iterator<Item = &'l Arc<SourceFile>> {
        self.files.iter().filter(move |file| {
            file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') && rest.ends_with(ending))
        })
    }

    fn documents(&self, folder: &'static str) -> Vec<Document> {
        self.in_folder(folder, ".toml").map(|file| Document::parse(file.clone(), self.sink)).collect()
    }

    fn places(&self, grid: GridSpec) -> Places {
        let mut reader = PlaceReader::default();
        let areas = self.in_folder("places", ".geojson").filter(|file| !file.path.starts_with("places/base"));
        areas.for_each(|file| reader.read(file));
        let (areas, classes, faults) = reader.finish();
        faults.into_iter().for_each(|fault| self.sink.push(fault));
        Places::new(areas, classes, grid)
    }

    fn org(&self, areas: &AreaTree, labels: &mut Labels) -> OrgDecl {
        let docs = self.documents("org");
        let mut reader = OrgReader::new(areas, labels);
        for doc in &docs {
            reader.read(doc, self.sink);
        }
        reader.finish()
    }

    fn lists(
        &self,
        labels: &mut Labels,
        offices: &[OfficeDecl],
    ) -> (BTreeMap<Name, Arc<CodeList>>, BTreeMap<Name, Crosswalk>) {
        let docs = self.documents("codelists");
        let (walks, docs): (Vec<Document>, Vec<Document>) = docs.into_iter().partition(|doc| doc.is_kind("crosswalk"));
        let lists = docs.iter().filter_map(|doc| lists::read(doc, self.sink, labels, offices));
        let lists: BTreeMap<Name, Arc<CodeList>> = lists.map(|list| (list.id.clone(), Arc::new(list))).collect();
        let walks = walks.iter().map(|doc| lists::read_crosswalk(doc, self.sink, &lists, offices)).collect();
        (lists, walks)
    }

    fn tables(&self, known: &tables::Known<'_>) -> BTreeMap<Name, Arc<AssignTable>> {
        let docs = self.documents("assign");
        let tables = docs.iter().filter_map(|doc| tables::read(doc, self.sink, known));
        tables.map(|table| (table.id.clone(), Arc::new(table))).collect()
    }

    fn procedures(&self, parts: &KnownParts<'_>, labels: &mut Labels) -> BTreeMap<Name, Vec<ProcedureFile>> {
        let lists = Arc::new(parts.lists.clone());
        let sources: Vec<Name> = parts.meta.sources.iter().map(|source| source.code.clone()).collect();
        let roles = parts.org.roles.iter().cloned().collect();
        let mut procedures: BTreeMap<Name, Vec<ProcedureFile>> = BTreeMap::new();
        for doc in self.documents("procedures") {
            let known = procedure::Known {
                calendars: parts.calendars,
                lists: &lists,
                tables: parts.tables,
                roles: &roles,
                offices: &parts.org.offices,
                sources: &sources,
                currency: &parts.meta.currency,
                declared: parts.declared,
                hash: hash(&doc.file),
            };
            let Some(read) = procedure::read(&doc, self.sink, &known, labels) else { continue };
            let versions = procedures.entry(read.procedure.id.clone()).or_default();
            versions.push(ProcedureFile { procedure: read.procedure, examples: read.examples });
            versions.sort_by_key(|file| file.procedure.version);
            self.check_versions(versions, &doc);
        }
        procedures
    }

    fn plans(
        &self,
        parts: &KnownParts<'_>,
        procedures: &BTreeMap<Name, Vec<ProcedureFile>>,
        labels: &mut Labels,
    ) -> plan::Plans {
        let roles = parts.org.roles.iter().cloned().collect();
        let offices = &parts.org.offices;
        let known = plan::Known { roles: &roles, offices, procedures, declared: parts.declared };
        plan::read(&self.documents("plan"), self.sink, &known, labels)
    }

    fn measures(&self, parts: &KnownParts<'_>, labels: &mut Labels) -> measure::Measures {
        let docs = measure::Docs {
            indicators: self.documents("indicators"),
            scorecards: self.documents("scorecards"),
            settlements: self.documents("settlements"),
        };
        let roles = parts.org.roles.iter().map(|role| role.id.clone()).collect();
        let known = measure::Known {
            calendars: parts.calendars,
            lists: parts.lists,
            offices: &parts.org.offices,
            roles: &roles,
            declared: parts.declared,
        };
        measure::read(&docs, self.sink, &known, labels)
    }

    /// Two versions of one procedure have different numbers and do not hold on the same day.
    fn check_versions(&self, versions: &[ProcedureFile], doc: &Document) {
        for pair in versions.windows(2) {
            let [older, newer] = pair else { continue };
            let (older, newer) = (&older.procedure, &newer.procedure);
            let meets = older.valid_to.is_none_or(|to| to >= newer.valid_from);
            if older.version == newer.version || meets {
                let message = format!(
                    "version {} of `{}` is in force together with version {}",
                    newer.version, newer.id, older.version
                );
                let advice = "give each its own number, and end the older the day before the newer begins";
                self.sink.push(Fault::error(doc.spot("valid"), message).advise(advice));
            }
        }
    }

    /// What the files call themselves, right or wrong: what they declare is not missing, even if it did not load.
    fn declared(&self) -> Declared {
        let quiet = Sink::default();
        let ids = FOLDERS.into_iter().flat_map(|folder| {
            let docs = self.in_folder(folder, ".toml").map(|file| Document::parse(file.clone(), &quiet));
            docs.filter_map(|doc| doc.id()).map(|id| (folder, id)).collect::<Vec<_>>()
        });
        Declared(ids.collect())
    }

    fn check_report_kind(&self, doc: &Document, kind: &Name, declared: &Declared) {
        if !declared.has("procedures", kind) {
            let fault = Fault::error(doc.spot("report_kind"), format!("there is no procedure `{kind}`"));
            self.sink.push(fault.advise_maybe(nearest(kind, declared.ids("procedures"))));
        }
    }

    fn mappings(&self, known: &mapping::Known<'_>) -> BTreeMap<Name, mapping::Mapping> {
        let mut mappings = BTreeMap::new();
        for doc in self.documents("mappings") {
            let mapping = mapping::read(&doc, self.sink);
            mapping::check(&mapping, &doc, known, self.sink);
            mappings.insert(mapping.id.clone(), mapping);
        }
        mappings
    }

    fn labels(&self, labels: &mut Labels) {
        for doc in self.documents("labels") {
            labels::read(&doc, self.sink, labels);
        }
    }
}

struct KnownParts<'k> {
    meta: &'k meta::Meta,
    calendars: &'k BTreeMap<Name, Arc<guancheng_calendar::Calendar>>,
    lists: &'k BTreeMap<Name, Arc<CodeList>>,
    tables: &'k BTreeMap<Name, Arc<AssignTable>>,
    org: &'k OrgDecl,
    declared: &'k Declared,
}

/// What the files of a pack call themselves: (folder, id).
pub struct Declared(BTreeSet<(&'static str, String)>);

impl Declared {
    /// Whether a file of the folder calls itself `id`.
    pub fn has(&self, folder: &str, id: &str) -> bool {
        self.ids(folder).any(|known| known == id)
    }

    /// Everything in the folder.
    pub fn ids<'d>(&'d self, folder: &'d str) -> impl Iterator<Item = &'d str> {
        self.0.iter().filter(move |(of, _)| *of == folder).map(|(_, id)| id.as_str())
    }
}

fn hash(file: &SourceFile) -> [u8; 32] {
    Sha256::digest(file.text.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `pack.toml` and the files of the known folders, by name.
fn read_files(dir: &Path) -> (Vec<Arc<SourceFile>>, Vec<Fault>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let mut paths = vec!["pack.toml".to_owned()];
    for folder in FOLDERS {
        match names_in(&dir.join(folder)) {
            Ok(names) => paths.extend(names.into_iter().map(|name| format!("{folder}/{name}"))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => faults.push(Fault::error(None, format!("{folder}/ cannot be read: {error}"))),
        }
    }
    for path in paths {
        match read_text(&dir.join(&path)) {
            Ok(text) => files.push(Arc::new(SourceFile { path, text })),
            Err(_) if path == "pack.toml" && !dir.join(&path).exists() => {}
            Err(error) => faults.push(Fault::error(None, format!("{path} cannot be read: {error}"))),
        }
    }
    (files, faults)
}

fn names_in(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir)?.take(FILES_MAX) {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") || name.ends_with(".geojson") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read_text(path: &Path) -> std::io::Result<String> {
    if std::fs::metadata(path)?.len() > FILE_BYTES_MAX {
        return Err(std::io::Error::other(format!("it is larger than {FILE_BYTES_MAX} bytes")));
    }
    std::fs::read_to_string(path)
}
