//! Random numbers as a tree. Every value is a pure function of the seed and of the named path that leads to it, so one
//! more question in one place moves no answer elsewhere, and only exact arithmetic is used, so that a seed gives the
//! same city on every machine.

/// A node of the tree. Cheap to copy; asking it twice gives the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dice(u64);

/// Quantiles of the exponential distribution with mean 1 at every sixteenth; the tail is cut at 4.2.
const WAIT: [f64; 17] =
    [0.0, 0.065, 0.134, 0.208, 0.288, 0.375, 0.47, 0.575, 0.693, 0.827, 0.981, 1.163, 1.386, 1.674, 2.079, 2.773, 4.2];

/// Quantiles of the log-normal distribution with median 1 and sigma 0.6 at every sixteenth; the tails are cut.
const FACTOR: [f64; 17] =
    [0.248, 0.398, 0.501, 0.587, 0.667, 0.746, 0.826, 0.91, 1.0, 1.099, 1.211, 1.341, 1.499, 1.703, 1.994, 2.51, 4.038];

impl Dice {
    /// The root of a seed.
    pub fn new(seed: u64) -> Self {
        Dice(mix(seed))
    }

    /// The branch of that name.
    #[must_use]
    pub fn at(self, salt: &str) -> Self {
        // FNV-1a: names are short and known.
        let hash = salt
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Dice(mix(self.0 ^ hash))
    }

    /// The `n`-th branch.
    #[must_use]
    pub fn nth(self, n: i64) -> Self {
        Dice(mix(self.0 ^ mix(n.cast_unsigned() ^ 0xa5a5_5a5a_c3c3_3c3c)))
    }

    /// A number in [0, 1).
    pub fn share(self) -> f64 {
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with probability `p`.
    pub fn chance(self, p: f64) -> bool {
        self.share() < p
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).saturating_add(1).max(1);
        low.saturating_add((self.share() * span as f64) as i64)
    }

    /// One of them; `None` of none.
    pub fn pick<T>(self, from: &[T]) -> Option<&T> {
        let last = from.len().checked_sub(1)?;
        from.get(((self.share() * from.len() as f64) as usize).min(last))
    }

    /// The index of one of them, each as likely as its weight; `None` where all weigh nothing.
    pub fn weighted(self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        let mut left = self.share() * total;
        for (at, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            left -= weight;
            if left < 0.0 {
                return Some(at);
            }
        }
        weights.iter().rposition(|weight| *weight > 0.0)
    }

    /// An exponential waiting time with mean 1, at most 4.2.
    pub fn wait(self) -> f64 {
        quantile(&WAIT, self.share())
    }

    /// A factor around 1, between 0.25 and 4.
    pub fn factor(self) -> f64 {
        quantile(&FACTOR, self.share())
    }

    /// Sixteen hexadecimal digits, for codes that nobody may guess without the seed.
    pub fn code(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// The finaliser of splitmix64.
fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn quantile(table: &[f64; 17], share: f64) -> f64 {
    let at = (share * 16.0).clamp(0.0, 15.999_999);
    let low = at as usize;
    let (a, b) = (table.get(low).copied().unwrap_or(1.0), table.get(low + 1).copied().unwrap_or(1.0));
    a + (b - a) * (at - low as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(of: impl Fn(Dice) -> f64) -> f64 {
        let root = Dice::new(7);
        (0..20_000).map(|n| of(root.nth(n))).sum::<f64>() / 20_000.0
    }

    #[test]
    fn a_question_more_moves_no_answer() {
        let root = Dice::new(7);
        let before = root.at("rain").nth(3).share();
        let _another = root.at("wind").nth(3).share();
        assert_eq!(root.at("rain").nth(3).share(), before);
        assert_ne!(root.at("rain").nth(3), root.at("rain").nth(4));
        assert_ne!(Dice::new(8).at("rain"), root.at("rain"));
    }

    #[test]
    fn values_are_spread_as_they_should_be() {
        assert!((mean(Dice::share) - 0.5).abs() < 0.01);
        assert!((mean(Dice::wait) - 1.0).abs() < 0.05);
        assert!((mean(|dice| f64::from(u8::from(dice.chance(0.2)))) - 0.2).abs() < 0.01);
        let seen: Vec<i64> = (0..200).map(|n| Dice::new(1).nth(n).between(3, 5)).collect();
        assert_eq!((seen.iter().min(), seen.iter().max()), (Some(&3), Some(&5)));
    }

    #[test]
    fn weights_of_nothing_choose_nothing() {
        assert_eq!(Dice::new(1).weighted(&[0.0, 0.0]), None);
        assert_eq!(Dice::new(1).weighted(&[0.0, 2.0, 0.0]), Some(1));
        assert_eq!(Dice::new(1).pick::<u8>(&[]), None);
    }
}
