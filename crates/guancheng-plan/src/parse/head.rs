//! What stands before the first heading and after the last item: title, index number, publisher, dates, preamble;
//! signature and imprint.

use super::glyph::{closes, digit, holds, is_blank, length};
use super::label;
use super::lines::Line;
use super::time;
use crate::document::Head;

/// Words in the titles of plans.
const TITLES: &[&str] = &[
    "要点",
    "计划",
    "方案",
    "安排",
    "任务分解",
    "分解表",
    "任务",
    "意见",
    "目标",
    "行动",
    "清单",
    "责任书",
    "部署",
    "一览表",
    "分工",
    "实施细则",
    "台账",
];
/// Labels of the head of a published page, with what each names.
const PUBLISHERS: &[&str] = &[
    "发布机构",
    "发文机关",
    "发布单位",
    "发布机关",
    "公开机构",
    "发文单位",
    "制发机关",
    "公开主体",
    "公开责任部门",
    "发布者",
    "发文机构",
];
/// Labels of where a page took its text from; they name the publisher where no other does.
const SOURCES: &[&str] = &["信息来源", "文章来源", "来源"];
/// The ends of names of bodies that publish plans.
const BODIES: &[&str] = &[
    "局",
    "政府",
    "委员会",
    "办公室",
    "办公厅",
    "中心",
    "指挥部",
    "管委会",
    "领导小组",
    "党组",
    "党委",
    "执法局",
    "支队",
    "委",
];

/// A signature, a date or an imprint line is at most this long; an imprint may hold an address.
const SHORT: usize = 40;

/// Reads the lines before the first heading into the head.
pub fn read(head: &mut Head, lines: &[Line]) {
    let mut rest: Vec<&str> = Vec::new();
    let title = title_at(lines);
    for (at, line) in lines.iter().enumerate() {
        let text = bare(&line.text);
        if title == Some(at) {
            head.title = joined_title(lines, at);
        } else if !facts(head, text, title.is_none_or(|title| at < title)) {
            let part_of_title = title.is_some_and(|title| at + 1 == title && head_line_of_title(text));
            if title.is_none_or(|title| at > title) && !part_of_title {
                rest.push(line.text.trim_matches(is_blank));
            }
        }
    }
    head.preamble = rest.join("\n");
}

/// Takes the facts of one line of the head; whether there were any.
fn facts(head: &mut Head, text: &str, above: bool) -> bool {
    let short = text.chars().nth(SHORT * 3).is_none();
    if !short {
        return false;
    }
    let mut any = false;
    if let Some(number) = index_number(text) {
        head.index_no = head.index_no.take().or(Some(number));
        any = true;
    }
    if let Some(name) = PUBLISHERS.iter().find_map(|word| labelled(text, word)) {
        head.publisher = Some(name);
        any = true;
    } else if let Some(name) = SOURCES.iter().find_map(|word| labelled(text, word)) {
        head.publisher = head.publisher.take().or(Some(name));
        any = true;
    }
    let dated = (above || holds(text, &["日期", "时间"]) || length(text) <= 24).then(|| time::date(text)).flatten();
    if let Some(day) = dated.filter(|_| !text.contains('。') && (above || is_date_line(text))) {
        head.dates.push(day);
        any = true;
    }
    if above
        && !any
        && head.publisher.is_none()
        && closes(text, BODIES)
        && length(text) <= 30
        && !text.contains(['，', ',', '：', ':'])
    {
        head.publisher = Some(text.to_owned());
        any = true;
    }
    any || is_document_number(text)
}

/// A line without its bullet.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| is_blank(c) || matches!(c, '•' | '●' | '·' | '*' | '■' | '◆' | '-' | '—' | '○'))
}

/// `索引号：X`, or a line that is nothing but letters, digits, slashes and hyphens.
fn index_number(text: &str) -> Option<String> {
    if let Some(number) =
        labelled(text, "索引号").or_else(|| labelled(text, "索 引 号")).or_else(|| labelled(text, "索引"))
    {
        return Some(number);
    }
    let code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let digits = text.chars().filter(|c| digit(*c).is_some()).count();
    (text.chars().all(code)
        && digits >= 6
        && length(text) >= 10
        && text.contains(['/', '-'])
        && time::date(text).is_none())
    .then(|| text.to_owned())
}

