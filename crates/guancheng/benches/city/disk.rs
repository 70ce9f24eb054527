//! What the disk does: how often a second it makes four kilobytes durable, one after the other.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
    time::{Duration, Instant},
};

const LONG: Duration = Duration::from_secs(2);

/// Writes and syncs, in a file that grows as a log does.
pub fn syncs_per_second(dir: &Path) -> io::Result<f64> {
    let path = dir.join("syncs");
    let mut file = File::create(&path)?;
    let page = [0x5a; 4096];
    let began = Instant::now();
    let mut syncs = 0_u32;
    while began.elapsed() < LONG {
        file.write_all(&page)?;
        file.sync_data()?;
        syncs += 1;
    }
    let rate = f64::from(syncs) / began.elapsed().as_secs_f64();
    std::fs::remove_file(&path)?;
    Ok(rate)
}
