//! Exact numbers: a fraction of two integers. Invariant: no step rounds unless it says how, so that the same rows give
//! the same bits on every machine; what does not fit is an error, never a wrong number.

use std::{cmp::Ordering, fmt, str::FromStr};

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact {
    num: i128,
    den: i128,
}

/// What to do with what lies between two representable results. Half of it goes as the name says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rounding {
    /// 四舍五入: a half goes away from zero.
    #[default]
    HalfUp,
    /// 四舍六入五成双: a half goes to the even neighbour.
    HalfEven,
    /// 舍去: towards zero.
    Down,
}

/// Why arithmetic has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExactError {
    /// The result needs more than 127 bits.
    TooLarge,
    /// Division by zero.
    DividedByZero,
}

/// Text that is no decimal number; carries the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotANumber(pub String);

/// The result of arithmetic.
pub type Calc = Result<Exact, ExactError>;

/// Most digits after the point that a declared number may have; far below what 127 bits hold.
pub const DECIMALS_MAX: u32 = 12;

impl Exact {
    /// 0.
    pub const ZERO: Exact = Exact { num: 0, den: 1 };
    /// 1.
    pub const ONE: Exact = Exact { num: 1, den: 1 };
    /// 100, for percentages.
    pub const HUNDRED: Exact = Exact { num: 100, den: 1 };

    /// A whole number.
    pub const fn int(n: i64) -> Exact {
        Exact { num: n as i128, den: 1 }
    }

    /// `num / den` in lowest terms.
    ///
    /// # Errors
    /// `den` is zero, or a part does not fit.
    pub fn ratio(num: i128, den: i128) -> Calc {
        if den == 0 {
            return Err(ExactError::DividedByZero);
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs());
        let part = |n: i128| {
            let size = i128::try_from(n.unsigned_abs() / divisor).map_err(|_| ExactError::TooLarge)?;
            Ok(if (n < 0) == (den < 0) || n == 0 { size } else { -size })
        };
        let (num, den) = (part(num)?, part(den)?);
        Ok(Exact { num, den })
    }

    /// Reads a decimal: `66.4`, `-3`, `1e-3`.
    ///
    /// # Errors
    /// Anything else, and more digits than 127 bits hold.
    pub fn parse(text: &str) -> Result<Exact, NotANumber> {
        parse(text.trim()).ok_or_else(|| NotANumber(text.to_owned()))
    }

    /// The sum.
    pub fn plus(self, other: Exact) -> Calc {
        let shared = gcd(self.den.unsigned_abs(), other.den.unsigned_abs()) as i128;
        let (left, right) = (other.den / shared, self.den / shared);
        let num = times(self.num, left)?.checked_add(times(other.num, right)?).ok_or(ExactError::TooLarge)?;
        Exact::ratio(num, times(self.den, left)?)
    }

    /// The difference.
    pub fn minus(self, other: Exact) -> Calc {
        self.plus(other.negated())
    }

    /// The product; divides first, so that it overflows only where the result does not fit.
    pub fn times(self, other: Exact) -> Calc {
        let (a, b) = (Exact::ratio(self.num, other.den)?, Exact::ratio(other.num, self.den)?);
        Exact::ratio(times(a.num, b.num)?, times(a.den, b.den)?)
    }

    /// The quotient.
    pub fn over(self, other: Exact) -> Calc {
        self.times(Exact::ratio(other.den, other.num)?)
    }

    /// The opposite number.
    pub fn negated(self) -> Exact {
        Exact { num: -self.num, den: self.den }
    }

    /// Between `low` and `high`.
    pub fn clamped(self, low: Exact, high: Exact) -> Exact {
        self.min(high).max(low)
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.num < 0
    }

    /// Numerator and denominator in lowest terms; the denominator is positive.
    pub fn parts(self) -> (i128, i128) {
        (self.num, self.den)
    }

    /// The whole number, if it is one.
    pub fn whole(self) -> Option<i128> {
        (self.den == 1).then_some(self.num)
    }

    /// The greatest whole number that is not greater.
    pub fn floor(self) -> Exact {
        Exact { num: self.num.div_euclid(self.den), den: 1 }
    }

    /// The least whole number that is not less.
    pub fn ceil(self) -> Exact {
        self.negated().floor().negated()
    }

    /// Rounded to `decimals` digits after the point.
    ///
    /// # Errors
    /// More than [`DECIMALS_MAX`] decimals, or the result does not fit.
    pub fn rounded(self, decimals: u32, rounding: Rounding) -> Calc {
        let unit = power_of_ten(decimals)?;
        let scaled = self.times(Exact { num: unit, den: 1 })?;
        Exact::ratio(round_whole(scaled, rounding), unit)
    }

