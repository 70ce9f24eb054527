//! Stretches of the published text, in Unicode scalars.

/// Whether a character only divides clauses: punctuation and blanks between promises, not a part of any.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '，' | '。' | '；' | ',' | ';' | '、' | '.' | '：' | ':' | '！' | '\u{a0}')
}

/// The characters from `span.0` up to `span.1`.
pub fn slice(text: &str, span: (u32, u32)) -> String {
    let (from, to) = (span.0 as usize, span.1 as usize);
    text.chars().skip(from).take(to.saturating_sub(from)).collect()
}

/// The stretch without separators at its ends.
pub fn trim(text: &str, span: (u32, u32)) -> (u32, u32) {
    let chars: Vec<char> = slice(text, span).chars().collect();
    let front = chars.iter().take_while(|c| is_separator(**c)).count();
    let back = chars.iter().rev().take_while(|c| is_separator(**c)).count();
    let (front, back) = (u32::try_from(front).unwrap_or(0), u32::try_from(back).unwrap_or(0));
    (span.0 + front, span.1.saturating_sub(back).max(span.0 + front))
}
