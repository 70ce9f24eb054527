//! Weather of a temperate city, day by day: what falls, how warm it is, and what that does to a city.

use guancheng_base::Day;

use crate::Dice;

/// The weather of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weather {
    /// Degrees Celsius at noon.
    pub noon_c: i32,
    /// Rain in millimetres.
    pub rain_mm: i32,
    /// Snow in centimetres.
    pub snow_cm: i32,
    /// Whether there is a gale.
    pub gale: bool,
}

/// Mean noon temperature by month at 34° of latitude, and how likely it is that something falls.
const CLIMATE: [(f64, f64); 12] = [
    (5.0, 0.10),
    (9.0, 0.13),
    (15.0, 0.17),
    (22.0, 0.19),
    (27.0, 0.22),
    (32.0, 0.26),
    (32.0, 0.38),
    (30.0, 0.34),
    (26.0, 0.28),
    (21.0, 0.20),
    (13.0, 0.15),
    (7.0, 0.10),
];

impl Weather {
    /// The weather of `day` at a latitude in degrees; south of the equator the year is turned round.
    pub fn of(dice: Dice, latitude: f64, day: Day) -> Self {
        let dice = dice.at("weather");
        let (_, month, _) = day.ymd();
        let turned = if latitude < 0.0 { 6 } else { 0 };
        let month = usize::try_from(month - 1).unwrap_or(0);
        let (mean, wet) = CLIMATE.get((month + turned) % 12).copied().unwrap_or((15.0, 0.2));
        let mean = mean - (latitude.abs() - 34.0) * 0.7;
        // Fronts last three days, so that rain comes in spells.
        let front = dice.at("front").nth(i64::from(day.0.div_euclid(3))).share();
        let falls = dice.at("falls").nth(i64::from(day.0)).chance(if front < wet { 0.75 } else { wet * 0.35 });
        let today = |salt: &str| dice.at(salt).nth(i64::from(day.0));
        let noon = mean + (today("warm").share() - 0.5) * 12.0 - if falls { 4.0 } else { 0.0 };
        let amount = if falls { today("amount").wait() * 12.0 } else { 0.0 };
        let freezing = noon < 2.0;
        Weather {
            noon_c: noon as i32,
            rain_mm: if freezing { 0 } else { amount as i32 },
            snow_cm: if freezing { (amount * 0.6) as i32 } else { 0 },
            gale: today("gale").chance(0.04),
        }
    }

    /// Heavy rain: streets under water, branches down.
    pub fn storm(&self) -> bool {
        self.rain_mm >= 25
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_seasons() {
        let first = Day::parse("2025-01-01").unwrap();
        let year: Vec<Weather> = (0..365).map(|n| Weather::of(Dice::new(7), 34.7, first.plus(n))).collect();
        let mean = |days: &[Weather]| days.iter().map(|w| w.noon_c).sum::<i32>() / i32::try_from(days.len()).unwrap();
        assert!(mean(&year[180..210]) > mean(&year[..30]) + 20);
        let wet = year.iter().filter(|w| w.rain_mm + w.snow_cm > 0).count();
        assert!((40..140).contains(&wet), "{wet} wet days");
        assert!(year.iter().any(Weather::storm) && year.iter().any(|w| w.snow_cm > 0));
    }
}