    /// How many digits after the point its decimal needs; `None` where it never ends.
    pub fn decimals(self) -> Option<u32> {
        let (mut rest, mut twos, mut fives) = (self.den, 0, 0);
        while rest % 2 == 0 {
            rest /= 2;
            twos += 1;
        }
        while rest % 5 == 0 {
            rest /= 5;
            fives += 1;
        }
        (rest == 1).then_some(twos.max(fives))
    }

    /// With exactly `decimals` digits after the point, half away from zero: `93.72`.
    pub fn fixed(self, decimals: u32) -> String {
        let decimals = decimals.min(DECIMALS_MAX);
        match self.rounded(decimals, Rounding::HalfUp) {
            Ok(rounded) => digits(rounded, decimals),
            Err(_) => self.fraction(),
        }
    }

    /// As the two whole numbers: for what is too large for a decimal.
    fn fraction(self) -> String {
        format!("{}/{}", self.num, self.den)
    }

    /// The sum of all.
    ///
    /// # Errors
    /// The sum does not fit.
    pub fn sum(numbers: impl IntoIterator<Item = Exact>) -> Calc {
        numbers.into_iter().try_fold(Exact::ZERO, Exact::plus)
    }

    /// The mean, or `None` of nothing.
    ///
    /// # Errors
    /// The sum does not fit.
    pub fn mean(numbers: &[Exact]) -> Result<Option<Exact>, ExactError> {
        if numbers.is_empty() {
            return Ok(None);
        }
        Exact::sum(numbers.iter().copied())?.over(Exact::int(numbers.len() as i64)).map(Some)
    }
}

fn times(a: i128, b: i128) -> Result<i128, ExactError> {
    a.checked_mul(b).ok_or(ExactError::TooLarge)
}

fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn power_of_ten(decimals: u32) -> Result<i128, ExactError> {
    if decimals > DECIMALS_MAX { Err(ExactError::TooLarge) } else { Ok(10_i128.pow(decimals)) }
}

fn round_whole(n: Exact, rounding: Rounding) -> i128 {
    let size = n.num.unsigned_abs();
    let den = n.den.unsigned_abs();
    let (whole, rest) = (size / den, size % den);
    let up = match rounding {
        Rounding::Down => false,
        Rounding::HalfUp => rest >= den - rest,
        Rounding::HalfEven => rest > den - rest || (rest == den - rest && whole % 2 == 1),
    };
    let whole = (whole + u128::from(up)) as i128;
    if n.num < 0 { -whole } else { whole }
}

/// The decimal of a number that has at most `decimals` digits after the point.
fn digits(n: Exact, decimals: u32) -> String {
    let unit = 10_u128.pow(decimals);
    let Some(scaled) = n.num.unsigned_abs().checked_mul((unit / n.den.unsigned_abs().max(1)).max(1)) else {
        return n.fraction();
    };
    let sign = if n.num < 0 { "-" } else { "" };
    if decimals == 0 {
        return format!("{sign}{scaled}");
    }
    format!("{sign}{}.{:0width$}", scaled / unit, scaled % unit, width = decimals as usize)
}

fn parse(text: &str) -> Option<Exact> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (sign, size) = match mantissa.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let all: String = [whole, fraction].concat();
    if whole.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) || (size.contains('.') && fraction.is_empty()) {
        return None;
    }
    let digits: i128 = all.parse().ok()?;
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let power = 10_i128.checked_pow(shift.unsigned_abs())?;
    let num = sign * digits;
    if shift < 0 { Exact::ratio(num, power).ok() } else { Exact::ratio(num.checked_mul(power)?, 1).ok() }
}

impl Default for Exact {
    fn default() -> Self {
        Exact::ZERO
    }
}

