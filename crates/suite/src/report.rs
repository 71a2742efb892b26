//! [`Report`]: what came of a suite, for people, for CI services (JUnit) and for programs (JSON).

use std::io::{self, Write};
use std::time::Duration;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::json;

use crate::run::{Verdict, Verified};

/// How many of the slowest programs are listed.
const SLOWEST: usize = 5;

/// Time from which on a program is listed among the slowest.
const SLOW: Duration = Duration::from_millis(100);

/// What came of a suite.
#[derive(Debug)]
pub struct Report {
    /// The cases in their order.
    pub verified: Vec<Verified>,
    /// How long it all took.
    pub time: Duration,
}

/// Whether text has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// It has none.
    Plain,
    /// It has those of a terminal.
    Colours,
}

impl Style {
    /// `text` in the colour of this number (SGR 30 to 37).
    fn paint(self, text: &str, colour: u8) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colours => format!("\x1b[{colour}m{text}\x1b[0m"),
        }
    }
}

const RED: u8 = 31;
const GREEN: u8 = 32;
const YELLOW: u8 = 33;
const CYAN: u8 = 36;

impl Report {
    /// How many passed (answers that were recorded among them), failed, and were skipped.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for case in &self.verified {
            counts[match case.verdict {
                Verdict::Passed | Verdict::Blessed(_) => 0,
                Verdict::Failed(_) => 1,
                Verdict::Skipped(_) => 2,
            }] += 1;
        }
        counts
    }

    /// Writes it for people; the last line is `N passed, N failed, N skipped`.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_text(&self, out: &mut impl Write, style: Style) -> io::Result<()> {
        for case in &self.verified {
            match &case.verdict {
                Verdict::Passed | Verdict::Blessed(false) => {}
                Verdict::Blessed(true) => {
                    writeln!(out, "{} {}", style.paint("recorded", GREEN), case.name)?;
                }
                Verdict::Skipped(reason) => {
                    writeln!(out, "{} {}: {reason}", style.paint("skipped", YELLOW), case.name)?;
                }
                Verdict::Failed(reason) => write_failure(out, style, &case.name, reason)?,
            }
        }
        self.write_moved(out)?;
        self.write_slowest(out)?;
        let [passed, failed, skipped] = self.counts();
        writeln!(out, "{passed} passed, {failed} failed, {skipped} skipped")
    }

    /// The programs whose counts have changed.
    fn write_moved(&self, out: &mut impl Write) -> io::Result<()> {
        let steps = |case: &&Verified| case.moved.iter().any(|moved| moved.what.ends_with("steps"));
        let cases: Vec<&Verified> = self.verified.iter().filter(steps).collect();
        if cases.is_empty() {
            return Ok(());
        }
        writeln!(out, "other numbers of steps than recorded:")?;
        for case in cases {
            for moved in case.moved.iter().filter(|moved| moved.what.ends_with("steps")) {
                let change = i128::from(moved.now) - i128::from(moved.recorded);
                let (what, recorded, now) = (&moved.what, moved.recorded, moved.now);
                writeln!(out, "  {}: {what} {recorded} -> {now} ({change:+})", case.name)?;
            }
        }
        Ok(())
    }

    fn write_slowest(&self, out: &mut impl Write) -> io::Result<()> {
        let mut slow: Vec<&Verified> =
            self.verified.iter().filter(|case| case.time >= SLOW).collect();
        slow.sort_by_key(|case| std::cmp::Reverse(case.time));
        if !slow.is_empty() {
            writeln!(out, "slowest:")?;
        }
        for case in slow.iter().take(SLOWEST) {
            writeln!(out, "  {:8.3} s  {}", case.time.as_secs_f64(), case.name)?;
        }
        Ok(())
    }

    /// Writes it as JSON.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let [passed, failed, skipped] = self.counts();
        let programs = self.verified.iter().map(|case| {
            let (verdict, reason) = match &case.verdict {
                Verdict::Passed => ("passed", None),
                Verdict::Blessed(_) => ("recorded", None),
                Verdict::Failed(reason) => ("failed", Some(reason)),
                Verdict::Skipped(reason) => ("skipped", Some(reason)),
            };
            let moved = case.moved.iter().map(
                |moved| json!({"what": moved.what, "recorded": moved.recorded, "now": moved.now}),
            );
            json!({
                "name": case.name,
                "verdict": verdict,
                "reason": reason,
                "seconds": case.time.as_secs_f64(),
                "steps": case.steps,
                "moved": moved.collect::<Vec<_>>(),
            })
        });
        let report = json!({
            "passed": passed,
            "failed": failed,
            "skipped": skipped,
            "seconds": self.time.as_secs_f64(),
            "programs": programs.collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(&mut *out, &report)?;
        out.write_all(b"\n")
    }

    /// Writes it as JUnit XML: a test suite of all programs, a test case each.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_junit(&self, out: &mut dyn Write) -> io::Result<()> {
        let [_, failed, skipped] = self.counts().map(|count| count.to_string());
        let tests = self.verified.len().to_string();
        let time = seconds(self.time);
        let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let totals = [("tests", &*tests), ("failures", &failed), ("errors", "0"), ("time", &time)];
        let suites = BytesStart::new("testsuites").with_attributes(totals);
        xml.write_event(Event::Start(suites))?;
        let mut suite = BytesStart::new("testsuite").with_attributes([("name", "cairo-run suite")]);
        suite.extend_attributes(totals);
        suite.push_attribute(("skipped", &*skipped));
        xml.write_event(Event::Start(suite))?;
        for case in &self.verified {
            write_test_case(&mut xml, case)?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
        xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
        out.write_all(b"\n")
    }
}

