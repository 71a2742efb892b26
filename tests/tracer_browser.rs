//! The tracer's page in a Chromium: what people do there with keys and buttons.
//!
//! `make test-browser` sets `CHROMIUM`, the browser to use; without it the tests here say so and do
//! nothing.

#![expect(clippy::print_stderr, reason = "a test that is skipped must say so")]

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use cairo_zero_testkit::{Browser, root};
use serde_json::{Value, json};

/// It makes 26 steps: `main` calls a function that calls itself three times, hints print in each.
const CALLS: &str = "cairo_programs/hints/recursion_with_hints.json";
const FAILS: &str = "cairo_programs/errors/assert_in_callee.json";

fn chromium() -> Option<OsString> {
    let path = std::env::var_os("CHROMIUM").filter(|path| !path.is_empty());
    if path.is_none() {
        eprintln!("skipped: CHROMIUM names no browser (`make test-browser` sets it)");
    }
    path
}

fn cairo_run(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairo-run"));
    command.args(arguments).current_dir(root()).stderr(Stdio::null());
    command
}

/// A tracer that serves, ended with this.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Result<Self> {
        let mut command = cairo_run(&[&["--tracer", "--tracer_port", "0"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut out = BufReader::new(child.stdout.take().context("no pipe")?).lines();
        let mut server = Self { child, address: String::new() };
        while let Some(line) = out.next() {
            if let Some(address) = line?.strip_prefix("Running tracer on ") {
                address.trim().clone_into(&mut server.address);
                // What else it says is to be read, or it ends.
                std::thread::spawn(move || out.count());
                return Ok(server);
            }
        }
        bail!("{arguments:?}: no tracer was started")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The tracer's page in a browser.
struct Page {
    browser: Browser,
    /// Where everything on it may come from.
    origin: String,
    server: Option<Server>,
}

impl Page {
    /// The page of a run, from a server.
    fn served(chromium: &OsString, arguments: &[&str], size: (u32, u32)) -> Result<Self> {
        let server = Server::start(arguments)?;
        let address = server.address.clone();
        let mut origin: Vec<&str> = address.splitn(4, '/').collect();
        origin.truncate(3);
        let mut page = Self::at(chromium, &address, &origin.join("/"), size)?;
        page.server = Some(server);
        Ok(page)
    }

    /// The page of a run, from a file in `folder`.
    fn kept(chromium: &OsString, arguments: &[&str], folder: &Path) -> Result<Self> {
        let file = folder.join("page.html");
        let path = file.to_str().context("an odd folder")?;
        cairo_run(&[&["--tracer_html", path], arguments].concat())
            .stdout(Stdio::null())
            .status()?;
        let address = format!("file://{path}");
        Self::at(chromium, &address, &address, (1280, 800))
    }

    fn at(chromium: &OsString, address: &str, origin: &str, size: (u32, u32)) -> Result<Self> {
        let mut browser = Browser::start(chromium)?;
        browser.resize(size.0, size.1)?;
        browser.open(address)?;
        browser.wait("document.body.dataset.ready === 'true'")?;
        Ok(Self { browser, origin: origin.to_owned(), server: None })
    }

    fn is_at(&mut self, step: u64) -> Result<()> {
        let there = format!(
            "document.body.dataset.busy !== 'true' && document.body.dataset.step === '{step}'"
        );
        if let Err(error) = self.browser.wait(&there) {
            let shown = self.browser.evaluate(
                "[document.body.dataset.step, document.body.dataset.busy,
                  document.querySelector('#status').textContent].join(', ')",
            )?;
            return Err(error.context(format!("the page is not at step {step}, but: {shown}")));
        }
        Ok(())
    }

    /// Presses a key and waits for a step.
    fn press(&mut self, key: &str, step: u64) -> Result<()> {
        self.browser.press(key)?;
        self.is_at(step).with_context(|| format!("after the key {key}"))
    }

    /// Clicks on something and waits for a step.
    fn click(&mut self, selector: &str, step: u64) -> Result<()> {
        self.browser.click(selector)?;
        self.is_at(step).with_context(|| format!("after a click on {selector}"))
    }

    /// Waits until the text of an element holds another.
    fn shows(&mut self, selector: &str, text: &str) -> Result<()> {
        let (selector, text) = (json!(selector), json!(text));
        self.browser.wait(&format!(
            "[...document.querySelectorAll({selector})].some(e => e.textContent.includes({text}))"
        ))
    }

    /// Waits until so many elements fit a selector.
    fn has(&mut self, count: usize, selector: &str) -> Result<()> {
        let selector = json!(selector);
        self.browser.wait(&format!("document.querySelectorAll({selector}).length === {count}"))
    }

    fn go_to(&mut self, step: u64) -> Result<()> {
        self.browser.press("g")?;
        self.browser.type_text(&step.to_string())?;
        self.press("Enter", step)
    }

    /// Nothing went wrong, and nothing came from elsewhere.
    fn is_clean(&mut self) -> Result<()> {
        let problems = self.browser.problems()?;
        ensure!(problems.is_empty(), "problems on the page: {problems:#?}");
        let origin = self.origin.clone();
        for address in self.browser.requests() {
            let ours = address.starts_with(&origin) || address.starts_with("data:");
            ensure!(ours || address == "about:blank", "{address} was asked for");
        }
        ensure!(self.browser.requests().iter().any(|address| address.starts_with(&origin)));
        Ok(())
    }
}

const DESK: (u32, u32) = (1280, 800);

#[test]
fn steps_and_lines_by_keys_and_buttons() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let mut page = Page::served(&chromium, &[CALLS], DESK)?;
    page.is_at(0)?;
    page.shows("#pc", "0:12")?;
    page.has(1, "#source .line.current[data-line='20']")?;
    page.press("s", 1)?;
    page.click("#step", 2)?;
    page.shows("#pc", "0:0")?;
    page.has(1, "#source .line.current[data-line='5']")?;
    page.has(1, "#code .row.current[data-at='0:0']")?;
    page.has(2, "#stack button[data-fp]")?;
    page.press("S", 1)?;
    page.click("#step-back", 0)?;
    page.press("l", 2)?;
    page.click("#line", 3)?;
    page.has(1, "#source .line.current[data-line='11']")?;
    page.go_to(1)?;
    page.press("n", 24)?;
    page.press("N", 1)?;
    page.go_to(5)?;
    page.click("#out", 24)?;
    page.click("#first", 0)?;
    page.press("End", 26)?;
    page.press("L", 25)?;
    page.press("Home", 0)?;
    // There is nothing before the first step.
    page.press("S", 0)?;
    page.is_clean()
}

#[test]
fn a_search_leads_to_steps_and_functions() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let mut page = Page::served(&chromium, &[CALLS], DESK)?;
    page.browser.press("/")?;
    page.browser.type_text("17")?;
    page.browser.wait("document.querySelector('#results [data-kind=step]') !== null")?;
    page.click("#results [data-kind='step']", 17)?;
    page.browser
        .evaluate("document.activeElement.blur(); document.querySelector('#search').value = ''")?;
    page.press("Home", 0)?;
    page.browser.press("/")?;
    page.browser.type_text("descend")?;
    page.shows("#results button", "descend")?;
    page.click("#results button[data-at='0:0']", 2)?;
    page.browser.click("#search")?;
    page.browser.type_text("no such thing at all")?;
    page.shows("#results", "Nothing was found")?;
    page.is_clean()
}

