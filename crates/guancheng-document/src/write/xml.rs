//! Markup as text. Invariant: whatever text comes in, what goes out is well-formed, since every text and attribute passes
//! through `clean` and the escapes here, and elements are closed in the order they were opened.

/// What stands for a character that XML cannot carry.
const REPLACEMENT: char = '\u{FFFD}';

/// A piece of markup being written.
#[derive(Default)]
pub struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document with its declaration.
    pub fn document() -> Self {
        Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.out.push('>');
        self.open.push(name);
        self
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.out.push_str("/>");
        self
    }

    /// An element of HTML that has neither content nor end.
    pub fn void(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Self {
        self.start(name, attributes);
        self.out.push('>');
        self
    }

    /// An element that holds a text and nothing else.
    pub fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        self.open(name, attributes).text(text).close()
    }

    /// Text of the open element.
    pub fn text(&mut self, text: &str) -> &mut Self {
        push_escaped(&mut self.out, text);
        self
    }

    /// Constant markup of our own, as it is.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// The text, with every open element closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            push_escaped(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// The text with line ends as `\n` and every character that XML 1.0 cannot carry replaced.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => out.push(REPLACEMENT),
            c => out.push(c),
        }
    }
    out
}

/// `>` too, so that `]]>` never stands in text; quotes too, so that one escape serves text and attributes.
fn push_escaped(out: &mut String, text: &str) {
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut xml = Xml::default();
        xml.text(text);
        assert_eq!(xml.finish(), expect);
    }

    #[test]
    fn any_text_becomes_text() {
        check("a < b && \"c\" ]]>", "a &lt; b &amp;&amp; &quot;c&quot; ]]&gt;");
        check("one\r\ntwo\rthree\u{0}\u{1B}\u{FFFF}😀", "one\ntwo\nthree\u{FFFD}\u{FFFD}\u{FFFD}😀");
    }

    #[test]
    fn what_is_open_is_closed() {
        let mut xml = Xml::default();
        xml.open("a", &[("k", "\"<")]).open("b", &[]);
        assert_eq!(xml.finish(), "<a k=\"&quot;&lt;\"><b></b></a>");
    }
}
