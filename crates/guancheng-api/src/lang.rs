//! The language of what people read: from `Accept-Language`, Chinese unless English is asked for first.

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The preferred one of the two, by quality and then by order.
    pub fn of(headers: &HeaderMap) -> Self {
        let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut best = (0.0, Lang::Zh);
        for range in text.split(',') {
            let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
            let quality = quality.trim().parse::<f32>().unwrap_or_default();
            let lang = Self::named(tag.trim());
            if let Some(lang) = lang.filter(|_| quality > best.0) {
                best = (quality, lang);
            }
        }
        best.1
    }

    /// The language of a tag such as `zh-CN` or `en`.
    pub fn named(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// As it is written in `Content-Language` and in `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// One of two texts.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl From<Lang> for guancheng_case::Lang {
    fn from(lang: Lang) -> Self {
        lang.pick(guancheng_case::Lang::Zh, guancheng_case::Lang::En)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expect: Lang) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
        assert_eq!(Lang::of(&headers), expect);
    }

    #[test]
    fn quality_decides_then_order_then_chinese() {
        check("en-US,en;q=0.9", Lang::En);
        check("zh-CN,zh;q=0.9,en;q=0.8", Lang::Zh);
        check("fr, en;q=0.5, zh;q=0.7", Lang::Zh);
        check("fr", Lang::Zh);
        check("en;q=nonsense", Lang::Zh);
    }
}
