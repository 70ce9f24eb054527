//! Times in a clause: the day by which, the period per which, and how often.

use super::glyph::digit;
use super::number;
use crate::document::{Cadence, Cadences, Period};

/// A day by which, with the characters that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// ISO 8601.
    pub day: String,
    /// Start and end in the characters searched.
    pub span: [usize; 2],
}

/// Words of the end of something, the month that closes it, and the day.
const WORDS: &[(&str, u32, u32)] = &[
    ("年底前", 12, 31),
    ("年底之前", 12, 31),
    ("年末前", 12, 31),
    ("年底", 12, 31),
    ("年末", 12, 31),
    ("年内", 12, 31),
    ("年度内", 12, 31),
    ("年终前", 12, 31),
    ("上半年", 6, 30),
    ("下半年", 12, 31),
    ("前三季度", 9, 30),
    ("一季度", 3, 31),
    ("二季度", 6, 30),
    ("三季度", 9, 30),
    ("四季度", 12, 31),
    ("1季度", 3, 31),
    ("2季度", 6, 30),
    ("3季度", 9, 30),
    ("4季度", 12, 31),
    ("元旦前", 12, 31),
    ("国庆节前", 9, 30),
    ("国庆前", 9, 30),
    ("五一前", 4, 30),
    ("“五一”前", 4, 30),
    ("“十一”前", 9, 30),
    ("七一前", 6, 30),
    ("“七一”前", 6, 30),
];

/// Words that follow a quarter or a half, and belong to it.
const TAILS: &[&str] = &["末前", "底前", "末", "底", "内", "结束前", "前"];

/// The first day by which in `chars`, in the year of the plan unless it names another.
pub fn deadline(chars: &[char], year: i32) -> Option<Deadline> {
    (0..chars.len()).find_map(|at| word(chars, at, year).or_else(|| dated(chars, at, year)))
}

fn word(chars: &[char], at: usize, year: i32) -> Option<Deadline> {
    matches!(
        chars.get(at)?,
        '年' | '上' | '下' | '前' | '一' | '二' | '三' | '四' | '1'..='4' | '元' | '国' | '五' | '七' | '“'
    )
    .then_some(())?;
    let head: String = chars.iter().skip(at).take(6).collect();
    let (text, month, day) = WORDS.iter().find(|(text, _, _)| head.starts_with(text))?;
    // 每季度, 第三季度: the word before decides; 每 is a cadence.
    let before = at.checked_sub(1).and_then(|place| chars.get(place)).copied();
    if before == Some('每') || before.is_some_and(|c| digit(c).is_some() && !text.starts_with('年')) {
        return None;
    }
    let (year, start) = if text.starts_with('年') { named_year(chars, at, year) } else { (year, at) };
    let end = tail(chars, at + text.chars().count());
    Some(Deadline { day: iso(year, *month, *day), span: [start - usize::from(before == Some('第')), end] })
}

fn tail(chars: &[char], at: usize) -> usize {
    let rest: String = chars.iter().skip(at).take(4).collect();
    TAILS.iter().find(|word| rest.starts_with(**word)).map_or(at, |word| at + word.chars().count())
}

/// `2015年底` names a year, `年底` does not.
fn named_year(chars: &[char], at: usize, year: i32) -> (i32, usize) {
    let digits = chars.get(..at).unwrap_or_default().iter().rev().take(5).take_while(|c| digit(**c).is_some()).count();
    let value = number::arabic(chars, at - digits).and_then(|n| n.value.as_whole()).and_then(|n| i32::try_from(n).ok());
    match value {
        Some(value) if digits == 4 => (value, at - digits),
        _ => (year, at),
    }
}

/// `6月底前`, `10月1日前`, `2015年6月30日前`, `11月中旬`. A bare date is a deadline only with a word of ending.
fn dated(chars: &[char], at: usize, year: i32) -> Option<Deadline> {
    let before = at.checked_sub(1).and_then(|place| chars.get(place)).copied();
    if before.is_some_and(|c| digit(c).is_some() || c == '年') {
        return None;
    }
    let first = number::plain(chars, at)?;
    let (year, month) = match chars.get(first.end)? {
        '年' if first.end - at == 4 => {
            (i32::try_from(first.value.as_whole()?).ok()?, number::plain(chars, first.end + 1)?)
        }
        _ => (year, first),
    };
    (*chars.get(month.end)? == '月').then_some(())?;
    let number = u32::try_from(month.value.as_whole()?).ok().filter(|m| (1..=12).contains(m))?;
    let (day, end) = within_month(chars, month.end + 1, year, number)?;
    let (month, day) = if day == 0 { before_month(number) } else { (number, day) };
    Some(Deadline { day: iso(year, month, day), span: [at, end] })
}

