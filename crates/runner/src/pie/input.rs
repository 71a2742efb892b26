//! [`Pie`]: a PIE to be run again, and [`Ready::from_pie`] (`cairo_run` in cairo-lang's
//! `cairo_run.py`).

use std::io::{Read, Seek};
use std::sync::Arc;

use cairo_zero_program::Program;

use super::additional::AdditionalData;
use super::archive::{ADDITIONAL_DATA, Archive, METADATA, RESOURCES, VERSION};
use super::metadata::{self, Segments};
use super::resources::{Resources, check_version};
use super::{error::PieError, memory};
use crate::{Extent, Ready, RunError, Settings};

/// A Cairo PIE that was opened and checked, but for its memory, which is still in the file.
pub struct Pie<R> {
    archive: Archive<R>,
    program: Arc<Program>,
    main: usize,
    claim: Claim,
}

/// What a PIE says of its run.
pub(crate) struct Claim {
    pub(crate) segments: Segments,
    pub(crate) additional: AdditionalData,
    pub(crate) resources: Resources,
}

impl<R: Read + Seek> Pie<R> {
    /// Reads everything but the memory and makes the checks of the reference's
    /// `run_validity_checks`. Reading takes no more than `max_memory` bytes of memory.
    ///
    /// # Errors
    /// When the file is no PIE, or one of the checks fails.
    pub fn open(file: R, max_memory: u64) -> Result<Self, RunError> {
        Ok(Self::try_open(file, max_memory)?)
    }

    /// The program.
    pub const fn program(&self) -> &Arc<Program> {
        &self.program
    }

    fn try_open(file: R, max_memory: u64) -> Result<Self, PieError> {
        let mut archive = Archive::open(file, max_memory)?;
        if archive.has(VERSION) {
            check_version(&archive.read(VERSION)?)?;
        }
        let (stripped, segments) = metadata::read(&archive.read(METADATA)?)?;
        let resources = Resources::read(&archive.read(RESOURCES)?, &stripped.builtins)?;
        let additional = AdditionalData::read(archive.read(ADDITIONAL_DATA)?)?;
        let program = Arc::new(Program::stripped(stripped.data, stripped.builtins));
        let claim = Claim { segments, additional, resources };
        Ok(Self { archive, program, main: stripped.main, claim })
    }
}

impl Ready {
    /// Lays out the segments of a PIE and reads its memory. Where the run begins and how far it goes
    /// is what the PIE says, whatever the settings.
    ///
    /// # Errors
    /// When the layout lacks a builtin, or the memory is not one that a run could have left.
    pub fn from_pie<R: Read + Seek>(pie: Pie<R>, settings: Settings) -> Result<Self, RunError> {
        let Pie { mut archive, program, main, claim } = pie;
        let settings = Settings { extent: Extent::Steps(claim.resources.steps), ..settings };
        let secure = settings.secure;
        let sizes = claim.segments.sizes();
        let mut layout = Self::lay_out(program, settings, main)?;
        while layout.memory.segment_count() < sizes.len() {
            layout.memory.add_segment()?;
        }
        memory::read(&mut archive, &sizes, &mut layout.memory)?;
        let mut ready = layout.load(Some(claim))?;
        let machine = &mut ready.machine;
        if let Some(claim) = &ready.claim {
            claim.additional.load(&mut machine.builtins, !secure)?;
        }
        for (number, size) in (0..).zip(sizes) {
            machine.segment_sizes.insert(number, size.cast_signed());
        }
        machine.builtins.validate_existing(&machine.memory)?;
        Ok(ready)
    }
}