/// The value behind a label, up to the next wide blank.
fn labelled(text: &str, word: &str) -> Option<String> {
    let (_, after) = text.split_once(word)?;
    let after = after.trim_start_matches(is_blank);
    let value = after.strip_prefix(['：', ':', '】']).or_else(|| after.strip_prefix(is_blank))?;
    let value = value.trim_matches(is_blank);
    let end = value.find(|c: char| is_blank(c) || matches!(c, '|' | '｜')).unwrap_or(value.len());
    let value = value.get(..end)?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// `X政〔2014〕12号` by itself.
fn is_document_number(text: &str) -> bool {
    length(text) <= 30 && text.ends_with('号') && holds(text, &["〔", "[", "［", "（20", "(20"])
}

fn is_date_line(text: &str) -> bool {
    let rest = text.chars().filter(|c| digit(*c).is_none() && super::glyph::cn_digit(*c).is_none() && !is_blank(*c));
    let plain: String = rest
        .filter(|c| !matches!(c, '年' | '月' | '日' | '-' | '/' | '.' | '（' | '）' | '(' | ')' | '十' | '○'))
        .collect();
    plain.is_empty() || holds(text, &["日期", "时间", "印发"])
}

/// The line of the title: the last that speaks of a plan, best with a year, before prose begins.
fn title_at(lines: &[Line]) -> Option<usize> {
    let prose = lines.iter().position(|line| line.text.contains('。')).unwrap_or(lines.len());
    let score = |at: &usize| {
        let text = &lines.get(*at).map_or(String::new(), |line| compact(bare(&line.text)));
        let fits = length(text) <= SHORT + 20
            && holds(text, TITLES)
            && !text.contains(['：', ':', '；'])
            && !label::is_imprint(text)
            && !text.starts_with(['（', '(']);
        let year = year_in(text).is_some();
        fits.then_some(2 + i32::from(year) * 2 + i32::from(closes(text, TITLES)) - i32::from(text.starts_with("附件")))
    };
    let scored = (0..prose.min(40)).filter_map(|at| score(&at).map(|points| (points, at)));
    let best = scored.max_by_key(|(points, at)| (*points, usize::MAX - at));
    best.map(|(_, at)| at).or_else(|| {
        // No such word: the short line with a year, else the one right before the prose.
        let short = |at: &usize| {
            lines
                .get(*at)
                .is_some_and(|line| (6..=40).contains(&length(bare(&line.text))) && !line.text.contains(['：', ':']))
        };
        (0..prose).filter(short).find(|at| {
            lines.get(*at).is_some_and(|line| year_in(&line.text).is_some() && time::date(&line.text).is_none())
        })
    })
}

/// A title whose characters are set apart by blanks, without them.
fn compact(text: &str) -> String {
    let blanks = text.chars().filter(|c| is_blank(*c)).count();
    let apart = blanks * 3 >= length(text).saturating_sub(blanks) && blanks >= 4;
    if apart { text.chars().filter(|c| !is_blank(*c)).collect() } else { text.to_owned() }
}

/// A title of two lines, where the first speaks of a year and is no name of a body.
fn joined_title(lines: &[Line], at: usize) -> String {
    let own = lines.get(at).map_or(String::new(), |line| compact(bare(&line.text)));
    let before = at.checked_sub(1).and_then(|place| lines.get(place)).map_or("", |line| bare(&line.text));
    if head_line_of_title(before) { format!("{before}{own}") } else { own }
}

fn head_line_of_title(text: &str) -> bool {
    let open =
        text.starts_with("关于") && !text.ends_with("通知") || (year_in(text).is_some() && time::date(text).is_none());
    open && length(text) <= 40 && !text.contains(['。', '：', ':']) && !closes(text, TITLES) && !closes(text, &["号"])
}

/// The year a text names: 2014年, 二〇一四年, in either width.
pub fn year_in(text: &str) -> Option<i32> {
    let chars: Vec<char> = text.chars().take(4000).collect();
    (3..chars.len()).find_map(|at| {
        (*chars.get(at + 1)? == '年').then_some(())?;
        let value = chars.get(at - 3..=at)?.iter().try_fold(0i32, |sum, c| {
            let value =
                digit(*c).or_else(|| super::glyph::cn_digit(*c)).or(matches!(c, '○' | 'O' | '0').then_some(0))?;
            Some(sum * 10 + i32::try_from(value).ok()?)
        })?;
        (1990..=2100).contains(&value).then_some(value)
    })
}

/// Whether a line after the last item belongs to the foot of the page.
pub fn is_foot(text: &str) -> bool {
    let text = bare(text);
    let size = length(text);
    if super::body::has_note(text) {
        return false;
    }
    let imprint = label::is_imprint(text)
        || holds(
            text,
            &[
                "此件",
                "抄送",
                "抄报",
                "主题词",
                "印发",
                "联系人",
                "联系方式",
                "责任编辑",
                "打印本页",
                "关闭窗口",
                "上一篇",
                "下一篇",
                "扫一扫",
                "分享到",
                "Copyright",
                "版权",
                "附件",
            ],
        ) && size <= 120;
    let signed = size <= 30 && closes(text, BODIES) && !text.contains(['，', ',', '。', '：', ':', '；']);
    let dated = size <= 30 && time::date(text).is_some() && is_date_line(text);
    let page =
        size <= 12 && text.chars().all(|c| digit(c).is_some() || matches!(c, '第' | '页' | '共' | '/' | '-' | ' '));
    imprint || signed || dated || page
}

/// Reads the foot into the head: signature and date.
pub fn foot(head: &mut Head, lines: &[String]) {
    for line in lines {
        let text = bare(line);
        if let Some(day) = time::date(text).filter(|_| !label::is_imprint(text) && length(text) <= 60) {
            head.dates.push(day);
        }
        if head.publisher.is_none() && closes(text, BODIES) && length(text) <= 30 && !text.contains(['，', '：', ':'])
        {
            head.publisher = Some(text.to_owned());
        }
    }
    head.footer = lines.join("\n");
}

/// The year of the plan: the title's, the preamble's, the one before the dates'.
pub fn year(head: &Head) -> Option<i32> {
    year_in(&head.title).or_else(|| year_in(&head.preamble)).or_else(|| head.dates.first()?.get(..4)?.parse().ok())
}
