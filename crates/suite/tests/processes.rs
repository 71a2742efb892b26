//! Runs that end in ways no program should end.

use std::error::Error;
use std::fs;
use std::num::NonZeroUsize;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cairo_zero_suite::{
    Child, ChildError, Compiler, Options, Progress, Report, Verdict, Verified, find, run,
};
use tempfile::TempDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

struct Silent;

impl Progress for Silent {
    fn done(&mut self, _: &Verified) {}
}

fn script(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}\n"))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    Ok(path)
}

/// Runs the programs of `folder` by a script instead of `cairo-run`.
fn run_by(folder: &Path, text: &str, compiler: Option<Compiler>) -> Result<Report> {
    let runner = script(folder, "runner.sh", text)?;
    let options = Options {
        runner,
        compiler,
        cache: folder.join("cache"),
        jobs: NonZeroUsize::MIN,
        timeout: Duration::from_secs(10),
        max_memory: 100,
        fail_fast: false,
        bless: None,
        check: &|_| Ok(()),
    };
    Ok(run(&find(&[folder.to_owned()])?, &options, &mut Silent))
}

fn shell(text: &str, limit: Duration) -> std::result::Result<i32, ChildError> {
    let mut child = Child::new(Path::new("/bin/sh"), Path::new("."));
    child.arguments.extend(["-c".into(), text.into()]);
    child.run(limit).map(|ended| ended.status)
}

#[test]
fn ways_to_end() {
    let limit = Duration::from_secs(20);
    assert!(matches!(shell("exit 3", limit), Ok(3)));
    assert!(matches!(shell("kill -SEGV $$", limit), Ok(-11)));
    let short = Duration::from_millis(100);
    assert!(matches!(shell("exec sleep 20", short), Err(ChildError::TimedOut(_))));
    let closed = "exec sleep 20 >&- 2>&-";
    assert!(matches!(shell(closed, short), Err(ChildError::TimedOut(_))));
    let endless = "exec cat /dev/zero";
    assert!(matches!(shell(endless, limit), Err(ChildError::PrintsTooMuch(_))));
    let missing = Child::new(Path::new("/nowhere/command"), Path::new("."));
    assert!(matches!(missing.run(limit), Err(ChildError::Io(_))));
}

#[test]
fn a_run_that_crashes_is_the_failure_of_its_program_alone() -> Result<()> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("suite.toml"), "record = ['stdout']")?;
    for name in ["bad", "good"] {
        fs::write(folder.path().join(format!("{name}.json")), "{\"data\": [], \"prime\": 0}")?;
        fs::write(folder.path().join(format!("{name}.expected")), "=== run\nstatus: 0\n")?;
    }
    let crash = "case $2 in bad*) kill -SEGV $$;; esac";
    let report = run_by(folder.path(), crash, None)?;
    let [bad, good] = &report.verified[..] else { return Err("two programs".into()) };
    assert_eq!(good.verdict, Verdict::Passed);
    let Verdict::Failed(reason) = &bad.verdict else { return Err("it passed".into()) };
    assert!(reason.starts_with("was ended by signal 11"), "{reason}");
    Ok(())
}

#[test]
fn sources_are_compiled_once_until_they_change() -> Result<()> {
    let folder = TempDir::new()?;
    let at = |name: &str| folder.path().join(name);
    fs::write(at("suite.toml"), "record = ['stdout']")?;
    fs::write(at("one.cairo"), "func main() {\n}\n")?;
    fs::write(at("module.cairo"), "")?;
    fs::write(at("one.expected"), "=== run\nstatus: 0\n")?;
    // The arguments are SOURCE --output FILE --cairo_dependencies LIST.
    let command = "[ \"$1\" = --version ] && exit 0\n\
        echo made >> made; [ -e wrong ] && { echo wrong source >&2; exit 1; }\n\
        echo '{}' > \"$3\"; printf 'SET (DEPENDENCIES\\none.cairo\\nmodule.cairo\\n)\\n' > \"$5\"";
    let compiler = script(folder.path(), "compiler.sh", command)?;
    let verdict = || -> Result<(Verdict, usize)> {
        let compiler = Compiler::new(compiler.clone(), at("cache"));
        let mut report = run_by(folder.path(), "exit 0", Some(compiler))?;
        let verdict = report.verified.pop().ok_or("no program")?.verdict;
        Ok((verdict, fs::read_to_string(at("made"))?.lines().count()))
    };
    assert_eq!(verdict()?, (Verdict::Passed, 1));
    assert_eq!(verdict()?, (Verdict::Passed, 1));
    fs::write(at("module.cairo"), "// other")?;
    assert_eq!(verdict()?, (Verdict::Passed, 2));
    fs::write(at("one.cairo"), "func main() {\n}\n// other")?;
    assert_eq!(verdict()?, (Verdict::Passed, 3));
    assert_eq!(verdict()?, (Verdict::Passed, 3));
    fs::write(at("one.cairo"), "func main() {\n}\n// wrong")?;
    fs::write(at("wrong"), "")?;
    let (Verdict::Failed(reason), _) = verdict()? else { return Err("it passed".into()) };
    assert!(reason.ends_with("ended with 1:\nwrong source"), "{reason}");
    Ok(())
}
