//! Cairo PIEs: opening one, running it again, and comparing it with what comes out.
#![no_main]

use std::io::Cursor;

use cairo_zero_fuzz::{finish, settings, write};
use cairo_zero_runner::{Pie, Ready};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(pie) = Pie::open(Cursor::new(data), 64 << 20) else { return };
    let Some(settings) = settings("all_cairo", false, data.len() % 2 == 0) else { return };
    if let Some(ended) = Ready::from_pie(pie, settings).ok().and_then(finish) {
        write(ended, false);
    }
});
