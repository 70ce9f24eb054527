//! Dividing blocks among seeds: nearest seed, seeds moved to the middle of what they won, exclaves given to a neighbour.

use std::collections::{BTreeMap, BTreeSet};

use super::lattice::{Block, Lattice, Plan};

/// Divides among fixed seeds.
pub fn among(lattice: &Lattice, blocks: &[Block], seeds: &[Plan]) -> Vec<Vec<Block>> {
    connect(won(lattice, blocks, seeds))
}

/// Divides into `count` parts of similar size (fewer if there are fewer blocks).
pub fn evenly(lattice: &Lattice, blocks: &[Block], count: usize) -> Vec<Vec<Block>> {
    let mut seeds = spread(lattice, blocks, count.min(blocks.len()));
    for _ in 0..12 {
        seeds = won(lattice, blocks, &seeds)
            .iter()
            .zip(&seeds)
            .map(|(part, seed)| if part.is_empty() { *seed } else { middle(lattice, part) })
            .collect();
    }
    connect(won(lattice, blocks, &seeds))
}

/// The mean of the blocks' middles.
pub fn middle(lattice: &Lattice, blocks: &[Block]) -> Plan {
    let sum =
        blocks.iter().map(|block| lattice.centre(*block)).fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
    let count = blocks.len().max(1) as f64;
    (sum.0 / count, sum.1 / count)
}

fn square(a: Plan, b: Plan) -> f64 {
    (a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)
}

/// The block nearest to the middle, then always the one furthest from those taken.
fn spread(lattice: &Lattice, blocks: &[Block], count: usize) -> Vec<Plan> {
    let centres: Vec<Plan> = blocks.iter().map(|block| lattice.centre(*block)).collect();
    let mean = middle(lattice, blocks);
    let mut seeds: Vec<Plan> =
        centres.iter().copied().min_by(|a, b| square(*a, mean).total_cmp(&square(*b, mean))).into_iter().collect();
    while seeds.len() < count {
        let away = |at: &Plan| seeds.iter().map(|seed| square(*at, *seed)).fold(f64::INFINITY, f64::min);
        let Some(next) = centres.iter().copied().max_by(|a, b| away(a).total_cmp(&away(b))) else { break };
        seeds.push(next);
    }
    seeds
}

fn won(lattice: &Lattice, blocks: &[Block], seeds: &[Plan]) -> Vec<Vec<Block>> {
    let mut parts = vec![Vec::new(); seeds.len()];
    for block in blocks {
        let at = lattice.centre(*block);
        let nearest = (0..seeds.len()).min_by(|a, b| square(at, seeds[*a]).total_cmp(&square(at, seeds[*b])));
        if let Some(nearest) = nearest {
            parts[nearest].push(*block);
        }
    }
    parts
}

/// Keeps the largest connected piece of each part; the others go to the neighbour with most common streets.
fn connect(parts: Vec<Vec<Block>>) -> Vec<Vec<Block>> {
    let count = parts.len();
    let mut owner: BTreeMap<Block, usize> = BTreeMap::new();
    let mut loose = Vec::new();
    for (i, part) in parts.into_iter().enumerate() {
        let mut pieces = pieces(part);
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        let mut pieces = pieces.into_iter();
        owner.extend(pieces.next().into_iter().flatten().map(|block| (block, i)));
        loose.extend(pieces.flatten());
    }
    while !loose.is_empty() {
        let before = loose.len();
        loose.retain(|block| {
            let best = best_neighbour(*block, &owner);
            owner.extend(best.map(|part| (*block, part)));
            best.is_none()
        });
        if loose.len() == before {
            break;
        }
    }
    let mut parts = vec![Vec::new(); count];
    for (block, part) in owner {
        parts[part].push(block);
    }
    parts
}

fn best_neighbour(block: Block, owner: &BTreeMap<Block, usize>) -> Option<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for part in neighbours(block).filter_map(|near| owner.get(&near)) {
        *shared.entry(*part).or_default() += 1;
    }
    shared.into_iter().max_by_key(|(part, count)| (*count, std::cmp::Reverse(*part))).map(|(part, _)| part)
}

fn neighbours(block: Block) -> impl Iterator<Item = Block> {
    let Block { column, row } = block;
    let west = column.checked_sub(1).map(|column| Block { column, row });
    let south = row.checked_sub(1).map(|row| Block { column, row });
    let others = [Block { column: column + 1, row }, Block { column, row: row + 1 }];
    west.into_iter().chain(south).chain(others)
}

fn pieces(part: Vec<Block>) -> Vec<Vec<Block>> {
    let mut left: BTreeSet<Block> = part.into_iter().collect();
    let mut pieces = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut piece = vec![first];
        let mut next = 0;
        while let Some(block) = piece.get(next).copied() {
            next += 1;
            piece.extend(neighbours(block).filter(|near| left.remove(near)));
        }
        pieces.push(piece);
    }
    pieces
}
