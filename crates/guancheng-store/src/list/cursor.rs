//! Where a page ended: the part of the list, the sort key and the id of the last row.

use crate::{error::Port, people::bad_cursor};

/// A part of a list; a list sorted by due time has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Open cases, the earliest due first.
    OpenByDue,
    /// Ended cases, the latest opened first.
    EndedByOpened,
    /// The latest opened first.
    Opened,
    /// The latest changed first.
    Changed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) section: Section,
    pub(super) key: i64,
    pub(super) id: i64,
}

impl Section {
    fn letter(self) -> &'static str {
        match self {
            Section::OpenByDue => "d",
            Section::EndedByOpened => "e",
            Section::Opened => "o",
            Section::Changed => "c",
        }
    }

    /// The column that sorts it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Section::OpenByDue => "c.due_sort",
            Section::EndedByOpened | Section::Opened => "c.opened_at",
            Section::Changed => "c.changed_at",
        }
    }

    /// The column of `case_units` that sorts it, where there is one.
    pub(super) fn unit_key(self) -> Option<&'static str> {
        match self {
            Section::OpenByDue => Some("u.open_due"),
            Section::EndedByOpened | Section::Opened => Some("u.opened_at"),
            Section::Changed => None,
        }
    }

    pub(super) fn descends(self) -> bool {
        self != Section::OpenByDue
    }
}

impl Cursor {
    pub(super) fn print(self) -> String {
        format!("{}{}_{}", self.section.letter(), self.key, self.id)
    }

    /// Reads [`Cursor::print`]; refuses one of another list.
    pub(super) fn parse(text: &str, sections: &[Section]) -> Port<Cursor> {
        let read = || {
            let section = *sections.iter().find(|section| text.starts_with(section.letter()))?;
            let (key, id) = text.get(1..)?.split_once('_')?;
            Some(Cursor { section, key: key.parse().ok()?, id: id.parse().ok()? })
        };
        read().ok_or_else(|| bad_cursor(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_only_by_its_list() {
        let cursor = Cursor { section: Section::OpenByDue, key: -5, id: 7 };
        assert_eq!(Cursor::parse(&cursor.print(), &[Section::OpenByDue, Section::EndedByOpened]), Ok(cursor));
        for text in ["d-5_7", "", "o", "o5", "o5_", "路"] {
            assert!(Cursor::parse(text, &[Section::Opened]).is_err(), "{text}");
        }
    }
}
