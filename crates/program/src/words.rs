//! The words of a program: lower-case hexadecimal texts, read straight into felts.

use std::fmt;

use cairo_zero_core::Felt;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

/// Why a text is no word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WordError {
    /// Not `0x` and lower-case hexadecimal digits.
    NotHex,
    /// Not below the prime.
    TooLarge,
}

/// Reads `0x` and hexadecimal digits in lower case, the form the reference insists on (`IntAsHex`
/// in its `marshmallow_dataclass_fields.py`).
pub(crate) fn parse_word(text: &str) -> Result<Felt, WordError> {
    let limbs = parse_limbs(text)?;
    Felt::from_limbs(limbs).ok_or(WordError::TooLarge)
}

/// The same, into little-endian limbs with no regard to the prime.
pub(crate) fn parse_limbs(text: &str) -> Result<[u64; 4], WordError> {
    let digits = text.as_bytes().strip_prefix(b"0x").ok_or(WordError::NotHex)?;
    let mut limbs = [0; 4];
    let mut lost = 0;
    if digits.is_empty() {
        return Err(WordError::NotHex);
    }
    for (at, chunk) in digits.rchunks(16).enumerate() {
        let mut limb = 0_u64;
        for digit in chunk {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                _ => return Err(WordError::NotHex),
            };
            limb = limb << 4 | u64::from(value);
        }
        match limbs.get_mut(at) {
            Some(slot) => *slot = limb,
            None => lost |= limb,
        }
    }
    if lost == 0 { Ok(limbs) } else { Err(WordError::TooLarge) }
}

/// A program's words as far as they could be read, and the first that could not.
#[derive(Default, Debug)]
pub(crate) struct Words {
    pub(crate) words: Vec<Felt>,
    pub(crate) bad: Option<BadWord>,
}

/// The first word of a program that is none.
#[derive(Debug)]
pub(crate) struct BadWord {
    pub(crate) index: usize,
    pub(crate) text: String,
    pub(crate) error: WordError,
}

/// One element of the list, read or kept as it is.
struct Element(Result<Felt, (String, WordError)>);

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ElementVisitor;

        impl Visitor<'_> for ElementVisitor {
            type Value = Element;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a hexadecimal text such as \"0x208b7fff7fff7ffe\"")
            }

            fn visit_str<E>(self, text: &str) -> Result<Element, E> {
                Ok(Element(parse_word(text).map_err(|error| (text.to_owned(), error))))
            }
        }

        deserializer.deserialize_str(ElementVisitor)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordsVisitor;

        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of hexadecimal texts")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
                let mut read = Words::default();
                while let Some(Element(element)) = list.next_element()? {
                    match element {
                        Ok(word) => read.words.push(word),
                        Err((text, error)) if read.bad.is_none() => {
                            read.bad = Some(BadWord { index: read.words.len(), text, error });
                        }
                        Err(_) => {}
                    }
                }
                Ok(read)
            }
        }

        deserializer.deserialize_seq(WordsVisitor)
    }
}
