//! Native hints: the trait they implement, and how an embedder adds its own.

use crate::{Context, Exception, Names};

/// A hint in native code, made for one place in a program.
pub trait NativeHint {
    /// Does what the hint's text says.
    ///
    /// # Errors
    /// What the text would raise.
    fn run(&self, context: &mut Context<'_>) -> Result<(), Exception>;
}

impl<F> NativeHint for F
where
    F: Fn(&mut Context<'_>) -> Result<(), Exception>,
{
    fn run(&self, context: &mut Context<'_>) -> Result<(), Exception> {
        self(context)
    }
}

/// Makes a native hint for hint number `hint` of a program, with its operands looked up; `None` when
/// they are not what the native code expects, so that the text itself runs and finds the error.
pub type Make = dyn Fn(&Names, u32) -> Option<Box<dyn NativeHint>>;

/// Native hints that an embedder adds, found by their exact text. Bootloader-style names that are no
/// Python work this way.
///
/// ```
/// use cairo_zero_hints::{Context, Exception, Registry};
///
/// let mut registry = Registry::new();
/// registry.add("REMEMBER_THE_STEP", |context: &mut Context<'_>| {
///     let _step = context.machine.steps();
///     Ok(())
/// });
/// ```
#[derive(Default)]
pub struct Registry {
    hints: Vec<(String, Box<Make>)>,
}

impl Registry {
    /// No hints.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `hint` wherever a program has a hint with exactly this text. It stands before the
    /// built-in table and the interpreter.
    pub fn add<F>(&mut self, text: impl Into<String>, hint: F)
    where
        F: Fn(&mut Context<'_>) -> Result<(), Exception> + Clone + 'static,
    {
        self.add_made(text, move |_, _| Some(Box::new(hint.clone())));
    }

    /// As [`Registry::add`], with the operands looked up once per place, at load.
    pub fn add_made(
        &mut self,
        text: impl Into<String>,
        make: impl Fn(&Names, u32) -> Option<Box<dyn NativeHint>> + 'static,
    ) {
        self.hints.push((text.into(), Box::new(make)));
    }

    pub(crate) fn make(&self, text: &str, names: &Names, hint: u32) -> Option<Box<dyn NativeHint>> {
        let found = self.hints.iter().find(|(known, _)| known == text)?;
        found.1(names, hint)
    }
}
