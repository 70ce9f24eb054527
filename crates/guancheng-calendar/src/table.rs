//! The tables of one unbroken stretch of loaded years. Everything below is a look-up by index or a binary search.

use guancheng_base::{Day, Instant};

/// Consecutive loaded years, day by day. All `Vec`s marked *per day* have one entry more than there are days, so that
/// the end of the last day has its values too. Every `index` comes from [`Stretch::index_of`], [`Stretch::index_at`] or
/// `work_days` and is below [`Stretch::len`], so indexing with it, or one past it, stays inside.
pub(crate) struct Stretch {
    first: Day,
    /// Per day: its first moment.
    midnights: Vec<i64>,
    /// Per day: close of business.
    closes: Vec<i64>,
    /// Per day: working days before it.
    worked: Vec<u32>,
    /// The working days, as indices of days.
    work_days: Vec<u32>,
    /// Per day: how many of `spans` begin before it.
    spans_before: Vec<u32>,
    spans: Vec<Span>,
}

/// One unbroken piece of office time.
#[derive(Clone, Copy)]
struct Span {
    from: i64,
    to: i64,
    /// Office milliseconds before it.
    before: i64,
}

/// Fills a [`Stretch`] day by day.
pub(crate) struct Builder {
    stretch: Stretch,
    office_ms: i64,
}

impl Builder {
    pub(crate) fn new(first: Day) -> Self {
        let stretch = Stretch {
            first,
            midnights: Vec::new(),
            closes: Vec::new(),
            worked: Vec::new(),
            work_days: Vec::new(),
            spans_before: Vec::new(),
            spans: Vec::new(),
        };
        Builder { stretch, office_ms: 0 }
    }

    /// Adds the next day: its first moment, its close of business, and its office hours if it is a working day.
    pub(crate) fn day(&mut self, midnight: Instant, close: Instant, office: Option<&[(Instant, Instant)]>) {
        let table = &mut self.stretch;
        let index = table.midnights.len() as u32;
        table.midnights.push(midnight.0);
        table.closes.push(close.0);
        table.worked.push(table.work_days.len() as u32);
        table.spans_before.push(table.spans.len() as u32);
        let Some(office) = office else { return };
        table.work_days.push(index);
        for (from, to) in office.iter().filter(|(from, to)| from < to) {
            table.spans.push(Span { from: from.0, to: to.0, before: self.office_ms });
            self.office_ms += to.0 - from.0;
        }
    }

    /// Ends the stretch at the midnight after its last day.
    pub(crate) fn end(mut self, midnight: Instant) -> Stretch {
        self.day(midnight, midnight, None);
        self.stretch
    }
}

impl Stretch {
    /// How many days it has.
    pub(crate) fn len(&self) -> usize {
        self.midnights.len() - 1
    }

    /// The last day.
    pub(crate) fn last(&self) -> Day {
        self.day(self.len() - 1)
    }

    pub(crate) fn contains(&self, at: Instant) -> bool {
        self.midnights[0] <= at.0 && at.0 < self.midnights[self.len()]
    }

    /// The index of a day, if it is in the stretch.
    pub(crate) fn index_of(&self, day: Day) -> Option<usize> {
        let index = usize::try_from(i64::from(day.0) - i64::from(self.first.0)).ok()?;
        (index < self.len()).then_some(index)
    }

    /// The index of the day a contained moment lies in. Division finds it up to the clock changes in between.
    pub(crate) fn index_at(&self, at: Instant) -> usize {
        let guess = (at.0 - self.midnights[0]) / 86_400_000;
        let mut index = (guess.max(0) as usize).min(self.len() - 1);
        while index > 0 && self.midnights[index] > at.0 {
            index -= 1;
        }
        while index + 1 < self.len() && self.midnights[index + 1] <= at.0 {
            index += 1;
        }
        index
    }

    pub(crate) fn day(&self, index: usize) -> Day {
        self.first.plus(index as i32)
    }

    pub(crate) fn midnight(&self, index: usize) -> Instant {
        Instant(self.midnights[index])
    }

    pub(crate) fn end_of_day(&self, index: usize) -> Instant {
        Instant(self.midnights[index + 1] - 1)
    }

    pub(crate) fn close(&self, index: usize) -> Instant {
        Instant(self.closes[index])
    }

    pub(crate) fn is_work_day(&self, index: usize) -> bool {
        self.worked[index] < self.worked[index + 1]
    }

    /// Working days up to and including the day.
    pub(crate) fn worked_through(&self, index: usize) -> i64 {
        i64::from(self.worked[index + 1])
    }

    /// The index of the `nth` working day, counted from 1.
    pub(crate) fn nth_work_day(&self, nth: i64) -> Option<usize> {
        let nth = usize::try_from(nth).ok()?.checked_sub(1)?;
        self.work_days.get(nth).map(|index| *index as usize)
    }

    /// The day itself if it is a working day, else the next one.
    pub(crate) fn work_day_from(&self, index: usize) -> Option<usize> {
        self.nth_work_day(i64::from(self.worked[index]) + 1)
    }

    /// Office milliseconds before a contained moment.
    pub(crate) fn office_before(&self, at: Instant) -> i64 {
        let index = self.index_at(at);
        let (first, next) = (self.spans_before[index] as usize, self.spans_before[index + 1] as usize);
        let begun = self.spans[first..next].iter().rev().find(|span| span.from <= at.0);
        match begun.or_else(|| first.checked_sub(1).and_then(|last| self.spans.get(last))) {
            Some(span) => span.before + (at.0.min(span.to) - span.from),
            None => 0,
        }
    }

    /// The first moment by which `office` milliseconds (more than none) have passed.
    pub(crate) fn office_reaches(&self, office: i64) -> Option<Instant> {
        let index = self.spans.partition_point(|span| span.before + (span.to - span.from) < office);
        self.spans.get(index).map(|span| Instant(span.from + (office - span.before)))
    }
}
