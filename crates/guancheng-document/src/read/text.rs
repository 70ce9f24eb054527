//! Bytes to characters: UTF-8, UTF-16 with its mark, else GB18030, which old office systems write.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::ReadFault;

/// The text, and what to say about it.
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<String>), ReadFault> {
    if let Some((encoding, mark)) =
        Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding == UTF_16LE || *encoding == UTF_16BE)
    {
        let (text, broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        let note = format!("文件编码为{}，已转换。", encoding.name());
        return if broken { Err(ReadFault::NoText { at: mark }) } else { Ok((text.into_owned(), vec![note])) };
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(ReadFault::NoText { at });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.trim_start_matches('\u{feff}').to_owned(), Vec::new())),
        Err(fault) => {
            let (text, broken) = GB18030.decode_without_bom_handling(bytes);
            let strange = text
                .chars()
                .filter(|c| ('\u{e000}'..='\u{f8ff}').contains(c) || (c.is_control() && !c.is_whitespace()))
                .count();
            if broken || strange * 50 > text.len().max(1) {
                return Err(ReadFault::NoText { at: fault.valid_up_to() });
            }
            Ok((text.into_owned(), vec!["文件编码不是UTF-8，已按GB18030读取；如有乱码请另存为UTF-8。".to_owned()]))
        }
    }
}
