//! Configuration: one table of settings, each with a default, a key in the file, an environment variable and a flag.
//! Later sources win: default, file, environment, flag. A key nobody knows is an error, so a typing mistake cannot
//! silently leave a default in force.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// One setting: everything there is to say about it, in one place.
pub struct Setting {
    /// Key in the file; the variable is `GUANCHENG_` and the key in capitals, the flag `--key` if it is one of [`FLAGS`].
    pub key: &'static str,
    /// Value where nobody says otherwise.
    pub default: &'static str,
    /// What it does, one sentence.
    pub doc: &'static str,
}

/// Every setting, in the order of `guancheng config --explain`.
pub const SETTINGS: &[Setting] = &[
    Setting { key: "data", default: "data/city", doc: "Folder with everything this city has recorded." },
    Setting { key: "pack", default: "pack", doc: "Folder with the declared city." },
    Setting { key: "listen", default: "127.0.0.1:8700", doc: "Address and port to serve on." },
    Setting { key: "https", default: "false", doc: "Behind TLS: session cookies are Secure and HSTS is sent." },
    Setting { key: "readers", default: "4", doc: "Read connections to the store." },
    Setting { key: "tick_ms", default: "500", doc: "How often due timers are looked for, in milliseconds." },
    Setting {
        key: "public_writes_per_minute",
        default: "30",
        doc: "Reports without a log-in from one address in a minute; 0 for no limit.",
    },
];

/// The settings that the command line takes too.
const FLAGS: &[&str] = &["data", "pack", "listen"];

/// Where a value came from, for `config --explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The table above.
    Default,
    /// The file at this path.
    File(PathBuf),
    /// An environment variable.
    Environment(String),
    /// A flag on the command line.
    Flag,
}

/// The values in force, each with its origin.
#[derive(Clone, Debug)]
pub struct Settings {
    values: BTreeMap<&'static str, (String, Origin)>,
}

