//! Cutting loops by a line of constant longitude or latitude, exactly: both sides get the same crossing points, so the
//! parts fit together without gap or overlap. Works on any valid polygon, bent or with holes.

use guancheng_base::LonLat;

/// A closed line, stored open; the inside is to the left of its edges.
pub(crate) type Loop = Vec<LonLat>;

/// Which coordinate the cutting line holds constant.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Axis {
    Lon,
    Lat,
}

impl Axis {
    fn across(self, at: LonLat) -> f64 {
        match self {
            Axis::Lon => at.lon,
            Axis::Lat => at.lat,
        }
    }

    fn along(self, at: LonLat) -> f64 {
        match self {
            Axis::Lon => at.lat,
            Axis::Lat => at.lon,
        }
    }
}

/// Loops smaller than this many square degrees (about a square centimetre) are rounding, not land.
const NOTHING_DEGREES_2: f64 = 1e-14;

struct Crossing {
    at: LonLat,
    rising: bool,
}

/// The loops below the line and those on or above it.
pub(crate) fn cut(loops: Vec<Loop>, axis: Axis, line: f64) -> (Vec<Loop>, Vec<Loop>) {
    let (mut low, mut high) = (Vec::new(), Vec::new());
    let mut crossings: Vec<Crossing> = Vec::new();
    // A chain runs from one crossing to the next on one side: (first crossing, last crossing, points between).
    let (mut low_chains, mut high_chains) = (Vec::new(), Vec::new());
    for points in loops {
        let is_high = |at: &LonLat| axis.across(*at) >= line;
        if points.iter().all(is_high) {
            high.push(points);
        } else if !points.iter().any(is_high) {
            low.push(points);
        } else {
            split(&points, axis, line, &mut crossings, &mut low_chains, &mut high_chains);
        }
    }
    let partner = pair_up(&crossings, axis);
    low.extend(join(low_chains, &crossings, &partner));
    high.extend(join(high_chains, &crossings, &partner));
    (low, high)
}

type Chain = (usize, usize, Loop);

/// Walks one loop that lies on both sides and files its chains.
fn split(
    points: &[LonLat],
    axis: Axis,
    line: f64,
    crossings: &mut Vec<Crossing>,
    low: &mut Vec<Chain>,
    high: &mut Vec<Chain>,
) {
    let is_high = |at: LonLat| axis.across(at) >= line;
    let first = crossings.len();
    let edges: Vec<(LonLat, LonLat)> = points.iter().copied().zip(points.iter().copied().cycle().skip(1)).collect();
    let Some(start) = edges.iter().position(|&(a, b)| is_high(a) != is_high(b)) else { return };
    let mut between: Loop = Vec::new();
    for &(a, b) in edges.iter().cycle().skip(start).take(edges.len()) {
        if is_high(a) != is_high(b) {
            let id = crossings.len();
            crossings.push(Crossing { at: meet(a, b, axis, line), rising: is_high(b) });
            if id > first {
                let side = if is_high(a) { &mut *high } else { &mut *low };
                side.push((id - 1, id, std::mem::take(&mut between)));
            }
        }
        between.push(b);
    }
    // The last chain closes the loop back to its first crossing.
    let last = crossings.len() - 1;
    let closing_is_high = crossings.last().is_some_and(|crossing| crossing.rising);
    let side = if closing_is_high { high } else { low };
    side.push((last, first, between));
}

/// Where an edge meets the line. Taken from the lower end, so the neighbour's copy of the edge meets it equally.
fn meet(a: LonLat, b: LonLat, axis: Axis, line: f64) -> LonLat {
    let (low, high) = if axis.across(a) < axis.across(b) { (a, b) } else { (b, a) };
    if axis.across(high) == line {
        return high;
    }
    let t = (line - axis.across(low)) / (axis.across(high) - axis.across(low));
    let along = axis.along(low) + t * (axis.along(high) - axis.along(low));
    match axis {
        Axis::Lon => LonLat { lon: line, lat: along },
        Axis::Lat => LonLat { lon: along, lat: line },
    }
}

/// For each crossing the other end of the inside stretch of the line it stands on.
fn pair_up(crossings: &[Crossing], axis: Axis) -> Vec<usize> {
    let mut order: Vec<usize> = (0..crossings.len()).collect();
    let along = |i: usize| axis.along(crossings[i].at);
    order.sort_by(|&a, &b| along(a).total_cmp(&along(b)).then(a.cmp(&b)));
    // With the inside to the left, the first crossing of a stretch falls on a parallel and rises on a meridian.
    let opens = axis == Axis::Lon;
    for i in 0..order.len() {
        let wanted = (i % 2 == 0) == opens;
        let mut j = i;
        while j < order.len() && along(order[j]) == along(order[i]) {
            if crossings[order[j]].rising == wanted {
                order.swap(i, j);
                break;
            }
            j += 1;
        }
    }
    let mut partner = vec![0; crossings.len()];
    for pair in order.chunks_exact(2) {
        if let [a, b] = *pair {
            partner[a] = b;
            partner[b] = a;
        }
    }
    partner
}

/// Joins the chains of one side along the line into loops.
fn join(chains: Vec<Chain>, crossings: &[Crossing], partner: &[usize]) -> Vec<Loop> {
    let mut by_start: Vec<Option<(usize, Loop)>> = vec![None; crossings.len()];
    for (from, to, points) in chains {
        by_start[from] = Some((to, points));
    }
    let mut loops = Vec::new();
    for start in 0..crossings.len() {
        let mut points: Loop = Vec::new();
        let mut at = start;
        while let Some((to, between)) = by_start[at].take() {
            points.push(crossings[at].at);
            points.extend(between);
            points.push(crossings[to].at);
            at = partner[to];
        }
        tidy(&mut points);
        if points.len() >= 3 && signed_degrees_2(&points).abs() > NOTHING_DEGREES_2 {
            loops.push(points);
        }
    }
    loops
}

fn tidy(points: &mut Loop) {
    points.dedup();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
}

/// Area in square degrees, positive counter-clockwise.
pub(crate) fn signed_degrees_2(points: &[LonLat]) -> f64 {
    let Some(base) = points.first() else { return 0.0 };
    let next = points.iter().cycle().skip(1);
    points
        .iter()
        .zip(next)
        .map(|(a, b)| (a.lon - base.lon) * (b.lat - base.lat) - (b.lon - base.lon) * (a.lat - base.lat))
        .sum::<f64>()
        / 2.0
}
