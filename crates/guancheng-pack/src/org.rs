//! `org/*.toml`: roles, offices, posts and the people of a demo city; and rules that make one of each per area, so
//! that two hundred street offices are not two hundred rows.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::{Name, OfficeId};
use guancheng_org::{Role, Views};
use guancheng_place::{AreaCode, AreaTree, Level};

use crate::{
    fault::nearest,
    meta::{area_code, read_label},
    pack::{GrantDecl, Labels, OfficeDecl, PersonDecl, PostDecl},
    tree::{At, Document, Sink, Table},
};

/// What the files of `org/` declare.
#[derive(Debug, Default)]
pub struct OrgDecl {
    pub roles: Vec<Role>,
    pub offices: Vec<OfficeDecl>,
    pub posts: Vec<PostDecl>,
    pub people: Vec<PersonDecl>,
}

/// Reads all files of `org/` in the order of their names.
pub struct OrgReader<'a> {
    areas: &'a AreaTree,
    labels: &'a mut Labels,
    org: OrgDecl,
    names: NameGiver,
    /// References to check when all files are read.
    office_refs: Vec<(Name, At<'a>)>,
    role_refs: Vec<(Name, At<'a>)>,
    post_refs: Vec<(Name, At<'a>)>,
    area_refs: Vec<(AreaCode, At<'a>)>,
}

/// Gives synthetic names from two declared lists, each combination once, in a fixed order.
#[derive(Debug, Default)]
struct NameGiver {
    family: Vec<String>,
    given: Vec<String>,
    next: usize,
}

impl NameGiver {
    fn give(&mut self) -> Option<String> {
        let (n, families) = (self.next, self.family.len());
        let family = self.family.get(n.checked_rem(families)?)?;
        // A stride that shares no factor with small list lengths keeps neighbours from sharing a given name.
        let given = self.given.get((n / families + n * 7).checked_rem(self.given.len())?)?;
        self.next += 1;
        Some(format!("{family}{given}"))
    }
}

impl<'a> OrgReader<'a> {
    /// A reader of a pack with these areas.
    pub fn new(areas: &'a AreaTree, labels: &'a mut Labels) -> Self {
        OrgReader {
            areas,
            labels,
            org: OrgDecl::default(),
            names: NameGiver::default(),
            office_refs: Vec::new(),
            role_refs: Vec::new(),
            post_refs: Vec::new(),
            area_refs: Vec::new(),
        }
    }

    /// Reads one file.
    pub fn read(&mut self, doc: &'a Document, sink: &'a Sink) {
        let table = doc.table("organisation", sink);
        if let Some(at) = table.get("person_names") {
            let names = at.table("list of person names");
            self.names = NameGiver { family: names.texts("family"), given: names.texts("given"), next: 0 };
        }
        for at in table.list("role") {
            self.read_role(at);
        }
        for at in table.list("office") {
            self.read_office(&at.table("office"), &Fill::default());
        }
        for at in table.list("post") {
            self.read_post(&at.table("post"), &Fill::default());
        }
        for at in table.list("demo_person") {
            self.read_person(&at.table("person"), &Fill::default());
        }
        for at in table.list("per_area") {
            self.read_per_area(&at.table("rule per area"));
        }
    }

    /// Checks what refers to what, and hands over the organisation.
    pub fn finish(self) -> OrgDecl {
        let offices: BTreeSet<&str> = self.org.offices.iter().map(|o| o.code.as_str()).collect();
        let roles: BTreeSet<&str> = self.org.roles.iter().map(|r| r.id.as_str()).collect();
        let posts: BTreeSet<&str> = self.org.posts.iter().map(|p| p.id.as_str()).collect();
        check_refs("office", &self.office_refs, &offices);
        check_refs("role", &self.role_refs, &roles);
        check_refs("post", &self.post_refs, &posts);
        for (code, at) in self.area_refs.iter().filter(|(code, _)| self.areas.get(*code).is_none()) {
            at.fault(format!("there is no area {code} in places/"));
        }
        self.org
    }

    fn read_role(&mut self, at: At<'a>) {
        let table = at.table("role");
        let id = table.name("id");
        read_label(&table, self.labels, &format!("role.{id}"));
        self.unique(&table, "role", self.org.roles.iter().any(|r| r.id == id), &id);
        self.org.roles.push(Role {
            id,
            title: table.text("title"),
            views: table.need("views").and_then(views).unwrap_or(Views::Involved),
            need_to_know: table.names("need_to_know"),
            acts_for_office: table.flag("acts_for_office"),
        });
    }

    fn read_office(&mut self, table: &Table<'a>, fill: &Fill) {
        let code = Name::from(fill.text(table, "code"));
        self.unique(table, "office", self.org.offices.iter().any(|o| o.code == code), &code);
        read_label(table, self.labels, &format!("office.{code}"));
        let parent = table.get("parent").and_then(|at| Some((fill.put(at.text()?), at)));
        let parent = parent.map(|(parent, at)| self.refer_office(parent, at));
        let area = fill.area.or_else(|| self.read_area(table));
        let (id, name, kind) = (self.office_id(table, fill), fill.text(table, "name"), table.name("kind"));
        self.org.offices.push(OfficeDecl { id, code, name, kind, parent, area });
    }

    /// A declared number, or the area's code for an office per area. Numbers are for ever, so they are written down.
    fn office_id(&self, table: &Table<'a>, fill: &Fill) -> OfficeId {
        let by_area = fill.area.and_then(|area| area.to_string().parse().ok());
        let declared = || table.need("id").and_then(|at| at.int());
        let id = OfficeId(by_area.or_else(declared).unwrap_or_default());
        if let Some(other) = self.org.offices.iter().find(|o| o.id == id && id.0 != 0) {
            table.at().fault(format!("office id {id} belongs to `{}` already", other.code));
        }
        id
    }

    fn read_post(&mut self, table: &Table<'a>, fill: &Fill) {
        let id = Name::from(fill.text(table, "id"));
        self.unique(table, "post", self.org.posts.iter().any(|p| p.id == id), &id);
        read_label(table, self.labels, &format!("post.{id}"));
        let office = table.need("office").and_then(|at| Some((fill.put(at.text()?), at)));
        let office = office.map_or_else(|| Name::from(""), |(office, at)| self.refer_office(office, at));
        let duties = table.texts("duties");
        if duties.is_empty() {
            table.at().fault("a post needs its `duties`: they belong to the post and pass to whoever holds it");
        }
        let grants = table.list("grants").into_iter().map(|at| self.read_grant(at, &office, fill)).collect();
        self.org.posts.push(PostDecl { id, title: fill.text(table, "title"), duties, grants, office });
    }

    fn read_grant(&mut self, at: At<'a>, own: &Name, fill: &Fill) -> GrantDecl {
        let table = at.table("grant");
        let role = table.name("role");
        self.role_refs.push((role.clone(), at));
        let office = table.get("office").and_then(|at| Some((fill.put(at.text()?), at)));
        let office = match office {
            Some((text, _)) if text == "*" => None,
            Some((text, at)) => Some(self.refer_office(text, at)),
            None => Some(own.clone()),
        };
        let here = table.get("area").filter(|at| at.text().is_some_and(|t| t == "here"));
        let area = if here.is_some() { fill.area } else { self.read_area(&table) };
        GrantDecl { role, office, area, kinds: table.names("kinds") }
    }

    fn read_person(&mut self, table: &Table<'a>, fill: &Fill) {
        let login = Name::from(fill.text(table, "login"));
        self.unique(table, "log-in", self.org.people.iter().any(|p| p.login == login), &login);
        let post = table.need("post").and_then(|at| Some((Name::from(fill.put(at.text()?)), at)));
        let Some((post, at)) = post else { return };
        self.post_refs.push((post.clone(), at));
        let name = table.maybe_text("name").or_else(|| self.names.give());
        let name = name.unwrap_or_else(|| {
            table.at().fault("a person needs a `name`, or the organisation lists of `person_names`");
            String::new()
        });
        self.org.people.push(PersonDecl { login, name, post, hint: table.maybe_text("hint") });
    }

    fn read_per_area(&mut self, table: &Table<'a>) {
        let level = table.need("level").and_then(level).unwrap_or(Level::Street);
        let areas: Vec<(AreaCode, String)> =
            self.areas.level(level).map(|area| (area.code, area.name.clone())).collect();
        if areas.is_empty() {
            table.at().fault("this rule fits no area of places/");
        }
        let (offices, posts) = (table.list("office"), table.list("post"));
        let people = table.list("demo_person");
        for (code, name) in areas {
            let fill = Fill { area: Some(code), name };
            offices.iter().for_each(|at| self.read_office(&at.table("office"), &fill));
            posts.iter().for_each(|at| self.read_post(&at.table("post"), &fill));
            people.iter().for_each(|at| self.read_person(&at.table("person"), &fill));
        }
    }

    fn read_area(&mut self, table: &Table<'a>) -> Option<AreaCode> {
        let at = table.get("area")?;
        let code = area_code(at)?;
        self.area_refs.push((code, at));
        Some(code)
    }

    fn refer_office(&mut self, office: String, at: At<'a>) -> Name {
        let office = Name::from(office);
        self.office_refs.push((office.clone(), at));
        office
    }

    fn unique(&self, table: &Table<'a>, what: &str, taken: bool, name: &Name) {
        if taken {
            table.at().fault(format!("the {what} `{name}` is declared twice"));
        }
    }
}

/// What `{code}`, `{name}` and `{up}` stand for in a rule per area.
#[derive(Clone, Debug, Default)]
struct Fill {
    area: Option<AreaCode>,
    name: String,
}

impl Fill {
    fn text(&self, table: &Table<'_>, key: &'static str) -> String {
        self.put(table.text(key))
    }

    fn put(&self, text: String) -> String {
        let Some(area) = self.area else { return text };
        let up = area.parent().map(|up| up.to_string()).unwrap_or_default();
        text.replace("{code}", &area.to_string()).replace("{name}", &self.name).replace("{up}", &up)
    }
}

fn check_refs(what: &str, refs: &[(Name, At<'_>)], known: &BTreeSet<&str>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, at) in refs.iter().filter(|(name, _)| !known.contains(name.as_str())) {
        let times = seen.entry(name.as_str()).or_default();
        *times += 1;
        if *times == 1 {
            at.fault_advise(format!("there is no {what} `{name}`"), nearest(name, known.iter().copied()));
        }
    }
}

fn views(at: At<'_>) -> Option<Views> {
    match at.text()?.as_str() {
        "all_in_area" => Some(Views::AllInArea),
        "own_office" => Some(Views::OwnOffice),
        "involved" => Some(Views::Involved),
        other => {
            let advice = "a role views: all_in_area, own_office or involved".to_owned();
            at.fault_advise(format!("`{other}` is no way to view"), Some(advice));
            None
        }
    }
}

fn level(at: At<'_>) -> Option<Level> {
    match at.text()?.as_str() {
        "district" => Some(Level::District),
        "street" => Some(Level::Street),
        "community" => Some(Level::Community),
        other => {
            let advice = "a level is: district, street or community".to_owned();
            at.fault_advise(format!("`{other}` is no level of areas"), Some(advice));
            None
        }
    }
}