impl Settings {
    /// Puts the sources together. `file` is read when given; otherwise `guancheng.toml` in the current folder, if it
    /// is there. `variables` are the process environment, `flags` the values given on the command line.
    pub fn load(
        file: Option<&Path>,
        variables: impl Iterator<Item = (String, String)>,
        flags: &[(&'static str, Option<String>)],
    ) -> Result<Self, String> {
        let mut settings = Settings { values: BTreeMap::new() };
        for setting in SETTINGS {
            settings.values.insert(setting.key, (setting.default.to_owned(), Origin::Default));
        }
        settings.take_file(file)?;
        settings.take_environment(variables)?;
        for (key, value) in flags {
            if let Some(value) = value {
                settings.put(key, value.clone(), Origin::Flag)?;
            }
        }
        Ok(settings)
    }

    /// The value of a setting of the table; empty for a key that is not in it.
    pub fn get(&self, key: &str) -> &str {
        self.values.get(key).map_or("", |(value, _)| value)
    }

    /// The value as a path.
    pub fn path(&self, key: &str) -> PathBuf {
        PathBuf::from(self.get(key))
    }

    /// The value as a whole number.
    pub fn number(&self, key: &str) -> Result<u64, String> {
        self.get(key).parse().map_err(|_| format!("{key} = {:?}: a whole number is needed here", self.get(key)))
    }

    /// The value as yes or no.
    pub fn truth(&self, key: &str) -> Result<bool, String> {
        self.get(key).parse().map_err(|_| format!("{key} = {:?}: true or false is needed here", self.get(key)))
    }

    /// Every setting with its value, origin and meaning, as text for a person.
    pub fn explain(&self) -> String {
        let mut text = String::new();
        for setting in SETTINGS {
            let Some((value, origin)) = self.values.get(setting.key) else { continue };
            let flag = if FLAGS.contains(&setting.key) { format!("; flag --{}", setting.key) } else { String::new() };
            text += &format!(
                "{key} = {value:?}\n    {doc}\n    from {origin}; default {default:?}; variable {variable}{flag}\n",
                key = setting.key,
                doc = setting.doc,
                default = setting.default,
                variable = variable_of(setting.key),
            );
        }
        text
    }

    fn take_file(&mut self, file: Option<&Path>) -> Result<(), String> {
        let asked = file.is_some();
        let path = file.unwrap_or(Path::new("guancheng.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if !asked && error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(format!("{}: {error}", path.display())),
        };
        let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
        for (key, value) in table {
            let text = match value {
                toml::Value::String(text) => text,
                other => other.to_string(),
            };
            self.put(&key, text, Origin::File(path.to_owned())).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        Ok(())
    }

    fn take_environment(&mut self, variables: impl Iterator<Item = (String, String)>) -> Result<(), String> {
        for (name, value) in variables {
            let Some(key) = name.strip_prefix("GUANCHENG_") else { continue };
            self.put(&key.to_lowercase(), value, Origin::Environment(name.clone()))
                .map_err(|error| format!("environment variable {name}: {error}"))?;
        }
        Ok(())
    }

    fn put(&mut self, key: &str, value: String, origin: Origin) -> Result<(), String> {
        match SETTINGS.iter().find(|setting| setting.key == key) {
            Some(setting) => {
                self.values.insert(setting.key, (value, origin));
                Ok(())
            }
            None => {
                let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
                Err(format!("unknown setting {key:?}; the settings are {}", known.join(", ")))
            }
        }
    }
}

/// The environment variable of a setting.
fn variable_of(key: &str) -> String {
    format!("GUANCHENG_{}", key.to_uppercase())
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Default => write!(f, "the default"),
            Origin::File(path) => write!(f, "{}", path.display()),
            Origin::Environment(name) => write!(f, "the environment ({name})"),
            Origin::Flag => write!(f, "the command line"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, variables: &[(&str, &str)], flag: Option<&str>) -> Result<(String, Origin), String> {
        // Equal texts may be one place in memory, so only a count keeps the folders of parallel tests apart.
        static FOLDERS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let n = FOLDERS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("guancheng-settings-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let path = folder.join("guancheng.toml");
        std::fs::write(&path, file).map_err(|e| e.to_string())?;
        let variables = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        let settings = Settings::load(Some(&path), variables, &[("listen", flag.map(str::to_owned))]);
        let _ = std::fs::remove_dir_all(&folder);
        let settings = settings.map_err(|e| e.replace(&path.display().to_string(), "FILE"))?;
        Ok((settings.get("listen").to_owned(), settings.values["listen"].1.clone()))
    }

    #[test]
    fn later_sources_win() {
        assert_eq!(check("", &[], None).unwrap().0, "127.0.0.1:8700");
        assert_eq!(check("listen = '0.0.0.0:1'", &[], None).unwrap().0, "0.0.0.0:1");
        let from_variable = check("listen = '0.0.0.0:1'", &[("GUANCHENG_LISTEN", "0.0.0.0:2")], None).unwrap();
        assert_eq!(from_variable, ("0.0.0.0:2".into(), Origin::Environment("GUANCHENG_LISTEN".into())));
        let from_flag = check("", &[("GUANCHENG_LISTEN", "0.0.0.0:2")], Some("0.0.0.0:3")).unwrap();
        assert_eq!(from_flag, ("0.0.0.0:3".into(), Origin::Flag));
    }

    #[test]
    fn an_unknown_key_is_an_error_that_says_where() {
        let known = "the settings are data, pack, listen, https, readers, tick_ms, public_writes_per_minute";
        assert_eq!(check("listn = 1", &[], None).unwrap_err(), format!("FILE: unknown setting \"listn\"; {known}"));
        assert_eq!(
            check("", &[("GUANCHENG_DATE", "x")], None).unwrap_err(),
            format!("environment variable GUANCHENG_DATE: unknown setting \"date\"; {known}")
        );
    }
}
