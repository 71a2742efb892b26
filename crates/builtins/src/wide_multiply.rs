//! [`with_wide_multiply`]: long computations in the field, compiled for newer processors too.
//!
//! The instruction `mulx` of x86-64 leaves the flags alone and puts its result anywhere, which saves
//! a quarter of the instructions of a product of four limbs. Not every processor has it, so code
//! that wants it is compiled twice, and which one runs is decided then.
#![allow(unsafe_code, reason = "a function for processors with a feature is called behind a check")]

/// Runs `work`, compiled for this processor where that makes it faster. Everything that it calls and
/// that is to be compiled so has to be inlined into it.
#[inline(always)]
pub(crate) fn with_wide_multiply<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "bmi2,adx")]
        fn compiled_for_it<R>(work: impl FnOnce() -> R) -> R {
            work()
        }
        if is_x86_feature_detected!("bmi2") && is_x86_feature_detected!("adx") {
            // SAFETY: the processor has the features, which has just been checked.
            return unsafe { compiled_for_it(work) };
        }
    }
    work()
}
