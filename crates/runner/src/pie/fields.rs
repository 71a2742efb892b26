//! Reading JSON objects with fixed fields, as cairo-lang's schemas do: nothing may be missing and
//! nothing be there that has no place.

use std::borrow::Cow;

use cairo_zero_core::BuiltinName;

use super::error::{PieError, PieErrorKind};
use super::json::{Json, Object};

/// One object of a file.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) member: &'static str,
    object: &'a Object<'a>,
}

impl<'a> Fields<'a> {
    /// The object, which may have these fields alone; `what` is what it is called in an error.
    pub(crate) fn new(
        member: &'static str,
        what: &str,
        json: &'a Json<'a>,
        names: &[&str],
    ) -> Result<Self, PieError> {
        let Some(object) = json.object() else {
            return Err(PieErrorKind::malformed(member, format!("{what} is no object")).into());
        };
        match object.keys().find(|key| !names.contains(&key.as_ref())) {
            Some(key) => {
                let reason = format!("{what} has the unknown field {:?}", shortened(key));
                Err(PieErrorKind::malformed(member, reason).into())
            }
            None => Ok(Self { member, object }),
        }
    }

    pub(crate) fn optional(&self, name: &str) -> Option<&'a Json<'a>> {
        self.object.get(name)
    }

    pub(crate) fn get(&self, name: &str) -> Result<&'a Json<'a>, PieError> {
        self.optional(name).ok_or_else(|| self.wrong(format!("the field \"{name}\" is missing")))
    }

    pub(crate) fn list(&self, name: &str) -> Result<&'a [Json<'a>], PieError> {
        let list = self.get(name)?.list();
        list.ok_or_else(|| self.wrong(format!("the field \"{name}\" is no list")))
    }

    pub(crate) fn object(&self, name: &str) -> Result<&'a Object<'a>, PieError> {
        let object = self.get(name)?.object();
        object.ok_or_else(|| self.wrong(format!("the field \"{name}\" is no object")))
    }

    /// A number in `0..limit`; `check` is what the reference says of others.
    pub(crate) fn number(&self, name: &str, limit: u64, check: &str) -> Result<u64, PieError> {
        number(self.member, self.get(name)?, limit, check)
    }

    pub(crate) fn wrong(&self, reason: String) -> PieError {
        PieErrorKind::malformed(self.member, reason).into()
    }
}

/// A number in `0..limit`; `check` is what the reference says of others.
pub(crate) fn number(
    member: &'static str,
    json: &Json<'_>,
    limit: u64,
    check: &str,
) -> Result<u64, PieError> {
    let Some(number) = json.integer() else {
        return Err(PieErrorKind::malformed(member, format!("{check} Not a whole number.")).into());
    };
    let number = number.to_i128().and_then(|number| u64::try_from(number).ok());
    number.filter(|number| *number < limit).ok_or_else(|| PieErrorKind::security(check).into())
}

/// The builtin of that name. `check` is what the reference says of a text that can't be a name.
pub(crate) fn builtin(name: &str, check: &str) -> Result<BuiltinName, PieError> {
    let of_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.len() >= 1000 || !name.bytes().all(of_name) {
        return Err(PieErrorKind::security(check).into());
    }
    name.parse().map_err(|_| PieErrorKind::UnknownBuiltin(shortened(name).into_owned()).into())
}

/// The beginning of a text of unknown length.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 100;
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}…", &text[..text.floor_char_boundary(LONGEST)]))
}
