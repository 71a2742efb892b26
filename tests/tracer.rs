//! `--tracer` and `--tracer_html`: what they print, when they end, and that they change nothing else.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Ours, Outcome};
use serde_json::Value;

const WALK: &str = "cairo_programs/hints/walk.json";
const FAILING: &str = "cairo_programs/errors/walk.json";

fn run(arguments: &[&str]) -> Result<Outcome> {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run_with(arguments)
}

/// A run that is being shown.
struct Shown {
    child: Child,
    /// What it printed before the address.
    printed: String,
    port: u16,
    path: String,
}

impl Shown {
    fn start(arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cairo-run"));
        command.args(arguments).args(["--tracer", "--tracer_port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        let mut printed = String::new();
        loop {
            let line = lines.next().context("it has ended")??;
            if let Some(address) = line.strip_prefix("Running tracer on http://127.0.0.1:") {
                let (port, path) = address.split_once('/').context("no path")?;
                let (port, path) = (port.parse()?, format!("/{path}"));
                return Ok(Self { child, printed, port, path });
            }
            printed.push_str(&line);
            printed.push('\n');
        }
    }

    fn json(&self, question: &str) -> Result<Value> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        let (path, port) = (&self.path, self.port);
        write!(stream, "GET {path}api/{question} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no body")?;
        ensure!(head.starts_with("HTTP/1.1 200"), "{question}: {head}");
        Ok(serde_json::from_str(body)?)
    }

    /// Ends it as Ctrl-C does; its status and what it wrote to standard error.
    fn interrupt(mut self) -> Result<(i32, String)> {
        let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status()?;
        ensure!(kill.success(), "the signal was not sent");
        let mut error = String::new();
        self.child.stderr.take().context("no errors")?.read_to_string(&mut error)?;
        Ok((self.child.wait()?.code().context("a signal ended it")?, error))
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        // It is gone already where a test has come to its end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn a_run_is_shown_until_it_is_interrupted() -> Result<()> {
    let flags = [WALK, "--layout", "small", "--print_output"];
    let plain = run(&flags)?;
    let shown = Shown::start(&flags)?;
    ensure!(shown.printed == plain.stdout_text(), "{}", shown.printed);
    let about = shown.json("about")?;
    ensure!(about["title"] == "walk.json" && about["error"].is_null(), "{about}");
    ensure!(about["segments"][1]["base"].is_u64(), "{about}");
    let state = shown.json("state?step=0")?;
    ensure!(state["scope"] == "__main__.main", "{state}");
    let (status, error) = shown.interrupt()?;
    ensure!(status == 130 && error.contains("interrupted"), "{status}: {error}");
    Ok(())
}

#[test]
fn what_hints_print_is_shown_where_they_did() -> Result<()> {
    let shown = Shown::start(&[WALK, "--layout", "small"])?;
    let about = shown.json("about")?;
    ensure!(about["prints"] == 26 && about["prints_cut"] == false, "{about}");
    let mut found = Vec::new();
    for step in 0..about["steps"].as_u64().context("steps")? {
        let state = shown.json(&format!("state?step={step}"))?;
        if let Some(text) = state["printed"].as_str() {
            ensure!(!state["hints"].as_array().context("hints")?.is_empty(), "{state}");
            found.push(text.to_owned());
        }
    }
    let mut expected = vec![String::from("a point was chosen\n")];
    expected.extend((1..=25).rev().map(|n| format!("n is {n}\n")));
    ensure!(found == expected, "{found:?}");
    Ok(())
}

#[test]
fn a_run_that_fails_is_shown_with_its_error() -> Result<()> {
    let flags = [FAILING, "--layout", "small"];
    let plain = run(&flags)?;
    let shown = Shown::start(&flags)?;
    let about = shown.json("about")?;
    let error = about["error"].as_str().context("error")?;
    ensure!(error.contains("19 is no good") && error.contains("Cairo traceback"), "{error}");
    let last = about["steps"].as_u64().context("steps")?;
    let state = shown.json(&format!("state?step={last}"))?;
    ensure!(state["place"]["line"] == 27 && state["last"] == true, "{state}");
    let (status, error) = shown.interrupt()?;
    ensure!(status == 130 && error.starts_with(&plain.stderr_text()), "{status}: {error}");
    Ok(())
}

#[test]
fn ports_that_can_not_be_had() -> Result<()> {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = taken.local_addr()?.port().to_string();
    let outcome = run(&[WALK, "--layout", "small", "--tracer", "--tracer_port", &port])?;
    ensure!(outcome.status == 1, "{}", outcome.status);
    ensure!(outcome.stderr_text().contains(&format!("port {port}")), "{}", outcome.stderr_text());
    ensure!(outcome.stdout_text().is_empty(), "the run was made: {}", outcome.stdout_text());
    let without = run(&[WALK, "--layout", "small", "--tracer_port", "8100"])?;
    ensure!(without.status == 2 && without.stderr_text().contains("--tracer"));
    let large = run(&[WALK, "--layout", "small", "--tracer", "--tracer_port", "65536"])?;
    ensure!(large.status == 2, "{}", large.stderr_text());
    Ok(())
}

#[test]
fn pages_are_files_like_others() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for (program, status) in [(WALK, 0), (FAILING, 1)] {
        let path = folder.path().join("page.html");
        let file = path.to_str().context("an odd path")?;
        let plain = run(&[program, "--layout", "small"])?;
        let outcome = run(&[program, "--layout", "small", "--tracer_html", file])?;
        ensure!(outcome.status == status && outcome.stdout_text() == plain.stdout_text());
        ensure!(outcome.stderr_text() == plain.stderr_text(), "{}", outcome.stderr_text());
        let page = std::fs::read_to_string(&path)?;
        ensure!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
        let names = std::fs::read_dir(folder.path())?.count();
        ensure!(names == 1, "{names} files are there");
        std::fs::remove_file(&path)?;
    }
    Ok(())
}

#[test]
fn a_program_from_a_pie_is_shown_without_source() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("run.zip");
    let pie = path.to_str().context("an odd path")?;
    let loops = "cairo_programs/features/loop.json";
    ensure!(run(&[loops, "--cairo_pie_output", pie])?.status == 0);
    let shown = Shown::start(&["--run_from_cairo_pie", pie])?;
    let about = shown.json("about")?;
    ensure!(about["files"].as_array().is_some_and(Vec::is_empty), "{about}");
    ensure!(about["steps"].as_u64().is_some_and(|steps| steps > 5), "{about}");
    ensure!(shown.json("state?step=0")?["text"].is_string());
    Ok(())
}
