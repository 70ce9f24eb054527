//! In which direction a number gets better.

/// Whether more or less of something is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Better {
    /// More is better.
    #[default]
    Up,
    /// Less is better.
    Down,
}

impl Better {
    /// Both.
    pub const ALL: [Better; 2] = [Better::Up, Better::Down];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Better::Up => "up",
            Better::Down => "down",
        }
    }
}