/// The day in the month, 0 for the last before it, and where the words end.
fn within_month(chars: &[char], at: usize, year: i32, month: u32) -> Option<(u32, usize)> {
    let rest: String = chars.iter().skip(at).take(6).collect();
    let last = last_day(year, month);
    let words = [
        ("底之前", last),
        ("底前", last),
        ("底", last),
        ("末前", last),
        ("末", last),
        ("份底前", last),
        ("份前", 0),
        ("份底", last),
        ("上旬前", 10),
        ("上旬", 10),
        ("中旬前", 20),
        ("中旬", 20),
        ("下旬前", last),
        ("下旬", last),
        ("份内", last),
        ("份完成", last),
        ("之前", 0),
        ("以前", 0),
        ("前", 0),
    ];
    if let Some((word, day)) = words.iter().find(|(word, _)| rest.starts_with(word)) {
        return Some((*day, at + word.chars().count()));
    }
    let day = number::plain(chars, at)?;
    matches!(chars.get(day.end)?, '日' | '号').then_some(())?;
    let tail: String = chars.iter().skip(day.end + 1).take(2).collect();
    let ends = ["之前", "以前", "前", "止"].into_iter().find(|word| tail.starts_with(word))?;
    let value = u32::try_from(day.value.as_whole()?).ok().filter(|d| (1..=last).contains(d))?;
    Some((value, day.end + 1 + ends.chars().count()))
}

fn before_month(month: u32) -> (u32, u32) {
    // 6月前 is up to the end of May; the year is the plan's, so January has none before it and stays.
    if month == 1 { (1, 1) } else { (month - 1, last_day(2001, month - 1)) }
}

