//! [`Server`]: the page and its data on a port of this machine.

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use cairo_zero_core::Relocatable;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::error::Kind;
use crate::find::{Direction, Found, Stops, Until};
use crate::http::{Request, Response};
use crate::page::Page;
use crate::state::parse_address;
use crate::{TracerError, Tracing};

/// Connections that may be open at once: a slow client holds up nobody else.
const MOST_CONNECTIONS: usize = 256;

/// Stack of a connection's thread, in bytes.
const STACK: usize = 1 << 20;

/// Bytes of the token.
const TOKEN_BYTES: usize = 16;

/// Breakpoints that one question may name.
const MOST_STOPS: usize = 2000;

/// Rows of a listing in one answer.
const MOST_ROWS: usize = 2000;

/// A port of this machine on which a run can be looked at.
pub struct Server {
    listener: TcpListener,
    port: u16,
    token: String,
}

impl Server {
    /// Takes a port of the loopback interface; 0 is any free one.
    ///
    /// # Errors
    /// When the port is taken, or the system gives no random numbers.
    pub fn bind(port: u16) -> Result<Self, TracerError> {
        let taken = |error| Kind::Port { port, error };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(taken)?;
        let port = listener.local_addr().map_err(taken)?.port();
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes).map_err(|_| Kind::NoToken)?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { listener, port, token })
    }

    /// The address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// Answers requests until `over` says so, which is asked whenever somebody connects.
    ///
    /// # Errors
    /// When nobody can connect any more.
    pub fn serve(&self, tracing: &Tracing<'_>, over: impl Fn() -> bool) -> Result<(), TracerError> {
        let page = Page::served();
        let open = AtomicUsize::new(0);
        thread::scope(|scope| {
            let mut failures = 0;
            while !over() {
                let stream = match self.listener.accept() {
                    Ok((stream, _)) => stream,
                    Err(error) if failures > 100 => return Err(Kind::Serving(error).into()),
                    Err(_) => {
                        // A client that went away, or too many open files: those will be fewer.
                        failures += 1;
                        thread::sleep(Duration::from_millis(20));
                        continue;
                    }
                };
                failures = 0;
                let Some(place) = Place::take(&open) else { continue };
                let page = &page;
                let answer = move || {
                    let _place = place;
                    // A client that is gone needs no answer.
                    let _ = self.answer(stream, tracing, page);
                };
                // Where there can't be another thread, the client has to try again.
                drop(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, answer));
            }
            Ok(())
        })
    }

    fn answer(&self, mut stream: TcpStream, tracing: &Tracing<'_>, page: &Page) -> io::Result<()> {
        let response = match Request::read(&mut stream) {
            Ok(request) => self.response(&request, tracing, page),
            Err(Some(response)) => response,
            Err(None) => return Ok(()),
        };
        response.write(&mut stream)
    }

    fn response(&self, request: &Request, tracing: &Tracing<'_>, page: &Page) -> Response {
        // Other names for this machine are how pages of elsewhere would get here.
        let hosts = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        if !request.host.as_ref().is_some_and(|host| hosts.contains(host)) {
            return Response::text("403 Forbidden", "This is not for other hosts.");
        }
        let nothing = || Response::text("404 Not Found", "There is nothing here.");
        let inside = request.path.strip_prefix('/').and_then(|path| path.split_once('/'));
        let Some((token, path)) = inside else { return nothing() };
        if !is_same(token, &self.token) {
            return nothing();
        }
        if request.method != "GET" {
            return Response::text("405 Method Not Allowed", "Only GET is allowed.");
        }
        if path.is_empty() {
            return Response {
                status: "200 OK",
                content_type: "text/html; charset=utf-8",
                policy: Some(page.policy.clone()),
                body: page.html.clone().into_bytes(),
            };
        }
        let Some(name) = path.strip_prefix("api/") else { return nothing() };
        match asked(name, request, tracing) {
            Some(answer) => Response {
                status: "200 OK",
                content_type: "application/json",
                policy: None,
                body: answer.to_string().into_bytes(),
            },
            None => Response::text("404 Not Found", "There is no answer to this."),
        }
    }
}

/// One of the connections that may be open.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(open: &'a AtomicUsize) -> Option<Self> {
        let place = Self(open);
        (open.fetch_add(1, Ordering::Relaxed) < MOST_CONNECTIONS).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Whether two texts are the same, in a time that does not say how far they are.
fn is_same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differences == 0
}

fn json_of(value: impl Serialize) -> Option<Json> {
    serde_json::to_value(value).ok()
}

/// The answer to a question of the page; `None` if it is none, or about something that is not there.
fn asked(name: &str, request: &Request, tracing: &Tracing<'_>) -> Option<Json> {
    let text = |key| request.value(key);
    match name {
        "about" => json_of(tracing.about()),
        "state" => json_of(tracing.state(request.number("step")?)),
        "find" => Some(found(request, tracing)?),
        "memory" => json_of(tracing.window(
            request.number("segment")?,
            request.number("from")?,
            request.number("count")?,
        )?),
        "cell" => json_of(tracing.cell(parse_address(text("at")?)?)),
        "rows" => {
            let count = request.number::<usize>("count")?.min(MOST_ROWS);
            json_of(tracing.code.rows(request.number("from")?, count))
        }
        "row" => json_of(tracing.code.row_at(parse_address(text("pc")?)?.into())),
        "source" => {
            let file: u32 = request.number("file")?;
            tracing.code.files().get(file as usize)?;
            Some(json!({
                "text": tracing.code.source(file), "lines": tracing.code.entries(file),
            }))
        }
        "names" => json_of(tracing.names(parse_address(text("pc")?)?.into())),
        "constant" => json_of(tracing.constant(parse_address(text("pc")?)?.into(), text("name")?)),
        "struct" => json_of(tracing.structure(text("name")?)),
        "search" => json_of(tracing.search(text("text")?)),
        _ => None,
    }
}

/// The answer to where to go.
fn found(request: &Request, tracing: &Tracing<'_>) -> Option<Json> {
    let direction = match request.value("direction")? {
        "forward" => Direction::Forward,
        "back" => Direction::Back,
        _ => return None,
    };
    let until = match request.value("until")? {
        "line" => Until::Line,
        "over" => Until::Over,
        "out" => Until::Out,
        "break" => Until::Break,
        "access" => Until::Access(parse_address(request.value("cell")?)?),
        _ => return None,
    };
    let list = |key| -> Vec<Relocatable> {
        let texts = request.value(key).unwrap_or_default().split(',');
        texts.filter_map(parse_address).take(MOST_STOPS).collect()
    };
    let stops = Stops { pcs: list("pcs"), cells: list("cells") };
    Some(match tracing.find(request.number("step")?, direction, until, &stops) {
        Found::At(step) => json!({ "step": step }),
        Found::Nothing => json!({ "step": null }),
        Found::TooLong(step) => json!({ "step": null, "stopped_at": step }),
    })
}
