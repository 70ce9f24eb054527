//! Every limit of the store, with the arithmetic that led to it.

use std::time::Duration;

/// Write jobs that may wait. At 3,000 jobs a second a full queue is a third of a second behind.
pub const QUEUE_JOBS_MAX: usize = 1024;
/// Jobs in one commit: the first caller of a batch waits for the last one, 256 × 0.2 ms ≈ 50 ms.
pub const BATCH_JOBS_MAX: usize = 256;
/// How long a batch may collect jobs before it is committed: more than the fsync it saves, less than a person notices.
pub const BATCH_TIME_MAX: Duration = Duration::from_millis(25);
/// How long a batch may wait for those who were answered with the one before, where commits are slow.
pub const BATCH_WAIT_MAX: Duration = Duration::from_millis(2);
/// Rows of one page of a list.
pub const PAGE_ROWS_MAX: usize = 200;
/// Points of one map answer.
pub const POINTS_MAX: usize = 20_000;
/// Open cases a count finds in the desk's index before it stops and says so: 0.2 µs each, so about 50 ms.
pub const COUNT_DESK_MAX: usize = 250_000;
/// Rows a count finds in the table before it stops and says so: 2 µs each, so about 200 ms.
pub const COUNT_ROWS_MAX: usize = 100_000;
/// Matches of a text search that are looked at, newest first: 5,000 × 4 µs = 20 ms.
pub const SEARCH_ROWS_MAX: usize = 5_000;
/// Characters of a search text; longer is cut.
pub const SEARCH_CHARS_MAX: usize = 64;
/// Branches a list query may be split into (scope clauses × units) before it becomes one scan.
pub const BRANCHES_MAX: usize = 32;
/// Cases around a point that are looked at.
pub const NEAR_ROWS_MAX: usize = 20_000;
/// Radius of a search around a point, in metres.
pub const NEAR_METRES_MAX: f64 = 5_000.0;
/// Bytes of one file of evidence: a 50-megapixel photograph is about 15 MB.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Pixels of a picture that is decoded for a thumbnail: 64 MP × 3 bytes = 192 MB while it lasts.
pub const PICTURE_PIXELS_MAX: u64 = 64_000_000;
/// Longer side of a thumbnail in pixels.
pub const THUMB_PIXELS: u32 = 320;
/// Prepared statements kept per connection; there are about 120 texts and the lists' variants.
pub const STATEMENTS_KEPT: usize = 256;
/// Pages of the write-ahead log after which a commit moves them into the database: 4,096 × 4 KiB = 16 MiB.
pub const WAL_PAGES: u32 = 4_096;
