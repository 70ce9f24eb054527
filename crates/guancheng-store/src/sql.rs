//! Every SQL text of the store, by noun. A test prepares each of them on a fresh schema.

pub(crate) mod cases;
pub(crate) mod evidence;
pub(crate) mod facts;
pub(crate) mod lists;
pub(crate) mod people;
pub(crate) mod plan;
pub(crate) mod upkeep;

/// Named texts, and the list of them for the test.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $text;)*
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name),)*];
    };
}
pub(crate) use texts;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rusqlite::Connection;

    #[test]
    fn every_text_is_prepared_by_the_database() {
        let conn = Connection::open_in_memory().unwrap();
        crate::migrate::migrate(&conn, Path::new("city.sqlite")).unwrap();
        let nouns = [
            super::cases::ALL,
            super::evidence::ALL,
            super::facts::ALL,
            super::people::ALL,
            super::plan::ALL,
            super::upkeep::ALL,
        ];
        for (name, text) in nouns.concat() {
            conn.prepare(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}