impl Ord for Exact {
    /// Euclid's way, so that it never overflows: whole parts first, then the fractions turned over.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let (left, right) = (a.floor(), b.floor());
            let order = left.num.cmp(&right.num);
            let (a_rest, b_rest) = (a.num - left.num * a.den, b.num - right.num * b.den);
            let order = match (order, a_rest == 0, b_rest == 0) {
                (Ordering::Equal, false, false) => {
                    (a, b) = (Exact { num: a.den, den: a_rest }, Exact { num: b.den, den: b_rest });
                    turned = !turned;
                    continue;
                }
                (Ordering::Equal, a_whole, b_whole) => b_whole.cmp(&a_whole),
                (order, _, _) => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Exact {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        Exact::parse(text)
    }
}

impl From<i64> for Exact {
    fn from(n: i64) -> Self {
        Exact::int(n)
    }
}

impl fmt::Display for Exact {
    /// As short as it can be: `46.4`, `50`; six digits after `≈` where the decimal never ends.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimals() {
            Some(decimals) if decimals <= DECIMALS_MAX => f.pad(&digits(*self, decimals)),
            _ => f.pad(&format!("≈{}", self.fixed(6))),
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

impl Rounding {
    /// Every way.
    pub const ALL: [Rounding; 3] = [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Rounding::HalfUp => "half_up",
            Rounding::HalfEven => "half_even",
            Rounding::Down => "down",
        }
    }
}

impl fmt::Display for ExactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ExactError::TooLarge => "the numbers are too large for exact arithmetic",
            ExactError::DividedByZero => "division by zero",
        })
    }
}

impl std::error::Error for ExactError {}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no decimal number; write it as 66.4", self.0)
    }
}

impl std::error::Error for NotANumber {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn decimals_read_back_as_written() {
        for text in ["66.4", "0", "-3", "0.05", "-0.001", "1054"] {
            assert_eq!(exact(text).to_string(), text);
        }
        assert_eq!(exact("1e-3"), exact("0.001"));
        assert_eq!(exact("70.0").to_string(), "70");
        for text in ["", ".", "1.", ".5", "1,5", "NaN", "1e", "0x1", "--1", "1e99"] {
            assert!(Exact::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_half_goes_where_it_is_declared() {
        let check = |text: &str, rounding, expect: &str| {
            assert_eq!(exact(text).rounded(1, rounding).unwrap().to_string(), expect, "{text} {rounding:?}");
        };
        check("0.25", Rounding::HalfUp, "0.3");
        check("0.25", Rounding::HalfEven, "0.2");
        check("0.35", Rounding::HalfEven, "0.4");
        check("-0.25", Rounding::HalfUp, "-0.3");
        check("-0.29", Rounding::Down, "-0.2");
    }

    #[test]
    fn what_never_ends_says_so() {
        let third = Exact::ratio(1, 3).unwrap();
        assert_eq!((third.to_string(), third.fixed(2), third.decimals()), ("≈0.333333".into(), "0.33".into(), None));
        assert_eq!(Exact::ratio(1, 0), Err(ExactError::DividedByZero));
        assert_eq!(Exact::int(i64::MAX).times(Exact::ratio(i128::MAX, 1).unwrap()), Err(ExactError::TooLarge));
        assert_eq!(Exact::mean(&[]), Ok(None));
        let huge = Exact::ratio(i128::MAX, 1).unwrap();
        assert_eq!(huge.fixed(2), format!("{}/1", i128::MAX));
        assert_eq!(huge.to_string(), i128::MAX.to_string());
        assert_eq!(huge.negated().floor().ceil(), huge.negated());
        assert!(Exact::ratio(i128::MIN, 1).is_err() && huge > Exact::ratio(1, i128::MAX).unwrap());
    }

    fn any_exact() -> impl Strategy<Value = Exact> {
        (-1_000_000_i128..1_000_000, 1_i128..100_000).prop_map(|(n, d)| Exact::ratio(n, d).unwrap())
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_cross_product(a in any_exact(), b in any_exact()) {
            prop_assert_eq!(a.cmp(&b), (a.num * b.den).cmp(&(b.num * a.den)));
        }

        #[test]
        fn what_was_added_can_be_taken_away(a in any_exact(), b in any_exact()) {
            prop_assert_eq!(a.plus(b).unwrap().minus(b).unwrap(), a);
            if b != Exact::ZERO {
                prop_assert_eq!(a.times(b).unwrap().over(b).unwrap(), a);
            }
        }

        #[test]
        fn rounding_moves_at_most_half_a_unit(a in any_exact(), decimals in 0_u32..5) {
            for rounding in Rounding::ALL {
                let off = a.rounded(decimals, rounding).unwrap().minus(a).unwrap();
                let unit = Exact::ratio(1, 10_i128.pow(decimals)).unwrap();
                let most = if rounding == Rounding::Down { unit } else { unit.over(Exact::int(2)).unwrap() };
                prop_assert!(off.max(off.negated()) <= most);
            }
        }

        #[test]
        fn the_floor_is_below(a in any_exact()) {
            prop_assert!(a.floor() <= a && a <= a.ceil());
            prop_assert!(a.ceil().minus(a.floor()).unwrap() <= Exact::ONE);
        }
    }
}
