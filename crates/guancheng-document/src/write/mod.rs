//! Papers and workbooks as bytes.
