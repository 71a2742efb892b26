//! The step loop of the Cairo machine.
