//! Program inputs that were changed at random: reading never panics, and what another reader takes is
//! taken here, too.

use cairo_zero_hints_python::Json;

const DOCUMENT: &str = r#"{"a": [1, -2.5e3, true, null, "\u00e9\n\\", {"b": {}}], "c": 12345678901234567890123,
 "d": "text", "e": [[], [[]], ""], "f": 0.1, "g": -0, "h": 1E+2, "\ud83d\ude00": false}"#;

/// What mutations are made of.
const PIECES: [&str; 20] = [
    "{", "}", "[", "]", "\"", ":", ",", "\\u", "\\", "e", "-", ".", "0", "9", "null", "NaN", " ",
    "\n", "\u{fffd}", "1e400",
];

/// A generator of numbers that is the same each time (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn changed_documents() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut taken = 0;
    for _ in 0..60_000 {
        let mut text: Vec<char> = DOCUMENT.chars().collect();
        for _ in 0..1 + numbers.below(4) {
            if text.len() < 2 {
                break;
            }
            let at = numbers.below(text.len());
            match numbers.below(3) {
                0 => drop(text.remove(at)),
                1 => {
                    let piece = PIECES[numbers.below(PIECES.len())];
                    text.splice(at..at, piece.chars());
                }
                _ => text.truncate(at.max(1)),
            }
        }
        let text: String = text.into_iter().collect();
        let ours = Json::parse(&text);
        if let Err(error) = &ours {
            assert!(!error.to_string().is_empty());
        }
        // Lone halves of a pair are refused by the other reader, and numbers beyond a double.
        if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
            assert!(ours.is_ok(), "refused: {text}");
            taken += 1;
        }
    }
    assert!(taken > 1000, "only {taken} documents were still whole");
}

#[test]
fn nesting_and_length_are_bounded() {
    for deep in ["[", "{\"a\":", "[{\"a\":"] {
        assert!(Json::parse(&deep.repeat(200_000)).is_err());
    }
    assert!(Json::parse(&"9".repeat(4301)).is_err());
    assert!(Json::parse(&"9".repeat(4300)).is_ok());
}