fn last_day(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn iso(year: i32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of a 完成时限 cell or of a printed date: also without a word of ending (`6月30日`, `2015-06-30`, `2014年12月`).
pub fn due(text: &str, year: i32) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    if let Some(found) = deadline(&chars, year) {
        return Some(found.day);
    }
    if text.contains("全年") || text.contains("本年度") || text.trim() == "年度" {
        return Some(iso(year, 12, 31));
    }
    date(text).or_else(|| {
        let at = chars.iter().position(|c| *c == '月')?;
        let digits = chars.get(..at)?.iter().rev().take(5).take_while(|c| digit(**c).is_some()).count();
        let month = u32::try_from(number::plain(&chars, at - digits)?.value.as_whole()?).ok()?;
        let named =
            chars.get(..at - digits)?.iter().rposition(|c| *c == '年').map(|place| named_year(&chars, place, year).0);
        let year = named.unwrap_or(year);
        let day = number::plain(&chars, at + 1).and_then(|n| u32::try_from(n.value.as_whole()?).ok());
        let last = (1..=12).contains(&month).then(|| last_day(year, month))?;
        Some(iso(year, month, day.filter(|d| (1..=last).contains(d)).unwrap_or(last)))
    })
}

/// A full date in `text`: `2015-12-25`, `2015/1/5`, `2015.1.5`, `2014年3月1日`, `二〇一四年三月一日`.
pub fn date(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().take(400).collect();
    (0..chars.len()).find_map(|at| date_at(&chars, at))
}

fn date_at(chars: &[char], at: usize) -> Option<String> {
    let mut place = at;
    let mut year = 0i32;
    while let Some(value) =
        chars.get(place).and_then(|c| digit(*c).or_else(|| super::glyph::cn_digit(*c)).or((*c == '○').then_some(0)))
    {
        year = year.checked_mul(10)?.checked_add(i32::try_from(value).ok()?)?;
        place += 1;
        (place - at <= 4).then_some(())?;
    }
    (place - at == 4 && (1949..=2100).contains(&year)).then_some(())?;
    let mark = *chars.get(place)?;
    let month = spaced(chars, place + 1)?;
    let day = match (mark, chars.get(month.1)?) {
        ('年', '月') | ('-', '-') | ('/', '/') | ('.', '.') | ('－', '－') => spaced(chars, month.1 + 1)?,
        _ => return None,
    };
    ((1..=12).contains(&month.0) && (1..=last_day(year, month.0)).contains(&day.0)).then(|| iso(year, month.0, day.0))
}

fn spaced(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let blanks = |from: usize| chars.iter().skip(from).take_while(|c| **c == ' ').count();
    let start = at + blanks(at);
    let mut value = number::plain(chars, start)?;
    if let Some(text) = value.value.to_string().split_once('.').map(|(whole, _)| whole.to_owned()) {
        // 2015.1.5 reads as 1.5 first: the month is what stands before the point.
        value.end = start + text.len();
        return Some((text.parse().ok()?, value.end));
    }
    Some((u32::try_from(value.value.as_whole()?).ok()?, value.end + blanks(value.end)))
}

/// Words of a period before a number, with what each means.
const PERIODS: &[(&str, Period)] = &[
    ("每半年", Period::HalfYear),
    ("每个月", Period::Month),
    ("每月", Period::Month),
    ("每季度", Period::Quarter),
    ("每个季度", Period::Quarter),
    ("每季", Period::Quarter),
    ("每周", Period::Week),
    ("每星期", Period::Week),
    ("每个星期", Period::Week),
    ("一周", Period::Week),
    ("每日", Period::Day),
    ("每天", Period::Day),
    ("日均", Period::Day),
    ("月均", Period::Month),
    ("一个月", Period::Month),
    ("每年", Period::Year),
    ("一年", Period::Year),
    ("年均", Period::Year),
    ("每年度", Period::Year),
    ("每季", Period::Quarter),
];

/// The period that `before`, the clause up to the number, states.
pub fn period(before: &str) -> Option<Period> {
    let found = PERIODS.iter().filter_map(|(word, period)| before.rfind(word).map(|at| (at, word.len(), *period)));
    found.max_by_key(|(at, length, _)| (*at, *length)).map(|(_, _, period)| period)
}

/// The period of a compound unit: 20次/年.
pub fn period_of_unit(per: &str) -> Option<Period> {
    match per {
        "日" | "天" | "d" => Some(Period::Day),
        "周" => Some(Period::Week),
        "月" => Some(Period::Month),
        "季" | "季度" => Some(Period::Quarter),
        "年" => Some(Period::Year),
        _ => None,
    }
}

/// Phrases of a cadence.
const CADENCES: &[(&str, Cadence)] = &[
    ("每日", Cadence::Daily),
    ("每天", Cadence::Daily),
    ("逐日", Cadence::Daily),
    ("日调度", Cadence::Daily),
    ("日报告", Cadence::Daily),
    ("日通报", Cadence::Daily),
    ("每周", Cadence::Weekly),
    ("每星期", Cadence::Weekly),
    ("逐周", Cadence::Weekly),
    ("按周", Cadence::Weekly),
    ("周例会", Cadence::Weekly),
    ("一周一", Cadence::Weekly),
    ("周通报", Cadence::Weekly),
    ("周调度", Cadence::Weekly),
    ("周报制", Cadence::Weekly),
    ("每月", Cadence::Monthly),
    ("每个月", Cadence::Monthly),
    ("逐月", Cadence::Monthly),
    ("按月", Cadence::Monthly),
    ("月排名", Cadence::Monthly),
    ("月通报", Cadence::Monthly),
    ("月调度", Cadence::Monthly),
    ("月考核", Cadence::Monthly),
    ("月考评", Cadence::Monthly),
    ("月例会", Cadence::Monthly),
    ("一月一", Cadence::Monthly),
    ("月度", Cadence::Monthly),
    ("每季度", Cadence::Quarterly),
    ("每个季度", Cadence::Quarterly),
    ("每季", Cadence::Quarterly),
    ("按季", Cadence::Quarterly),
    ("季初评", Cadence::Quarterly),
    ("季度考", Cadence::Quarterly),
    ("季度通报", Cadence::Quarterly),
    ("季度评", Cadence::Quarterly),
    ("季考", Cadence::Quarterly),
    ("季评", Cadence::Quarterly),
    ("季通报", Cadence::Quarterly),
    ("一季一", Cadence::Quarterly),
    ("季度分析", Cadence::Quarterly),
    ("季点评", Cadence::Quarterly),
    ("季讲评", Cadence::Quarterly),
    ("每半年", Cadence::HalfYearly),
    ("半年考", Cadence::HalfYearly),
    ("半年评", Cadence::HalfYearly),
    ("半年、", Cadence::HalfYearly),
    ("半年和", Cadence::HalfYearly),
    ("半年总结", Cadence::HalfYearly),
    ("半年一", Cadence::HalfYearly),
    ("每年", Cadence::Yearly),
    ("年总评", Cadence::Yearly),
    ("一年一", Cadence::Yearly),
    ("全年对", Cadence::Yearly),
    ("年度考核", Cadence::Yearly),
    ("年度考评", Cadence::Yearly),
    ("年总结", Cadence::Yearly),
    ("年考核", Cadence::Yearly),
    ("年考评", Cadence::Yearly),
];

/// All cadences that a clause states.
pub fn cadences(clause: &str) -> Option<Cadences> {
    let mut found: Vec<Cadence> =
        CADENCES.iter().filter(|(word, _)| clause.contains(word)).map(|(_, cadence)| *cadence).collect();
    if let Some(at) = clause.find("为单位") {
        let start = clause.get(..at).and_then(|head| head.rfind('以')).unwrap_or(at);
        let words = clause.get(start..at).unwrap_or_default();
        let units = [
            ('日', Cadence::Daily),
            ('周', Cadence::Weekly),
            ('月', Cadence::Monthly),
            ('季', Cadence::Quarterly),
            ('年', Cadence::Yearly),
        ];
        found.extend(units.iter().filter(|(unit, _)| words.contains(*unit)).map(|(_, cadence)| *cadence));
    }
    if month_of_its_own(clause) {
        found.push(Cadence::Yearly);
    }
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then_some(Cadences(found))
}

/// A month with a name comes once a year: 廉政文化月活动, 安全生产月.
fn month_of_its_own(clause: &str) -> bool {
    let Some(at) = clause.find("月活动").or_else(|| clause.find("月”活动")) else { return false };
    let before = clause.get(..at).and_then(|head| head.chars().next_back());
    before.is_some_and(|c| {
        digit(c).is_none() && number::chinese(&[c], 0).is_none() && !matches!(c, '每' | '个' | '当' | '本')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(deadline(&chars, 2014).map(|found| found.day).as_deref(), expect, "{text}");
    }

    #[test]
    fn days_by_which() {
        check("年底前建成通水", Some("2014-12-31"));
        check("6月底前完成", Some("2014-06-30"));
        check("2015年6月底前完成", Some("2015-06-30"));
        check("2015年底前完成", Some("2015-12-31"));
        check("10月1日前完成", Some("2014-10-01"));
        check("１０月１日前", Some("2014-10-01"));
        check("上半年完成", Some("2014-06-30"));
        check("第三季度末完成", Some("2014-09-30"));
        check("11月中旬开工", Some("2014-11-20"));
        check("十月底前", Some("2014-10-31"));
        check("2月底前", Some("2014-02-28"));
        check("每季度组织", None);
        check("在2013年的基础上", None);
        check("以年度工作目标为基础", None);
    }

    #[test]
    fn printed_dates() {
        assert_eq!(date("发布日期：2015-12-25").as_deref(), Some("2015-12-25"));
        assert_eq!(date("2014年3月1日").as_deref(), Some("2014-03-01"));
        assert_eq!(date("2015.1.5").as_deref(), Some("2015-01-05"));
        assert_eq!(date("二〇一四年三月十日").as_deref(), Some("2014-03-10"));
        assert_eq!(due("2014年6月", 2014).as_deref(), Some("2014-06-30"));
        assert_eq!(due("6月30日", 2015).as_deref(), Some("2015-06-30"));
        assert_eq!(due("全年", 2015).as_deref(), Some("2015-12-31"));
        assert_eq!(due("长期坚持", 2015), None);
    }

    #[test]
    fn how_often() {
        let read = |text| cadences(text).map(|found| found.to_string());
        assert_eq!(read("通过月排名、季初评、年总评的方式").as_deref(), Some("monthly+quarterly+yearly"));
        assert_eq!(read("以周和月为单位统计").as_deref(), Some("weekly+monthly"));
        assert_eq!(read("半年、全年对工作情况进行考核").as_deref(), Some("half_yearly+yearly"));
        assert_eq!(read("深入开展廉政文化月活动").as_deref(), Some("yearly"));
        assert_eq!(read("年终结案率"), None);
    }
}
