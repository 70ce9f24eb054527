//! Bytes of a .txt, .docx, .html or .pdf file into lines and tables.
