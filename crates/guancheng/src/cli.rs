//! The command line as a table of types: what `--help` prints and `docs/cli.md` explains.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::settings::Settings;

/// Guancheng 管城: the platform on which a city is run.
///
/// Exit status: 0 done, 1 the answer is no (a fault, a mismatch, a broken chain), 2 wrong use.
#[derive(Parser)]
#[command(name = "guancheng", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// What there is to do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve a city: web app, API, timers
    Serve(ServeArgs),
    /// Make a demo city with some simulated days in it (once), then serve it
    Demo(DemoArgs),
    /// Prove a pack and report all its faults
    Check(CheckArgs),
    /// Write a page per procedure that an official can read aloud and sign
    Docs(DocsArgs),
    /// Working time: due dates, elapsed time, vector files
    Calendar(CalendarArgs),
    /// Points, ranks, rates: files of expected values, and bulletins recomputed
    Score(ScoreArgs),
    /// Read the yearly plan document of an authority
    Plan(PlanArgs),
    /// Cut a boundary file into unit grid cells with their 15-digit codes
    Grid(GridArgs),
    /// Bring data in: cases by a declared mapping, or an export of a whole city
    Import(ImportArgs),
    /// Write everything the city has recorded as JSON lines
    Export(ExportArgs),
    /// Simulate a city: weather, seasons, crews, lazy and eager officials
    Play(PlayArgs),
    /// Say who may log in: list people, add one, give a new password
    People(PeopleArgs),
    /// Prove that no record was altered and that the state follows from the records
    Verify(DataArgs),
    /// Copy a running city into an empty folder
    Backup(BackupArgs),
    /// Make a data folder from a backup, and verify it
    Restore(RestoreArgs),
    /// Run another pack over the recorded cases and show what would change
    Whatif(WhatifArgs),
    /// Show the settings in force and where each comes from
    Config(ConfigArgs),
}

/// Where the settings come from.
#[derive(Args)]
pub struct Place {
    /// Configuration file [default: guancheng.toml if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder with everything this city has recorded
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<String>,
    /// Folder with the declared city
    #[arg(long, global = true, value_name = "DIR")]
    pub pack: Option<String>,
}

/// `guancheng serve`.
#[derive(Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub place: Place,
    /// Address and port to serve on
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
}

/// `guancheng demo`.
#[derive(Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub place: Place,
    /// Address and port to serve on
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Simulated days before now
    #[arg(long, default_value_t = 60)]
    pub days: u32,
    /// Seed of the simulated city
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Make the city and stop, without serving it
    #[arg(long)]
    pub no_serve: bool,
}

/// `guancheng check`.
#[derive(Args)]
pub struct CheckArgs {
    /// Folder with the declared city
    pub pack: PathBuf,
    /// Print faults as JSON
    #[arg(long)]
    pub json: bool,
}

