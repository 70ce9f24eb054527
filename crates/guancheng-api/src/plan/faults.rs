//! Why a document was not taken, in Chinese; the readers themselves speak English.

use guancheng_document::read::ReadFault;
use guancheng_plan::parse::ParseFault;

/// Why a file cannot be read.
pub(super) fn no_file(fault: &ReadFault) -> String {
    match fault {
        ReadFault::Empty => "文件是空的；请选择有正文的 .docx、.pdf、.html 或 .txt".to_owned(),
        ReadFault::TooLarge { bytes, max } => format!("文件有 {bytes} 字节，最多 {max} 字节；请去掉图片后再传"),
        ReadFault::Bomb { part, max } => format!("文件的部件 {part} 解压后超过 {max} 字节，不再读取"),
        ReadFault::Unsupported { what } => format!("不能读取这种文件（{what}）；请另存为 .docx、.pdf、.html 或 .txt"),
        ReadFault::NoDocx => "压缩包里没有文档；请将要点另存为 .docx".to_owned(),
        ReadFault::Broken { format, .. } => format!("{format} 文件不完整或已损坏；请打开后重新保存再传"),
        ReadFault::Pictures { pages } => format!("PDF 的 {pages} 页都是图片，没有文字；请传文字版"),
        ReadFault::NoCharacters => "PDF 的字体没有注明对应的文字；请传 .docx 或 .txt".to_owned(),
        ReadFault::Locked => "PDF 设有密码；请去掉密码后再传".to_owned(),
        ReadFault::NoText { at } => {
            format!("既不是文字，也不是 .docx、.html 或 .pdf（第 {at} 个字节不属于 UTF-8 或 GB18030 的任何字符）")
        }
    }
}

/// Why a text is no plan.
pub(super) fn no_plan(fault: &ParseFault) -> String {
    match fault {
        ParseFault::Empty => "文件没有内容；要点应有标题和编号的条目".to_owned(),
        ParseFault::TooLong { chars } => format!("全文 {chars} 字，超过一年要点的长度；请按年度分开"),
        ParseFault::NoText { line } => {
            format!("第 {line} 行有控制字符，不是文字；请另存为 .docx、.pdf、.html 或 UTF-8 的 .txt")
        }
        ParseFault::NoItems => {
            "没有找到条目；条目以 一、（一）1. 等编号开头，或是表头有“任务”和“责任单位”的表格行".to_owned()
        }
    }
}
