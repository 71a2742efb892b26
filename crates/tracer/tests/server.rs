//! The server: who is answered, what, and what happens to nonsense.

mod support;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use cairo_zero_tracer::Server;
use serde_json::Value;
use support::{program, run};

/// A server at work.
struct Served {
    port: u16,
    token: String,
}

/// Serves a run while `test` looks at it.
fn serve(name: &str, test: impl FnOnce(&Served) -> Result<()>) -> Result<()> {
    let over = run(&program(name)?, false)?;
    let tracing = over.tracing()?;
    let server = Server::bind(0)?;
    let address = server.address();
    let rest = address.strip_prefix("http://127.0.0.1:").context("an odd address")?;
    let (port, token) = rest.trim_end_matches('/').split_once('/').context("no token")?;
    let served = Served { port: port.parse()?, token: token.to_owned() };
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let serving = scope.spawn(|| server.serve(&tracing, || over.load(Ordering::Relaxed)));
        let tested = test(&served);
        over.store(true, Ordering::Relaxed);
        // The server looks up when somebody connects.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, served.port)));
        let ended = serving.join().map_err(|_| anyhow::anyhow!("the server has panicked"))?;
        tested.and(Ok(ended?))
    })
}

impl Served {
    fn connect(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(stream)
    }

    /// What is answered to these bytes.
    fn send(&self, bytes: &[u8]) -> Result<String> {
        let mut stream = self.connect()?;
        stream.write_all(bytes)?;
        let mut answer = Vec::new();
        // A connection that is reset has given its answer, or none.
        let _ = stream.read_to_end(&mut answer);
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn get(&self, path: &str) -> Result<String> {
        let (port, token) = (self.port, &self.token);
        let head = format!("GET /{token}/{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        self.send(head.as_bytes())
    }

    fn json(&self, path: &str) -> Result<Value> {
        let answer = self.get(path)?;
        ensure!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").context("no body")?;
        Ok(serde_json::from_str(body)?)
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn only_those_who_know_the_address_are_answered() -> Result<()> {
    serve("errors/assert_deep.json", |served| {
        let (port, token) = (served.port, &served.token);
        ensure!(token.len() == 32, "{token}");
        let ask = |line: &str, host: &str| {
            served.send(format!("{line} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
        };
        let here = format!("127.0.0.1:{port}");
        let about = format!("/{token}/api/about");
        for host in [&here, &format!("localhost:{port}")] {
            for path in [&format!("/{token}/"), &about] {
                let answer = ask(&format!("GET {path}"), host)?;
                ensure!(status(&answer) == "200", "{answer}");
            }
        }
        for host in ["evil.example", "127.0.0.1", "", &format!("127.0.0.1:{port}.evil.example")] {
            let answer = ask(&format!("GET {about}"), host)?;
            ensure!(status(&answer) == "403" && !answer.contains("segments"), "{host}: {answer}");
        }
        let without = served.send(format!("GET {about} HTTP/1.1\r\n\r\n").as_bytes())?;
        ensure!(status(&without) == "403", "{without}");
        let other = "0".repeat(token.len());
        for path in
            ["/", "/api/about", "/favicon.ico", &format!("/{other}/"), &token[1..], &about[1..]]
        {
            let answer = ask(&format!("GET {path}"), &here)?;
            ensure!(status(&answer) == "404", "{path}: {answer}");
        }
        for method in ["POST", "PUT", "HEAD", "OPTIONS", "DELETE"] {
            let answer = ask(&format!("{method} {about}"), &here)?;
            ensure!(status(&answer) == "405", "{method}: {answer}");
        }
        Ok(())
    })
}

#[test]
fn nonsense_is_refused() -> Result<()> {
    serve("errors/assert_deep.json", |served| {
        for bytes in
            [&b"\r\n\r\n"[..], b"GET\r\n\r\n", b"\xff\x00\xfe\r\n\r\n", b"GET / HTTP/9\r\n\r\n"]
        {
            let answer = served.send(bytes)?;
            ensure!(status(&answer) == "400", "{bytes:?}: {answer}");
        }
        let long = [b"GET /".to_vec(), vec![b'a'; 1 << 16]].concat();
        let answer = served.send(&long)?;
        ensure!(answer.is_empty() || status(&answer) == "431", "{answer}");
        for question in [
            "state",
            "state?step=x",
            "state?step=-1",
            "state?step=99999999999999999999999",
            "find",
            "find?step=1&direction=up&until=line",
            "find?step=1&direction=back&until=access&cell=x",
            "memory?segment=99&from=0&count=1",
            "memory?segment=1",
            "cell?at=1",
            "cell",
            "rows",
            "source?file=1000",
            "nonsense",
            "",
            "about/",
            "../about",
        ] {
            let answer = served.get(&format!("api/{question}"))?;
            ensure!(status(&answer) == "404", "{question}: {answer}");
        }
        // Answers to extreme questions have an end, too.
        for question in [
            "state?step=18446744073709551615",
            "memory?segment=1&from=18446744073709551615&count=18446744073709551615",
            "cell?at=1:9223372036854775807",
            "cell?at=-5:-9223372036854775808",
            "rows?from=18446744073709551615&count=18446744073709551615",
            "search?text=",
            "search?text=%00",
            "find?step=18446744073709551615&direction=forward&until=over",
            "find?step=18446744073709551615&direction=back&until=line&pcs=,,,x,1:,:1",
            "names?pc=9:9",
            "constant?pc=0:0&name=....",
        ] {
            served.json(&format!("api/{question}"))?;
        }
        Ok(())
    })
}

#[test]
fn slow_clients_hold_up_nobody() -> Result<()> {
    serve("errors/assert_deep.json", |served| {
        let slow = (0..40).map(|_| {
            let mut stream = served.connect()?;
            stream.write_all(b"GET / HT")?;
            Ok(stream)
        });
        let slow = slow.collect::<Result<Vec<TcpStream>>>()?;
        let began = Instant::now();
        served.json("api/about")?;
        ensure!(began.elapsed() < Duration::from_secs(3), "it took {:?}", began.elapsed());
        for stream in slow {
            stream.shutdown(Shutdown::Both)?;
        }
        Ok(())
    })
}

#[test]
fn many_clients_get_the_same_answers() -> Result<()> {
    serve("errors/assert_deep.json", |served| {
        let questions =
            ["state?step=7", "about", "rows?from=0&count=50", "memory?segment=1&from=0&count=9"];
        let expected: Vec<Value> = questions
            .iter()
            .map(|question| served.json(&format!("api/{question}")))
            .collect::<Result<_>>()?;
        thread::scope(|scope| {
            let clients: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| -> Result<()> {
                        for (question, expected) in questions.iter().zip(&expected).cycle().take(40)
                        {
                            let answer = served.json(&format!("api/{question}"))?;
                            ensure!(answer == *expected, "{question}: {answer}");
                        }
                        Ok(())
                    })
                })
                .collect();
            for client in clients {
                client.join().map_err(|_| anyhow::anyhow!("a client has panicked"))??;
            }
            Ok(())
        })
    })
}

#[test]
fn the_page_allows_itself_nothing_else() -> Result<()> {
    serve("errors/assert_deep.json", |served| {
        let page = served.get("")?;
        let (head, body) = page.split_once("\r\n\r\n").context("no body")?;
        for header in [
            "Content-Security-Policy: default-src 'none'; script-src 'sha256-",
            "frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cache-Control: no-store",
        ] {
            ensure!(head.contains(header), "{header} is missing: {head}");
        }
        ensure!(!head.contains("unsafe"), "{head}");
        ensure!(!body.contains("http:") && !body.contains("https:") && !body.contains("//cdn"));
        Ok(())
    })
}

#[test]
fn questions_have_the_answers_that_the_page_needs() -> Result<()> {
    serve("errors/assert_deep.json", |served| {
        let about = served.json("api/about")?;
        ensure!(about["failed"] == true && about["error"].is_string(), "{about}");
        let names: Vec<&str> = about["segments"]
            .as_array()
            .context("segments")?
            .iter()
            .filter_map(|row| row["name"].as_str())
            .collect();
        ensure!(names.starts_with(&["program", "execution"]), "{names:?}");
        ensure!(about["timeline"].as_array().is_some_and(|buckets| !buckets.is_empty()));
        let last = about["steps"].as_u64().context("steps")?;
        let state = served.json(&format!("api/state?step={last}"))?;
        ensure!(state["last"] == true && state["place"]["line"] == 7, "{state}");
        let pc = state["pc"].as_str().context("pc")?;
        let names = served.json(&format!("api/names?pc={pc}"))?;
        let n = names.as_array().context("names")?.iter().find(|name| name["name"] == "n");
        let n = n.context("there is no n")?;
        let tree =
            serde_json::json!(["cell", ["cast", ["+", ["fp"], ["number", minus(3)]], "felt*"]]);
        ensure!(n["tree"] == tree, "{n}");
        let source = served.json("api/source?file=0")?;
        ensure!(source["lines"].as_array().is_some_and(|lines| lines.len() > 3), "{source}");
        let hits = served.json("api/search?text=descend")?;
        ensure!(hits[0]["kind"] == "function" && hits[0]["at"] == "0:0", "{hits}");
        let cell = served.json("api/cell?at=1:0")?;
        ensure!(cell["writer"]["by"] == "start", "{cell}");
        Ok(())
    })
}

/// `-number` as felts are written.
fn minus(number: u64) -> String {
    format!("{:#x}", -cairo_zero_core::Felt::from_u64(number))
}

#[test]
fn a_port_that_is_taken_is_named() -> Result<()> {
    let server = Server::bind(0)?;
    let address = server.address();
    let port: u16 = address
        .split([':', '/'])
        .filter_map(|part| part.parse().ok())
        .next_back()
        .context("no port")?;
    let error = Server::bind(port).err().context("the port was had twice")?.to_string();
    ensure!(error.contains(&format!("port {port}")), "{error}");
    ensure!(Server::bind(0)?.address() != address);
    Ok(())
}