#[test]
fn breakpoints_stop_a_run() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let mut page = Page::served(&chromium, &[CALLS], DESK)?;
    page.browser.click("#code .row[data-at='0:10'] .stop")?;
    page.has(1, "#code .row[data-at='0:10'] .stop[aria-pressed='true']")?;
    page.has(1, "#stops li")?;
    page.press("b", 18)?;
    page.click("#break", 20)?;
    page.press("B", 18)?;
    page.browser.click("#source .line[data-line='21'] .stop")?;
    page.has(2, "#stops li")?;
    page.go_to(22)?;
    page.press("b", 24)?;
    page.browser.press("b")?;
    page.shows("#status", "There is no later breakpoint")?;
    page.browser.click("#stops li .remove")?;
    page.has(1, "#stops li")?;
    page.is_clean()
}

#[test]
fn cells_know_who_wrote_them() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let mut page = Page::served(&chromium, &[CALLS], DESK)?;
    page.press("End", 26)?;
    page.browser.click("#memory tr[data-at='1:20'] .address")?;
    page.has(1, "#cell-writer [data-step='20']")?;
    page.shows("#cell-reads", "22")?;
    page.press("w", 20)?;
    page.press("End", 26)?;
    page.click("#last-write", 20)?;
    page.browser.click("#relocated")?;
    page.shows("#pc", "11")?;
    page.is_clean()
}

#[test]
fn names_hints_and_prints() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let mut page = Page::served(&chromium, &[CALLS], DESK)?;
    page.go_to(3)?;
    page.shows("#hints", "ids.below = ids.n - 1")?;
    page.shows("#printed", "n=3 fp=1:5")?;
    page.browser.click("#watch-input")?;
    page.browser.type_text("ids.n")?;
    page.browser.press("Enter")?;
    page.shows("#watches [data-expression='ids.n'] .value", "3")?;
    page.browser.evaluate("document.activeElement.blur()")?;
    page.go_to(11)?;
    page.shows("#watches [data-expression='ids.n'] .value", "1")?;
    page.is_clean()
}

#[test]
fn a_failed_run_says_why() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let pages =
        [Page::served(&chromium, &[FAILS], DESK)?, Page::kept(&chromium, &[FAILS], folder.path())?];
    for mut page in pages {
        page.is_at(11)?;
        page.shows("#error-text", "An ASSERT_EQ instruction failed: 16 != 25.")?;
        page.browser.wait("document.querySelector('#error').offsetHeight > 0")?;
        page.has(1, "#source .line.current[data-line='6']")?;
        page.has(3, "#stack button[data-fp]")?;
        page.press("S", 10)?;
        page.click("#error-go", 11)?;
        page.is_clean()?;
    }
    Ok(())
}

