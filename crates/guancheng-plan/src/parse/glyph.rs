//! What a character is, in both widths. Every test of blanks, digits and punctuation is made here.

/// A blank of any kind: ASCII, no-break, ideographic, tab, zero width, byte-order mark.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{2060}')
}

/// The value of a digit of either width.
pub fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => Some(c as i64 - '0' as i64),
        '０'..='９' => Some(c as i64 - '０' as i64),
        _ => None,
    }
}

/// The value of a Chinese digit; not those that multiply.
pub fn cn_digit(c: char) -> Option<i64> {
    let at = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'].iter().position(|known| *known == c);
    match c {
        '零' => Some(0),
        '两' => Some(2),
        _ => at.and_then(|n| i64::try_from(n).ok()),
    }
}

/// The value of a Chinese multiplier below ten thousand.
pub fn cn_ten(c: char) -> Option<i64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// Whether a clause ends here: comma and semicolon of both widths.
pub fn ends_clause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';')
}

/// Whether a sentence ends here.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '\n')
}

/// What may lie between spans.
pub fn is_separator(c: char) -> bool {
    ends_clause(c) || ends_sentence(c) || is_blank(c)
}

/// How a character changes the depth of quotes and brackets; straight quotes toggle.
pub fn nesting(c: char, depth: usize, straight: bool) -> (usize, bool) {
    match c {
        '“' | '‘' | '《' | '（' | '(' | '「' | '『' | '【' | '[' | '〔' => (depth + 1, straight),
        '”' | '’' | '》' | '）' | ')' | '」' | '』' | '】' | ']' | '〕' => {
            (depth.saturating_sub(1), straight)
        }
        '"' if straight => (depth.saturating_sub(1), false),
        '"' => (depth + 1, true),
        _ => (depth, straight),
    }
}

/// The number of characters: offsets are Unicode scalars.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// The first of `words` that `text` starts with.
pub fn prefix_of<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    words.iter().copied().find(|word| text.starts_with(word))
}

/// Whether `text` holds one of `words`.
pub fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether `text` ends with one of `words`.
pub fn closes(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}
