//! What is valid beyond the JSON type: lengths and ranges, the same as the OpenAPI document declares.

use std::{fmt::Display, ops::RangeInclusive};

use guancheng_base::ErrorCode;
use guancheng_case::Text;

use crate::problem::{Answer, Problem};

/// The largest whole number that every JSON client keeps exactly: 2^53 − 1.
pub const WHOLE_MAX: i64 = (1 << 53) - 1;

/// A question from outside that can say what is wrong with it.
pub trait Valid {
    /// Notes every fault.
    fn check(&self, faults: &mut Faults);
}

/// Faults found so far.
#[derive(Default)]
pub struct Faults {
    fields: Vec<(String, Text)>,
}

impl Faults {
    /// Notes that `field` is wrong.
    pub fn add(&mut self, field: &str, zh: impl Display, en: impl Display) {
        self.fields.push((field.to_owned(), Text::new(zh.to_string(), en.to_string())));
    }

    /// A text of so many characters, none of them a control character but line breaks and tabs.
    pub fn text(&mut self, field: &str, value: &str, length: RangeInclusive<usize>) {
        let n = value.chars().count();
        if !length.contains(&n) {
            let (min, max) = (length.start(), length.end());
            self.add(
                field,
                format!("应为 {min} 至 {max} 个字，现为 {n} 个"),
                format!("must have {min} to {max} characters, has {n}"),
            );
        }
        if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.add(field, "不得含控制字符", "must not contain control characters");
        }
    }

    /// The same for a text that may be absent.
    pub fn optional_text(&mut self, field: &str, value: Option<&str>, max: usize) {
        self.text(field, value.unwrap_or_default(), 0..=max);
    }

    /// A filter of at most so many characters, whatever they are: it finds something or nothing.
    pub fn length(&mut self, field: &str, value: Option<&str>, max: usize) {
        let n = value.unwrap_or_default().chars().count();
        self.range(field, n, 0..=max);
    }

    /// The digits of an area code: 6, 9, 12 or 15.
    pub fn area(&mut self, field: &str, value: Option<&str>) {
        let value = value.unwrap_or("000000");
        if !matches!(value.len(), 6 | 9 | 12 | 15) || !value.bytes().all(|b| b.is_ascii_digit()) {
            self.add(field, "应为 6、9、12 或 15 位数字", "must have 6, 9, 12 or 15 digits");
        }
    }

    /// A number in a range.
    pub fn range<T: PartialOrd + Display>(&mut self, field: &str, value: T, range: RangeInclusive<T>) {
        if !range.contains(&value) {
            let (min, max) = (range.start(), range.end());
            self.add(field, format!("应在 {min} 与 {max} 之间"), format!("must be between {min} and {max}"));
        }
    }

    /// A list of so many items.
    pub fn items<T>(&mut self, field: &str, value: &[T], length: RangeInclusive<usize>) {
        if !length.contains(&value.len()) {
            let (min, max) = (length.start(), length.end());
            self.add(field, format!("应有 {min} 至 {max} 项"), format!("must have {min} to {max} items"));
        }
    }

    /// Longitude and latitude: both or none, on earth.
    pub fn position(&mut self, lon: Option<f64>, lat: Option<f64>) {
        if lon.is_some() != lat.is_some() {
            self.add("lon", "经纬度应同时给出", "give lon and lat together");
        }
        self.range("lon", lon.unwrap_or_default(), -180.0..=180.0);
        self.range("lat", lat.unwrap_or_default(), -90.0..=90.0);
    }

    /// Nothing, or a problem with every fault.
    pub fn into_answer(self, code: ErrorCode) -> Answer<()> {
        if self.fields.is_empty() {
            return Ok(());
        }
        let zh: Vec<String> = self.fields.iter().map(|(field, text)| format!("{field}：{}", text.zh)).collect();
        let en: Vec<String> = self.fields.iter().map(|(field, text)| format!("{field}: {}", text.en)).collect();
        Err(Problem::with(code, zh.join("；"), en.join("; ")).and_fields(self.fields))
    }
}