fn write_failure(out: &mut impl Write, style: Style, name: &str, reason: &str) -> io::Result<()> {
    let mut lines = reason.trim_end().lines();
    let first = lines.next().unwrap_or_default();
    writeln!(out, "{} {name}: {}", style.paint("FAILED", RED), coloured(first, style))?;
    for line in lines {
        writeln!(out, "  {}", coloured(line, style))?;
    }
    Ok(())
}

/// A line of a diff in its colour.
fn coloured(line: &str, style: Style) -> String {
    match line.as_bytes().first() {
        Some(b'-') => style.paint(line, RED),
        Some(b'+') => style.paint(line, GREEN),
        Some(b'@') => style.paint(line, CYAN),
        _ => line.to_owned(),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

fn write_test_case<W: Write>(xml: &mut Writer<W>, case: &Verified) -> io::Result<()> {
    let name = printable(&case.name);
    let (class, test) = name.rsplit_once('/').unwrap_or(("", &name));
    let class = match class {
        "" => String::from("cairo-run"),
        class => class.replace('/', "."),
    };
    let time = seconds(case.time);
    let attributes = [("classname", &*class), ("name", test), ("time", &*time)];
    let start = BytesStart::new("testcase").with_attributes(attributes);
    let (element, reason) = match &case.verdict {
        Verdict::Passed | Verdict::Blessed(_) => return xml.write_event(Event::Empty(start)),
        Verdict::Failed(reason) => ("failure", printable(reason)),
        Verdict::Skipped(reason) => ("skipped", printable(reason)),
    };
    let message = reason.lines().next().unwrap_or_default();
    xml.write_event(Event::Start(start))?;
    let inner = BytesStart::new(element).with_attributes([("message", message)]);
    xml.write_event(Event::Start(inner))?;
    xml.write_event(Event::Text(BytesText::new(&reason)))?;
    xml.write_event(Event::End(BytesEnd::new(element)))?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

/// Text with the characters that XML can't hold replaced (XML 1.0, section 2.2).
fn printable(text: &str) -> String {
    let fits = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if fits(c) { c } else { '\u{fffd}' }).collect()
}
