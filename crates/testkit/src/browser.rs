//! A Chromium without a window, driven by the DevTools protocol over a pipe
//! (<https://chromedevtools.github.io/devtools-protocol/>).
//!
//! Messages are JSON with a zero byte behind each; Chromium has them at its descriptors 3 and 4.
//! Every wait ends after [`PATIENCE`], and Chromium goes with its [`Browser`].

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long an answer or a condition is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a condition is looked at meanwhile.
const PAUSE: Duration = Duration::from_millis(20);

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--allow-pre-commit-input",
    "--remote-debugging-pipe",
];

/// A running browser with one page.
pub struct Browser {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    last_id: u64,
    /// The page's session; empty while there is none.
    session: String,
    problems: Vec<String>,
    requests: BTreeSet<String>,
    /// What the browser keeps, gone with it.
    folder: TempDir,
}

impl Browser {
    /// Starts `chromium` with an empty page.
    ///
    /// # Errors
    /// When it can't be started or does not answer.
    pub fn start(chromium: &OsStr) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        // The shell gives the pipes the numbers that Chromium wants.
        let mut command = Command::new("sh");
        command.args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#]);
        command.arg(chromium).args(FLAGS);
        command.arg(format!("--user-data-dir={}", folder.path().join("profile").display()));
        command.arg("about:blank").env("HOME", folder.path());
        // A group of its own, so that all of it can be ended at once.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("sh can't be started")?;
        let input = child.stdin.take();
        let output = child.stdout.take().context("no pipe")?;
        let (sender, messages) = channel();
        std::thread::spawn(move || read(output, &sender));
        let mut browser = Self {
            child,
            input,
            messages,
            last_id: 0,
            session: String::new(),
            problems: Vec::new(),
            requests: BTreeSet::new(),
            folder,
        };
        browser.first_page().with_context(|| format!("{} does not start", chromium.display()))?;
        Ok(browser)
    }

    /// Takes the page that the browser starts with.
    fn first_page(&mut self) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        let page = loop {
            let targets = self.call("Target.getTargets", &json!({}))?;
            let targets = targets["targetInfos"].as_array().context("no targets")?;
            if let Some(page) = targets.iter().find(|target| target["type"] == "page") {
                break page.clone();
            }
            ensure!(Instant::now() < end, "no page is opened");
            std::thread::sleep(PAUSE);
        };
        let attach = json!({"targetId": page["targetId"], "flatten": true});
        let session = self.call("Target.attachToTarget", &attach)?;
        self.session = session["sessionId"].as_str().context("no session")?.to_owned();
        for domain in ["Page", "Runtime", "Network", "Log"] {
            self.call(&format!("{domain}.enable"), &json!({}))?;
        }
        Ok(())
    }

    /// Calls a method of the protocol; gives its result.
    ///
    /// # Errors
    /// When it fails or takes too long.
    pub fn call(&mut self, method: &str, parameters: &Value) -> Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = serde_json::to_vec(&message)?;
        bytes.push(0);
        let input = self.input.as_mut().context("no pipe")?;
        input.write_all(&bytes).and_then(|()| input.flush()).context("Chromium is gone")?;
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let mut answer = match self.messages.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => bail!("{method} takes too long"),
                Err(RecvTimeoutError::Disconnected) => bail!("Chromium ended at {method}"),
            };
            if answer["id"] == id {
                ensure!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return Ok(answer["result"].take());
            }
            self.note(&answer)?;
        }
    }

    /// Takes note of what happens on the page.
    fn note(&mut self, event: &Value) -> Result<()> {
        let of = &event["params"];
        let problem = match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => {
                let address = of["request"]["url"].as_str().unwrap_or_default();
                self.requests.insert(address.to_owned());
                return Ok(());
            }
            "Network.webSocketCreated" => {
                self.requests.insert(of["url"].as_str().unwrap_or_default().to_owned());
                return Ok(());
            }
            "Runtime.exceptionThrown" => &of["exceptionDetails"],
            "Runtime.consoleAPICalled" if of["type"] == "error" || of["type"] == "assert" => {
                &of["args"]
            }
            "Log.entryAdded" if of["entry"]["level"] == "error" => &of["entry"],
            "Page.javascriptDialogOpening" => {
                // Nothing goes on while a dialog is open. Its answer comes as another message.
                self.last_id += 1;
                let message = json!({
                    "id": self.last_id, "sessionId": self.session,
                    "method": "Page.handleJavaScriptDialog", "params": {"accept": true},
                });
                let input = self.input.as_mut().context("no pipe")?;
                input.write_all(format!("{message}\0").as_bytes())?;
                of
            }
            _ => return Ok(()),
        };
        self.problems.push(problem.to_string());
        Ok(())
    }

    /// Goes to an address and waits until the page is there.
    ///
    /// # Errors
    /// When it can't be loaded.
    pub fn open(&mut self, address: &str) -> Result<()> {
        let gone = self.call("Page.navigate", &json!({"url": address}))?;
        ensure!(gone["errorText"].is_null(), "{address}: {}", gone["errorText"]);
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'")
    }

    /// The value of an expression on the page, with what it promises waited for.
    ///
    /// # Errors
    /// When it throws.
    pub fn evaluate(&mut self, expression: &str) -> Result<Value> {
        let parameters = json!({
            "expression": expression, "returnByValue": true, "awaitPromise": true,
        });
        let mut answer = self.call("Runtime.evaluate", &parameters)?;
        let thrown = &answer["exceptionDetails"];
        ensure!(thrown.is_null(), "{expression}: {}", thrown["exception"]["description"]);
        Ok(answer["result"]["value"].take())
    }

    /// Waits until an expression on the page is true.
    ///
    /// # Errors
    /// When it does not become so, or throws.
    pub fn wait(&mut self, condition: &str) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while !self.evaluate(&format!("Boolean({condition})"))?.as_bool().unwrap_or_default() {
            if Instant::now() > end {
                bail!("this does not come true: {condition}; problems: {:?}", self.problems);
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Presses a key: a character, or a name such as `Enter` or `ArrowLeft`.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub fn press(&mut self, key: &str) -> Result<()> {
        let is_text = key.chars().count() == 1;
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "Tab" => (9, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowDown" => (40, ""),
            "Home" => (36, ""),
            "End" => (35, ""),
            "F10" => (121, ""),
            key if is_text => (u32::from(key.as_bytes()[0].to_ascii_uppercase()), key),
            key => bail!("no code is known for the key {key}"),
        };
        // A capital letter comes with the shift key held.
        let shift = if key.chars().all(char::is_uppercase) { 8 } else { 0 };
        let mut parameters = json!({
            "type": "keyDown", "key": key, "windowsVirtualKeyCode": code, "modifiers": shift,
        });
        if !text.is_empty() {
            parameters["text"] = json!(text);
        }
        self.call("Input.dispatchKeyEvent", &parameters)?;
        let released = json!({
            "type": "keyUp", "key": key, "windowsVirtualKeyCode": code, "modifiers": shift,
        });
        self.call("Input.dispatchKeyEvent", &released)?;
        Ok(())
    }

    /// Types a text into what has the focus.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub fn type_text(&mut self, text: &str) -> Result<()> {
        self.call("Input.insertText", &json!({"text": text}))?;
        Ok(())
    }

    /// Clicks in the middle of the first element that fits a selector, once there is one.
    ///
    /// # Errors
    /// When there is none, or another one covers it.
    pub fn click(&mut self, selector: &str) -> Result<()> {
        let selector = json!(selector);
        self.wait(&format!("document.querySelector({selector})"))?;
        let middle = self.evaluate(&format!(
            "(() => {{
                const element = document.querySelector({selector});
                element.scrollIntoView({{block: 'nearest', inline: 'nearest'}});
                const box = element.getBoundingClientRect();
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                const at = document.elementFromPoint(x, y);
                if (!at || !(element.contains(at) || at.contains(element))) {{
                    return 'is behind ' + (at ? at.outerHTML.slice(0, 200) : 'the edge');
                }}
                return [x, y];
            }})()"
        ))?;
        let [x, y] = middle.as_array().map_or(&[][..], Vec::as_slice) else {
            bail!("{selector} {middle}")
        };
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let parameters =
                json!({"type": kind, "x": x, "y": y, "button": button, "clickCount": 1});
            self.call("Input.dispatchMouseEvent", &parameters)?;
        }
        Ok(())
    }

    /// Gives the page a size in pixels; one of less than 600 across is a phone.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub fn resize(&mut self, width: u32, height: u32) -> Result<()> {
        let parameters = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.call("Emulation.setDeviceMetricsOverride", &parameters)?;
        Ok(())
    }

    /// Writes a picture of the page, a PNG.
    ///
    /// # Errors
    /// When it can't be made or written.
    pub fn picture(&mut self, file: &Path) -> Result<()> {
        let taken = self.call("Page.captureScreenshot", &json!({"format": "png"}))?;
        std::fs::write(file, base64(taken["data"].as_str().context("no picture")?)?)?;
        Ok(())
    }

    /// What went wrong on the pages so far: exceptions, errors on the console, dialogs, requests
    /// that failed.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn problems(&mut self) -> Result<&[String]> {
        // What happened before is noted by the time this is answered.
        self.evaluate("0")?;
        Ok(&self.problems)
    }

    /// Every address that something was fetched from.
    #[must_use]
    pub const fn requests(&self) -> &BTreeSet<String> {
        &self.requests
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The processes that draw pages end with the first one, which this makes sure of.
        drop(self.input.take());
        let group = format!("-{}", self.child.id());
        let ended =
            Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        if ended.is_err() {
            // Nothing is left to be done about it here.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(self.folder.path());
    }
}

/// Gives the messages on, until there are no more.
fn read(output: ChildStdout, to: &Sender<Value>) {
    for message in BufReader::new(output).split(0) {
        let Some(message) = message.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
        else {
            return;
        };
        if to.send(message).is_err() {
            return;
        }
    }
}

/// The bytes that a text in base 64 stands for.
fn base64(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for digit in text.bytes().filter(|digit| *digit != b'=') {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => bail!("no base 64"),
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Ok(bytes)
}
