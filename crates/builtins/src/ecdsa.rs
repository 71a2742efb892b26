//! The ECDSA builtin: signatures on the STARK curve.
//!
//! An instance is a public key (an abscissa) and the hash of a message. The signature is no memory
//! cell; a hint adds it, and it is verified as soon as both cells are written.

use std::collections::BTreeMap;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_memory::{Memory, MemoryErrorKind};

use crate::builtin::as_any;
use crate::cells::{Place, behind, values};
use crate::marks::Marks;
use crate::signature::{Signature, verify_signature};
use crate::{Builtin, BuiltinError, BuiltinErrorKind};

/// Cells of an instance (`CELLS_PER_SIGNATURE` in cairo-lang's `signature/instance_def.py`).
pub(crate) const CELLS: u64 = 2;

/// The ECDSA builtin.
#[derive(Debug, Clone, Default)]
pub struct Ecdsa {
    /// By the address of the public key.
    signatures: BTreeMap<Relocatable, Signature>,
    /// The instances whose signature was verified.
    verified: Marks,
}

impl Ecdsa {
    /// Gives the signature of the instance whose public key is at `address`; `base` is the address
    /// of the builtin's first cell. A signature given before is replaced.
    ///
    /// # Errors
    /// When `address` is no address of a public key's cell.
    pub fn add_signature(
        &mut self,
        base: Relocatable,
        address: Value,
        signature: Signature,
    ) -> Result<(), BuiltinError> {
        let Value::Relocatable(at) = address else {
            return Err(MemoryErrorKind::PureAddress(address).into());
        };
        if at.segment != base.segment {
            return Err(BuiltinErrorKind::SignatureElsewhere(at).into());
        }
        if at.offset.rem_euclid(CELLS.cast_signed()) != 0 {
            return Err(BuiltinErrorKind::SignatureOfMessage(at).into());
        }
        self.signatures.insert(at, signature);
        Ok(())
    }

    /// The signatures by the addresses of their public keys, in order of address: the builtin's part
    /// of a PIE and of the AIR private input.
    #[must_use]
    pub const fn signatures(&self) -> &BTreeMap<Relocatable, Signature> {
        &self.signatures
    }

    fn verify(
        &self,
        key: (Relocatable, Value),
        hash: (Relocatable, Value),
    ) -> Result<(), BuiltinError> {
        let Value::Felt(public_key) = key.1 else {
            return Err(BuiltinErrorKind::KeyAddress { address: key.0, found: key.1 }.into());
        };
        let Value::Felt(message) = hash.1 else {
            return Err(BuiltinErrorKind::MessageAddress { address: hash.0, found: hash.1 }.into());
        };
        let signature = self.signatures.get(&key.0).ok_or(BuiltinErrorKind::NoSignature(key.0))?;
        if verify_signature(public_key, message, signature)? {
            return Ok(());
        }
        let signature = signature.clone();
        Err(BuiltinErrorKind::InvalidSignature { signature, public_key, message }.into())
    }
}

impl Builtin for Ecdsa {
    fn validate(
        &mut self,
        memory: &Memory,
        _base: Relocatable,
        address: Relocatable,
    ) -> Result<(), BuiltinError> {
        let place = Place::of(address, CELLS);
        if self.verified.contains(place.instance) {
            return Ok(());
        }
        let Some([key, hash]) = values(memory, place.first) else { return Ok(()) };
        self.verify((place.first, key), (behind(place.first, 1), hash))?;
        self.verified.insert(place.instance);
        Ok(())
    }

    as_any!();
}
