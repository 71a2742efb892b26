//! JSON texts as Python's `json.dump` writes them: everything beyond ASCII escaped.

/// Appends `text` in quotes. Bytes that are not UTF-8, as a file name may have, come out as Python's
/// `surrogateescape` makes them.
pub fn push_json_text(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    for chunk in text.utf8_chunks() {
        chunk.valid().chars().for_each(|char| push_char(out, char));
        for byte in chunk.invalid() {
            push_unit(out, 0xdc00 + u16::from(*byte));
        }
    }
    out.push(b'"');
}

fn push_char(out: &mut Vec<u8>, char: char) {
    let short = match char {
        '"' | '\\' => char as u8,
        '\n' => b'n',
        '\r' => b'r',
        '\t' => b't',
        '\u{8}' => b'b',
        '\u{c}' => b'f',
        ' '..='~' => return out.push(char as u8),
        _ => {
            let mut units = [0; 2];
            return char.encode_utf16(&mut units).iter().for_each(|unit| push_unit(out, *unit));
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

fn push_unit(out: &mut Vec<u8>, unit: u16) {
    out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::push_json_text;

    /// Printed by CPython's `json.dumps`.
    #[test]
    fn texts_of_python() {
        let json = |text: &[u8]| {
            let mut out = Vec::new();
            push_json_text(&mut out, text);
            String::from_utf8(out).unwrap_or_default()
        };
        assert_eq!(json(b"a/b c~"), r#""a/b c~""#);
        assert_eq!(
            json("\"\\\n\r\t\u{8}\u{c}\u{1f}\u{7f}".as_bytes()),
            r#""\"\\\n\r\t\b\f\u001f\u007f""#
        );
        assert_eq!(json("é€\u{1f600}".as_bytes()), r#""\u00e9\u20ac\ud83d\ude00""#);
        assert_eq!(json(b"x\xffy"), r#""x\udcffy""#);
    }
}
