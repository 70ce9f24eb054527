//! Every limit of the edge, by name, with the arithmetic behind it. A refusal names the limit it met.

/// JSON bodies: 256 KiB. The longest honest one is a move with 50 fields of 4,000 Chinese characters in a few of them:
/// 10 × 4,000 × 3 bytes = 120 kB, twice.
pub const JSON_BODY_BYTES: usize = 256 * 1024;

/// One uploaded file: 12 MiB. A phone's 50-megapixel JPEG is 8–11 MB; the field page shrinks photos to 0.2 MB.
pub const FILE_BYTES: usize = 12 * 1024 * 1024;

/// Files in one public report: a view of the place, a view of the matter, one detail.
pub const REPORT_FILES: usize = 3;

/// A report sent as a form: its files and 64 KiB for everything else.
pub const REPORT_BODY_BYTES: usize = REPORT_FILES * FILE_BYTES + 64 * 1024;

/// One upload: the file and 64 KiB for its meta and the multipart frame.
pub const UPLOAD_BODY_BYTES: usize = FILE_BYTES + 64 * 1024;

/// Text parts of a form: 2,000 characters of report text are at most 8,000 bytes.
pub const FORM_TEXT_BYTES: usize = 16 * 1024;

/// Rows of one page: a desk shows 40, a printed list 60; 200 rows are about 120 kB of JSON.
pub const PAGE_ROWS: u32 = 200;

/// Rows of a page where the client does not say.
pub const PAGE_ROWS_DEFAULT: u32 = 50;

/// Points of one map answer: 20,000 points are about 800 kB, what a phone draws without stutter.
pub const MAP_POINTS: usize = 20_000;

/// Rows of one CSV export: a year of one district. More is the business of `guancheng export`.
pub const EXPORT_ROWS: usize = 100_000;

/// Open event streams: each holds a socket and a queue of 8 kB; 2,000 are 16 MB. A browser opens one, whatever its tabs.
pub const EVENT_STREAMS: usize = 2_000;

/// Missed events sent on resume; a client that missed more reads everything anew (`reset`).
pub const EVENTS_RESUMED: usize = 500;

/// Events waiting for a slow stream before it is told to `reset`: at 20 changes a second, 50 seconds.
pub const EVENTS_QUEUED: usize = 1_024;

/// Public writes from one address in a minute. A family behind one router reports a handful; a call centre logs in.
pub const PUBLIC_WRITES_PER_MINUTE: u32 = 30;

/// Failed log-ins of one log-in name or one address before each further try has to wait.
pub const LOGIN_FAILURES_FREE: u32 = 5;

/// The longest wait after failed log-ins: 15 minutes. 5 tries, then doubling from 1 s: 96 tries a day are left, which
/// against the shortest allowed password is nothing.
pub const LOGIN_WAIT_MAX_MS: i64 = 15 * 60 * 1000;

/// Password hashes computed at once: each takes 19 MiB and about 30 ms of one core; two keep half the machine free.
pub const HASHES_AT_ONCE: usize = 2;

/// Addresses and log-in names remembered by the rate limits: 64 bytes each, 1.3 MB.
pub const REMEMBERED_KEYS: usize = 20_000;

/// A session ends after eight hours without a request: a shift.
pub const SESSION_IDLE_MS: i64 = 8 * 3_600_000;

/// A session ends seven days after log-in, used or not.
pub const SESSION_MAX_MS: i64 = 7 * 24 * 3_600_000;

/// Answers are kept for replay by `Idempotency-Key` for one day: a phone that was off overnight sends its queue again.
pub const IDEMPOTENCY_KEPT_MS: i64 = 24 * 3_600_000;

/// Metres within which `near` looks at most.
pub const NEAR_METRES: u32 = 2_000;

/// Cases that `near` answers with at most.
pub const NEAR_CASES: usize = 50;

/// Seconds for the head of a request to arrive, from the end of the one before; who says nothing for longer is cut off.
pub const REQUEST_HEAD_S: u64 = 60;

/// Seconds that running requests get to finish when the server stops.
pub const SHUTDOWN_GRACE_S: u64 = 10;
