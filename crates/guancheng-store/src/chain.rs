//! The hash chain of a city: each record's hash covers the record and the hash before it, so that no past record
//! can be changed, removed or put in between without every later hash being wrong.

use sha2::{Digest, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The hash before the first record.
pub const GENESIS: Hash = [0; 32];

/// The newest record and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its sequence; zero for an empty log.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
}

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Case(i64),
    Plan(i64),
}

/// A record as the chain sees it.
pub(crate) struct Link<'a> {
    pub(crate) seq: i64,
    pub(crate) subject: Subject,
    /// Its place among the records of its subject.
    pub(crate) own_seq: i64,
    pub(crate) at: i64,
    pub(crate) actor: &'a str,
    pub(crate) payload: &'a str,
}

impl Head {
    pub(crate) const EMPTY: Head = Head { seq: 0, hash: GENESIS };

    /// The hash of the record that follows this head.
    pub(crate) fn hash_of(&self, link: &Link<'_>) -> Hash {
        let mut sha = Sha256::new();
        // The tag keeps these hashes apart from every other use of SHA-256 on the same bytes.
        let (tag, id): (&[u8], i64) = match link.subject {
            Subject::Case(id) => (b"guancheng record 1\n", id),
            Subject::Plan(id) => (b"guancheng plan record 1\n", id),
        };
        sha.update(tag);
        sha.update(self.hash);
        for number in [link.seq, id, link.own_seq, link.at] {
            sha.update(number.to_be_bytes());
        }
        for text in [link.actor, link.payload] {
            // With its length in front no text can borrow characters from its neighbour.
            sha.update((text.len() as u64).to_be_bytes());
            sha.update(text.as_bytes());
        }
        sha.finalize().into()
    }
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_record_is_in_its_hash() {
        let link = |seq, case, own_seq, at, actor, payload| Link {
            seq,
            subject: Subject::Case(case),
            own_seq,
            at,
            actor,
            payload,
        };
        let all = [
            link(1, 1, 1, 5, "a", "bc"),
            link(2, 1, 1, 5, "a", "bc"),
            link(1, 2, 1, 5, "a", "bc"),
            link(1, 1, 2, 5, "a", "bc"),
            link(1, 1, 1, 6, "a", "bc"),
            link(1, 1, 1, 5, "ab", "c"),
            link(1, 1, 1, 5, "a", "bd"),
        ];
        let mut seen: Vec<Hash> = all.iter().map(|link| Head::EMPTY.hash_of(link)).collect();
        let plan = Link { subject: Subject::Plan(1), ..link(1, 1, 1, 5, "a", "bc") };
        seen.push(Head::EMPTY.hash_of(&plan));
        seen.push(Head { seq: 0, hash: [1; 32] }.hash_of(&all[0]));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 9);
    }

    #[test]
    fn a_hash_is_the_same_for_ever() {
        let subject = Subject::Case(7);
        let link = Link { seq: 1, subject, own_seq: 1, at: 1_411_720_200_000, actor: "person:7", payload: "{}" };
        let expected = expect_test::expect!["e24dd89afbaa16224a8b53ccefeb5cd938f045eae594d1212588a35b58051b80"];
        expected.assert_eq(&hex(&Head::EMPTY.hash_of(&link)));
    }
}