/// `guancheng docs`.
#[derive(Args)]
pub struct DocsArgs {
    /// Folder with the declared city
    pub pack: PathBuf,
    /// Folder to write the pages to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// `guancheng calendar`.
#[derive(Args)]
pub struct CalendarArgs {
    #[command(subcommand)]
    pub what: CalendarWhat,
}

/// The questions a calendar answers.
#[derive(Subcommand)]
pub enum CalendarWhat {
    /// When is it due?
    Due {
        #[command(flatten)]
        calendar: CalendarOf,
        /// Start: 2014-09-26T16:40 in the calendar's zone, a date, or RFC 3339
        #[arg(long)]
        from: String,
        /// Limit with its unit, e.g. "15 natural_day"
        #[arg(long)]
        limit: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// How much time of a unit has run between two moments?
    Elapsed {
        #[command(flatten)]
        calendar: CalendarOf,
        /// Start
        #[arg(long)]
        from: String,
        /// End
        #[arg(long)]
        to: String,
        /// Unit, e.g. work_hour
        #[arg(long)]
        unit: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Run a file of vectors, print every mismatch
    Check {
        /// File in the format of docs/clock-vectors.md
        file: PathBuf,
        /// Folder with packs, or one pack, in which the calendar is found by id
        #[arg(long, value_name = "DIR", default_value = "packs")]
        packs: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Which calendar.
#[derive(Args)]
pub struct CalendarOf {
    /// Calendar id, or a calendar file
    #[arg(long)]
    pub calendar: String,
    /// Folder with packs, or one pack, in which the calendar is found by id
    #[arg(long, value_name = "DIR", default_value = "packs")]
    pub packs: PathBuf,
}

/// `guancheng score`.
#[derive(Args)]
pub struct ScoreArgs {
    #[command(subcommand)]
    pub what: ScoreWhat,
}

/// What can be asked about scores.
#[derive(Subcommand)]
pub enum ScoreWhat {
    /// Run a file of vectors, print every mismatch
    Check {
        /// File in the format of docs/indicators.md
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Recompute the rates of a published bulletin
    Bulletin {
        /// CSV with the columns unit, accepted, filed, due, closed, on_time, or 单位, 受理, 立案, 应结案, 结案, 按期结案
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// `guancheng plan`.
#[derive(Args)]
pub struct PlanArgs {
    #[command(subcommand)]
    pub what: PlanWhat,
}

/// What can be done with a plan document.
#[derive(Subcommand)]
pub enum PlanWhat {
    /// Sections, items, offices, commitments and amounts of a .txt, .docx, .html or .pdf
    Parse {
        /// The document
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Year of the plan [default: as the document says]
        #[arg(long)]
        year: Option<i32>,
    },
}

/// `guancheng grid`.
#[derive(Args)]
pub struct GridArgs {
    /// GeoJSON with polygons; each feature carries `code` and `name`
    pub boundary: PathBuf,
    /// Coordinate system of the file: cgcs2000, wgs84, gcj02, bd09, epsg:4547, epsg:4548, epsg:4549
    #[arg(long)]
    pub crs: String,
    /// Side of a cell in metres
    #[arg(long, default_value_t = 100.0)]
    pub side: f64,
    /// GeoJSON file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// `guancheng import`.
#[derive(Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    pub what: ImportWhat,
}

/// What can be brought in.
#[derive(Subcommand)]
pub enum ImportWhat {
    /// Cases from a CSV, JSON or JSON lines file, through the kernel, at their real times
    Cases {
        #[command(flatten)]
        place: Place,
        /// Declared mapping from columns to fields
        #[arg(long, value_name = "FILE")]
        mapping: PathBuf,
        /// The data
        file: PathBuf,
        /// Write a row report (accepted, repaired, refused with reason) as CSV
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// Print the summary as JSON
        #[arg(long)]
        json: bool,
    },
    /// An export of a whole city, into an empty data folder
    City {
        #[command(flatten)]
        place: Place,
        /// JSON lines written by `guancheng export`
        file: PathBuf,
    },
}

/// `guancheng export`.
#[derive(Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub place: Place,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `guancheng play`.
#[derive(Args)]
pub struct PlayArgs {
    #[command(flatten)]
    pub place: Place,
    /// Seed: the same seed gives the same city to the bit
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Days to simulate
    #[arg(long, default_value_t = 30)]
    pub days: u32,
    /// First day
    #[arg(long, default_value = "2026-01-05")]
    pub from: String,
    /// Simulated seconds per real second; as fast as possible when absent
    #[arg(long)]
    pub speed: Option<f64>,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

/// `guancheng people`.
#[derive(Args)]
pub struct PeopleArgs {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub what: PeopleWhat,
}

/// What can be done with people.
#[derive(Subcommand)]
pub enum PeopleWhat {
    /// Everybody with their posts
    List,
    /// Add somebody in a post (or give them another), and print the password made for them
    Add {
        /// Log-in name
        #[arg(long)]
        login: String,
        /// Full name [default: the log-in name]
        #[arg(long)]
        name: Option<String>,
        /// Post declared in the pack
        #[arg(long)]
        post: String,
    },
    /// Make somebody a new password and print it
    Password {
        /// Log-in name
        #[arg(long)]
        login: String,
    },
}

/// `guancheng verify`.
#[derive(Args)]
pub struct DataArgs {
    #[command(flatten)]
    pub place: Place,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guancheng backup`.
#[derive(Args)]
pub struct BackupArgs {
    #[command(flatten)]
    pub place: Place,
    /// Empty folder to copy into
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// `guancheng restore`.
#[derive(Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    pub place: Place,
    /// Folder with the backup
    #[arg(long, value_name = "DIR")]
    pub from: PathBuf,
}

/// `guancheng whatif`.
#[derive(Args)]
pub struct WhatifArgs {
    #[command(flatten)]
    pub place: Place,
    /// The changed pack
    #[arg(long, value_name = "DIR")]
    pub with: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guancheng config`.
#[derive(Args)]
pub struct ConfigArgs {
    #[command(flatten)]
    pub place: Place,
    /// Say what each setting does and where its value comes from
    #[arg(long)]
    pub explain: bool,
}

impl Place {
    /// The settings in force: defaults, file, environment, flags.
    pub fn settings(&self, listen: Option<&str>) -> Result<Settings, String> {
        let flags = [("data", self.data.clone()), ("pack", self.pack.clone()), ("listen", listen.map(str::to_owned))];
        Settings::load(self.config.as_deref(), std::env::vars(), &flags)
    }
}
