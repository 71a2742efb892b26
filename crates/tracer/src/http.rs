//! As much of HTTP/1.1 as a page on this machine needs: requests without a body, one for each
//! connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The most bytes of a request.
const MOST_BYTES: usize = 16 << 10;

/// How long a request may take to come in.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a client may take to accept more of an answer.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);

/// A request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path, with the slash before it.
    pub(crate) path: String,
    /// What follows the question mark, with its escapes taken out.
    query: Vec<(String, String)>,
    /// The only `Host` header there is.
    pub(crate) host: Option<String>,
}

/// An answer.
pub(crate) struct Response {
    pub(crate) status: &'static str,
    pub(crate) content_type: &'static str,
    /// The content security policy, for pages.
    pub(crate) policy: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A sentence.
    pub(crate) fn text(status: &'static str, text: &str) -> Self {
        let content_type = "text/plain; charset=utf-8";
        Self { status, content_type, policy: None, body: format!("{text}\n").into_bytes() }
    }

    /// Writes it, and that the connection ends with it.
    pub(crate) fn write(&self, stream: &mut TcpStream) -> io::Result<()> {
        stream.set_write_timeout(Some(WRITE_PATIENCE))?;
        let mut head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n",
            self.status,
            self.content_type,
            self.body.len(),
        );
        let policy = self.policy.as_deref().unwrap_or("default-src 'none'");
        head.push_str(&format!(
            "Content-Security-Policy: {policy}; frame-ancestors 'none'\r\n\r\n"
        ));
        stream.write_all(head.as_bytes())?;
        stream.write_all(&self.body)?;
        stream.flush()
    }
}

impl Request {
    /// Reads a request; `Err` holds what to answer to something else.
    pub(crate) fn read(stream: &mut TcpStream) -> Result<Self, Option<Response>> {
        let deadline = Instant::now() + PATIENCE;
        let mut bytes = Vec::new();
        let mut chunk = [0; 1024];
        loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                let bad = || Some(Response::text("400 Bad Request", "This is no request."));
                return Self::parse(&bytes[..end]).ok_or_else(bad);
            }
            if bytes.len() > MOST_BYTES {
                let large = "The request is too large.";
                return Err(Some(Response::text("431 Request Header Fields Too Large", large)));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
                return Err(Some(Response::text(
                    "408 Request Timeout",
                    "The request took too long.",
                )));
            }
            match stream.read(&mut chunk) {
                Ok(0) => return Err(None),
                Ok(count) => bytes.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => {}
                Err(_) => return Err(None),
            }
        }
    }

    fn parse(head: &[u8]) -> Option<Self> {
        let head = std::str::from_utf8(head).ok()?;
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        let plain = method.bytes().all(|byte| byte.is_ascii_uppercase()) && !method.is_empty();
        if words.next().is_some() || !version.starts_with("HTTP/1.") || !plain {
            return None;
        }
        let mut hosts = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':')?;
            if name.eq_ignore_ascii_case("host") {
                hosts.push(value.trim().to_owned());
            }
        }
        // Two of them could mean one thing here and another elsewhere.
        let host = if hosts.len() == 1 { hosts.pop() } else { None };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let query = pairs.map(|(key, value)| Some((decoded(key)?, decoded(value)?)));
        let query = query.collect::<Option<_>>()?;
        Some(Self { method: method.to_owned(), path: path.to_owned(), query, host })
    }

    /// The value of a part of the query.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// The same as a number.
    pub(crate) fn number<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.value(key)?.parse().ok()
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// A text of a query without its escapes.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_taken_apart() {
        let head = b"GET /a/b?x=1%3A2&y=a+b HTTP/1.1\r\nHost: localhost:1\r\nAccept: */*";
        let request = Request::parse(head).expect("this is a request");
        assert_eq!((request.path.as_str(), request.value("x")), ("/a/b", Some("1:2")));
        assert_eq!((request.value("y"), request.value("z")), (Some("a b"), None));
        assert_eq!(request.host.as_deref(), Some("localhost:1"));
    }

    #[test]
    fn other_things_are_refused() {
        for head in [
            &b""[..],
            b"GET",
            b"GET / HTTP/2",
            b"get / HTTP/1.1",
            b"GET / HTTP/1.1 x",
            b"GET /?a=%zz HTTP/1.1",
            b"GET /?a=%ff HTTP/1.1",
            b"GET / HTTP/1.1\r\nno header",
            b"\xff\xfe / HTTP/1.1",
        ] {
            assert_eq!(Request::parse(head), None, "{}", String::from_utf8_lossy(head));
        }
        let two = Request::parse(b"GET / HTTP/1.1\r\nHost: a\r\nhost: b");
        assert_eq!(two.and_then(|request| request.host), None);
    }
}
