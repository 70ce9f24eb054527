//! Repeatable numbers: splitmix64, seeded per use, so that one more call in one place shifts nothing elsewhere.

/// The seed of the demo city.
const SEED: u64 = 2014;

/// A stream of numbers that depends on the seed and on what it is for.
pub struct Stream(u64);

impl Stream {
    /// The stream of one purpose.
    pub fn new(purpose: &str) -> Stream {
        // FNV-1a spreads the purpose over the state.
        Stream(purpose.bytes().fold(SEED ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }

    /// A number from `from` until `until`.
    pub fn between(&mut self, from: f64, until: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        from + (until - from) * ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
