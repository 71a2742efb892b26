//! Running hint texts natively: a text whose every construct and name is known becomes a small tree
//! ([`node`]), with what `ids` names stand for looked up, and is run on native objects.
//!
//! The meaning is Python's to the letter. Whatever has no meaning here, every error among them,
//! declines: what the hint has done so far is taken back, and the interpreter runs the text from its
//! start ([`run`]).

mod lower;
mod node;
mod parse;
mod run;

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use crate::{Native, NativeHint, Stop};
pub(crate) use parse::Text;

/// What is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decline;

/// A result that may be missing for reasons that the interpreter will tell.
type Got<T> = Result<T, Decline>;

/// After this many times in a row that a hint has declined it is no longer tried.
const MAX_DECLINED: u32 = 16;

/// A hint of a known text, made ready when it is first run.
struct Evaluated {
    text: Rc<Text>,
    code: OnceCell<Option<node::Code>>,
    declined: Cell<u32>,
}

/// The native hint for a text.
pub(crate) fn make(text: Rc<Text>) -> Box<dyn NativeHint> {
    Box::new(Evaluated { text, code: OnceCell::new(), declined: Cell::new(0) })
}

/// What keeps a text from being run natively, for people to read; `None` if nothing does. Its
/// `ids` names are not looked at.
#[must_use]
pub fn obstacle(source: &str) -> Option<String> {
    Text::checked(source).err()
}

impl NativeHint for Evaluated {
    fn run(&self, native: &mut Native<'_>) -> Result<(), Stop> {
        let (names, hint) = (native.names, native.hint);
        let code = self.code.get_or_init(|| self.text.lower(Some((names, hint))).ok());
        let Some(code) = code.as_ref().filter(|_| self.declined.get() < MAX_DECLINED) else {
            return Err(Stop::Decline);
        };
        match run::run(code, native) {
            Ok(()) => {
                self.declined.set(0);
                Ok(())
            }
            Err(Decline) => {
                self.declined.set(self.declined.get() + 1);
                Err(Stop::Decline)
            }
        }
    }
}
