//! The real binary as a process: run to its end, or served until it is dropped.

use std::{
    ffi::OsStr,
    fs,
    io::{self, BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use crate::http::Client;

/// The binary that cargo built for this test or bench.
pub const BINARY: &str = env!("CARGO_BIN_EXE_guancheng");

/// The longest wait for a server to answer: a demo city is made before it serves.
const READY_WITHIN: Duration = Duration::from_secs(300);

/// How long to wait for a line of output between two looks at the health of a server.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// What a command printed, and how it ended.
pub struct Ended {
    /// Its exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The folder that holds the whole project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_owned).unwrap_or_default()
}

/// Runs the binary in the project's folder, without any setting of the caller's environment.
pub fn run<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Ended {
    let output = command(args).output().expect("the binary starts");
    Ended {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The binary with these arguments.
pub fn command<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(BINARY);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GUANCHENG_") {
            command.env_remove(name);
        }
    }
    command.current_dir(root()).args(args).stdin(Stdio::null());
    command
}

/// A server of a data folder, killed when dropped.
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    /// Where it answers.
    pub addr: SocketAddr,
    /// From its start to its first answer.
    pub started_in: Duration,
}

impl Server {
    /// Serves `data` by `pack`, and waits until it answers.
    pub fn start(data: &Path, pack: &str, settings: &[(&str, &str)]) -> io::Result<Self> {
        let began = Instant::now();
        let addr = free_address()?;
        let mut command = command(["serve", "--pack", pack, "--listen", &addr.to_string(), "--data"]);
        command.arg(data).envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let lines = listen(&mut child);
        let mut server = Server { child, lines, addr, started_in: Duration::ZERO };
        server.wait_until_ready(began)?;
        server.started_in = began.elapsed();
        Ok(server)
    }

    fn wait_until_ready(&mut self, began: Instant) -> io::Result<()> {
        let mut said = String::new();
        while began.elapsed() < READY_WITHIN {
            let mut client = Client::new(self.addr);
            if client.get("/api/v1/health").is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if let Ok(line) = self.lines.recv_timeout(LOOK_EVERY) {
                said += &line;
                said.push('\n');
            }
            if let Some(status) = self.child.try_wait()? {
                said.extend(self.lines.iter().map(|line| line + "\n"));
                return Err(io::Error::other(format!("the server ended with {status}:\n{said}")));
            }
        }
        Err(io::Error::new(io::ErrorKind::TimedOut, format!("the server does not answer:\n{said}")))
    }

    /// Ends it at once, as a power cut would: SIGKILL.
    pub fn kill(&mut self) -> io::Result<ExitStatus> {
        self.child.kill()?;
        self.child.wait()
    }

    /// Waits a moment, or for the next line that the server prints.
    pub fn moment(&self) {
        // A line ends the wait early, the end of the server at once; both are fine.
        let _line = self.lines.recv_timeout(LOOK_EVERY);
    }

    /// Memory of the process in KiB, by its name in `/proc/PID/status`: `VmRSS`, `VmHWM`.
    pub fn memory_kib(&self, name: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; either way nothing is left running.
        let _ended = self.kill();
    }
}

/// Takes what the child prints off its pipes, so that it never blocks, and hands the lines on.
fn listen(child: &mut Child) -> Receiver<String> {
    let (send, lines) = channel();
    let out = child.stdout.take().map(|out| Box::new(out) as Box<dyn io::Read + Send>);
    let err = child.stderr.take().map(|err| Box::new(err) as Box<dyn io::Read + Send>);
    for pipe in out.into_iter().chain(err) {
        let send = send.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                // Nobody may be listening any more; the pipe is read all the same.
                let _heard = send.send(line);
            }
        });
    }
    lines
}

/// An address of this machine that nobody listens on.
fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
