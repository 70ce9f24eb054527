//! A plan document as it was read: sections, items, commitments with their place in the text.
