//! What a role is: how far it sees, and whether it may act for the office that holds a case.

use std::collections::BTreeMap;

use guancheng_base::Name;

/// How far a role sees in lists and on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Views {
    /// Everything in the area and kinds of the grant.
    AllInArea,
    /// What concerns an office of the grant, within its area and kinds.
    OwnOffice,
    /// Nothing beyond what the person is involved in.
    Involved,
}

/// A declared role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id, e.g. `dispatcher`.
    pub id: Name,
    /// Its title in the pack's language.
    pub title: String,
    /// How far it sees.
    pub views: Views,
    /// The need-to-know kinds (petitions, say) it is trusted with.
    pub need_to_know: Vec<Name>,
    /// Whether it may act where a case is held by an office of its grant (`holder = "field:unit"`).
    pub acts_for_office: bool,
}

/// The roles of a pack, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(BTreeMap<Name, Role>);

/// A duty of the seven-stage loop 七步闭环 and its supervision. A pack may title them anew and declare more roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Finds, verifies and checks on the spot 监督员.
    Collector,
    /// Accepts and files 受理员.
    Intake,
    /// Rules on disputes, extensions and hanging 值班长.
    ShiftLeader,
    /// Sends to the responsible unit 派遣员.
    Dispatcher,
    /// Handles on behalf of a unit 专业部门.
    Department,
    /// Checks results at the desk 核查员.
    Checker,
    /// Supervises and urges 督查员.
    Supervisor,
    /// Evaluates 考核员.
    Evaluator,
    /// Leads 领导.
    Leader,
    /// Keeps registers, people and grants 管理员.
    Admin,
}

impl Duty {
    /// Every duty, in the order of the loop.
    pub const ALL: [Duty; 10] = [
        Duty::Collector,
        Duty::Intake,
        Duty::ShiftLeader,
        Duty::Dispatcher,
        Duty::Department,
        Duty::Checker,
        Duty::Supervisor,
        Duty::Evaluator,
        Duty::Leader,
        Duty::Admin,
    ];

    /// The role id.
    pub fn as_str(self) -> &'static str {
        match self {
            Duty::Collector => "collector",
            Duty::Intake => "intake",
            Duty::ShiftLeader => "shift_leader",
            Duty::Dispatcher => "dispatcher",
            Duty::Department => "department",
            Duty::Checker => "checker",
            Duty::Supervisor => "supervisor",
            Duty::Evaluator => "evaluator",
            Duty::Leader => "leader",
            Duty::Admin => "admin",
        }
    }

    /// The role as it is when a pack says nothing about it. An administrator keeps registers and grants and sees no case.
    pub fn role(self) -> Role {
        let (title, views) = match self {
            Duty::Collector => ("监督员", Views::AllInArea),
            Duty::Intake => ("受理员", Views::AllInArea),
            Duty::ShiftLeader => ("值班长", Views::AllInArea),
            Duty::Dispatcher => ("派遣员", Views::AllInArea),
            Duty::Department => ("专业部门", Views::OwnOffice),
            Duty::Checker => ("核查员", Views::AllInArea),
            Duty::Supervisor => ("督查员", Views::AllInArea),
            Duty::Evaluator => ("考核员", Views::AllInArea),
            Duty::Leader => ("领导", Views::AllInArea),
            Duty::Admin => ("管理员", Views::Involved),
        };
        Role {
            id: self.as_str().into(),
            title: title.to_owned(),
            views,
            need_to_know: Vec::new(),
            acts_for_office: self == Duty::Department,
        }
    }
}

impl Roles {
    /// The ten duties of the loop.
    pub fn of_the_loop() -> Self {
        Duty::ALL.into_iter().map(Duty::role).collect()
    }

    /// The role of that id.
    pub fn get(&self, id: &str) -> Option<&Role> {
        self.0.get(id)
    }

    /// Adds or replaces a role.
    pub fn insert(&mut self, role: Role) {
        self.0.insert(role.id.clone(), role);
    }

    /// All roles by id.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.0.values()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        Roles(roles.into_iter().map(|role| (role.id.clone(), role)).collect())
    }
}
