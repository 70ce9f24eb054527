//! A client for one keep-alive HTTP/1.1 connection over a plain socket: what a test or a load needs and no more.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use serde_json::Value;

/// The longest wait for an answer; a server that takes longer has failed.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// One answer.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, values as sent.
    pub headers: Vec<(String, String)>,
    /// The content.
    pub body: Vec<u8>,
}

/// One connection, and who uses it.
pub struct Client {
    addr: SocketAddr,
    stream: Option<TcpStream>,
    cookie: String,
    csrf: String,
}

/// Keys that no other request of this process has.
static KEYS: AtomicU64 = AtomicU64::new(1);

impl Client {
    /// A client that connects with its first request.
    pub fn new(addr: SocketAddr) -> Self {
        Client { addr, stream: None, cookie: String::new(), csrf: String::new() }
    }

    /// Logs in as one of the roles that a demo city offers.
    pub fn demo(addr: SocketAddr, login: &str) -> io::Result<Self> {
        let mut client = Client::new(addr);
        let answer = client.post("/api/v1/session/demo", &serde_json::json!({ "login": login }))?;
        if answer.status >= 300 {
            return Err(io::Error::other(format!("log-in of {login}: {} {}", answer.status, answer.text())));
        }
        let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        let pairs: Vec<&str> = cookies.filter_map(|(_, value)| value.split(';').next()).collect();
        client.cookie = pairs.join("; ");
        client.csrf = answer.json()["csrf"].as_str().unwrap_or_default().to_owned();
        Ok(client)
    }

    /// The same person on a connection of their own, to the same server or to one that took its place.
    pub fn again(&self, addr: SocketAddr) -> Self {
        Client { addr, stream: None, cookie: self.cookie.clone(), csrf: self.csrf.clone() }
    }

    /// Reads.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send("GET", path, "", &[])
    }

    /// Changes something, with a key of its own.
    pub fn post(&mut self, path: &str, body: &Value) -> io::Result<Answer> {
        self.send("POST", path, "application/json", body.to_string().as_bytes())
    }

    /// Uploads one file with its meta data.
    pub fn upload(&mut self, path: &str, name: &str, media: &str, content: &[u8], meta: &Value) -> io::Result<Answer> {
        let edge = "guancheng-edge-7f3a";
        let mut body = Vec::new();
        write!(body, "--{edge}\r\nContent-Disposition: form-data; name=\"meta\"\r\n")?;
        write!(body, "Content-Type: application/json\r\n\r\n{meta}\r\n--{edge}\r\n")?;
        write!(body, "Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n")?;
        write!(body, "Content-Type: {media}\r\n\r\n")?;
        body.extend_from_slice(content);
        write!(body, "\r\n--{edge}--\r\n")?;
        self.send("POST", path, &format!("multipart/form-data; boundary={edge}"), &body)
    }

    /// Sends one request and reads its answer. After a fault of the connection the next request makes a new one.
    fn send(&mut self, method: &str, path: &str, media: &str, body: &[u8]) -> io::Result<Answer> {
        let request = self.request(method, path, media, body);
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.addr)?,
        };
        stream.write_all(&request)?;
        let answer = read_answer(&mut stream)?;
        if answer.header("connection") != Some("close") {
            self.stream = Some(stream);
        }
        Ok(answer)
    }

    fn request(&self, method: &str, path: &str, media: &str, body: &[u8]) -> Vec<u8> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\n", self.addr);
        if !self.cookie.is_empty() {
            head += &format!("Cookie: {}\r\n", self.cookie);
        }
        if method != "GET" {
            let key = KEYS.fetch_add(1, Ordering::Relaxed);
            head += &format!("Idempotency-Key: {:08}-{key:08}\r\n", std::process::id());
            head += &format!("Content-Type: {media}\r\nContent-Length: {}\r\n", body.len());
            if !self.csrf.is_empty() {
                head += &format!("X-CSRF-Token: {}\r\n", self.csrf);
            }
        }
        head += "\r\n";
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        request
    }
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The content as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The content as JSON, or an error that shows what came instead.
    pub fn ok(self, doing: &str) -> io::Result<Value> {
        if self.status < 300 {
            return Ok(self.json());
        }
        Err(io::Error::other(format!("{doing}: {} {}", self.status, self.text())))
    }
}

fn connect(addr: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&addr, ANSWER_WITHIN)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(ANSWER_WITHIN))?;
    stream.set_write_timeout(Some(ANSWER_WITHIN))?;
    Ok(stream)
}

fn read_answer(stream: &mut TcpStream) -> io::Result<Answer> {
    let mut seen = Vec::with_capacity(4096);
    let head_end = loop {
        if let Some(at) = seen.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut seen)?;
    };
    let head = String::from_utf8_lossy(&seen[..head_end]).into_owned();
    let mut rest = seen.split_off(head_end + 4);
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut answer = Answer { status: status.unwrap_or(0), headers, body: Vec::new() };
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = read_chunks(stream, rest)?;
        return Ok(answer);
    }
    let length = answer.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    while rest.len() < length {
        more(stream, &mut rest)?;
    }
    answer.body = rest;
    Ok(answer)
}

fn read_chunks(stream: &mut TcpStream, mut seen: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line_end = loop {
            if let Some(at) = seen.windows(2).position(|two| two == b"\r\n") {
                break at;
            }
            more(stream, &mut seen)?;
        };
        let size = String::from_utf8_lossy(&seen[..line_end]).into_owned();
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_| io::Error::other("a chunk without a size"))?;
        let whole = line_end + 2 + size + 2;
        while seen.len() < whole {
            more(stream, &mut seen)?;
        }
        body.extend_from_slice(&seen[line_end + 2..line_end + 2 + size]);
        seen.drain(..whole);
        if size == 0 {
            return Ok(body);
        }
    }
}

fn more(stream: &mut TcpStream, seen: &mut Vec<u8>) -> io::Result<()> {
    let mut part = [0; 16 * 1024];
    match stream.read(&mut part)? {
        0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection")),
        n => {
            seen.extend_from_slice(&part[..n]);
            Ok(())
        }
    }
}