#[test]
fn a_page_that_is_kept_needs_no_server() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let mut page = Page::kept(&chromium, &[CALLS], folder.path())?;
    page.has(1, "body[data-mode='file']")?;
    page.browser.wait("document.querySelector('#error').offsetHeight === 0")?;
    page.press("End", 26)?;
    page.press("Home", 0)?;
    page.press("l", 2)?;
    page.browser.click("#code .row[data-at='0:10'] .stop")?;
    page.press("b", 18)?;
    page.browser.press("/")?;
    page.browser.type_text("24")?;
    page.browser.wait("document.querySelector('#results [data-kind=step]') !== null")?;
    page.click("#results [data-kind='step']", 24)?;
    page.is_clean()
}

#[test]
fn a_phone_is_wide_enough() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    for (program, next_line, steps) in [(CALLS, 2, 26), (FAILS, 3, 11)] {
        let mut page = Page::served(&chromium, &[program], (390, 844))?;
        page.press("Home", 0)?;
        for (button, step) in [("#step", 1), ("#step-back", 0), ("#line", next_line), ("#first", 0)]
        {
            page.click(button, step)?;
        }
        for button in ["#over", "#out", "#break", "#over-back", "#out-back", "#line-back"] {
            page.browser.click(button)?;
        }
        page.click("#last", steps)?;
        let width = page.browser.evaluate("document.documentElement.scrollWidth")?;
        ensure!(width == 390, "{program}: the document is {width} wide");
        let hidden = page.browser.evaluate(
            "[...document.querySelectorAll('section.pane:not([hidden]), #toolbar button, #search')]
                .map(element => [element, element.getBoundingClientRect()])
                .filter(([, box]) => box.left < 0 || box.right > 390 || box.height < 20)
                .map(([element]) => element.id)",
        )?;
        ensure!(hidden == json!([]), "{program}: can't be got at: {hidden}");
        page.browser.click("#memory tr .address")?;
        page.has(1, "#memory tr.selected")?;
        page.is_clean()?;
    }
    Ok(())
}

/// What runs if it is taken for a piece of the page.
const HOSTILE: &str = "</script><script>window.hit=1</script><img src=x onerror=window.hit=2>";

/// A program whose names, hints and sources are hostile, with an error that is, too.
fn hostile(folder: &Path) -> Result<String> {
    let location = |line: usize| {
        json!({
            "inst": {"start_line": line, "start_col": 1, "end_line": line, "end_col": 3,
                     "input_file": {"filename": format!("<b>{HOSTILE}")}},
            "hints": [], "accessible_scopes": ["__main__", format!("__main__.main{HOSTILE}")],
        })
    };
    let hint = json!([{
        "code": format!("print({:?})\nassert False, {:?}", HOSTILE, HOSTILE),
        "accessible_scopes": ["__main__"],
        "flow_tracking_data": {"ap_tracking": {"group": 0, "offset": 0}, "reference_ids": {}},
    }]);
    let program: Value = json!({
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "data": ["0x480680017fff8000", "0x1", "0x480680017fff8000", "0x2", "0x208b7fff7fff7ffe"],
        "builtins": [], "hints": {"2": hint}, "main_scope": "__main__", "attributes": [],
        "reference_manager": {"references": []},
        "identifiers": {
            "__main__.main": {"type": "function", "pc": 0, "decorators": []},
            (format!("__main__.main{HOSTILE}")): {"type": "function", "pc": 0, "decorators": []},
            (format!("__main__.label{HOSTILE}")): {"type": "label", "pc": 2},
        },
        "debug_info": {
            "file_contents": {(format!("<b>{HOSTILE}")): format!("{HOSTILE}\n{HOSTILE}\n")},
            "instruction_locations": {"0": location(1), "2": location(2), "4": location(2)},
        },
    });
    let path = folder.join("<img src=x onerror=hit=3>.json");
    std::fs::write(&path, program.to_string())?;
    Ok(path.to_str().context("an odd folder")?.to_owned())
}

#[test]
fn what_strangers_have_written_is_text() -> Result<()> {
    let Some(chromium) = chromium() else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let program = hostile(folder.path())?;
    let pages = [
        Page::served(&chromium, &[&program], DESK)?,
        Page::kept(&chromium, &[&program], folder.path())?,
    ];
    for mut page in pages {
        page.is_at(1)?;
        page.shows("#error-text", HOSTILE)?;
        for place in ["#source", "#code", "#hints", "#stack", "#printed"] {
            page.shows(place, HOSTILE)?;
        }
        page.browser.press("/")?;
        page.browser.type_text("label")?;
        page.shows("#results button", HOSTILE)?;
        page.browser.wait("window.hit === undefined && document.images.length === 0")?;
        page.has(0, "b")?;
        page.is_clean()?;
    }
    Ok(())
}
