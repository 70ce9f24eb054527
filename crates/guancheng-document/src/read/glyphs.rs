//! Characters that a PDF shows by the look of a glyph: radicals that stand for whole characters, and ligatures.

/// The characters that the Kangxi radicals U+2F00 to U+2FD5 look like, in order (Unicode, compatibility
/// decompositions; where those are older forms, the form of today).
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日\
    曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行\
    衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黄黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠\
    ";

/// Radicals of the supplement that stand for the simplified characters they are.
const SUPPLEMENT: &[(char, char)] = &[
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⺠', '民'),
    ('⺟', '母'),
    ('⻄', '西'),
    ('⻁', '虎'),
    ('⺫', '目'),
    ('⺩', '王'),
    ('⻑', '长'),
    ('⻒', '长'),
    ('⻖', '阜'),
    ('⻫', '斉'),
    ('⻭', '歯'),
    ('⻯', '竜'),
];

/// The text with whole characters for radicals and letters for ligatures.
pub fn whole(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2f00}'..='\u{2fd5}' => out.push(KANGXI.chars().nth(c as usize - 0x2f00).unwrap_or(c)),
            '\u{2e80}'..='\u{2eff}' => {
                out.push(SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, whole)| *whole))
            }
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(whole("⼯作⼀、⻋⾏ﬁle"), "工作一、车行file");
    }
}
