//! [`Page`]: the page as one text, with its style and scripts inside.

use sha2::{Digest, Sha256};

/// What the page is made of.
const HTML: &str = include_str!("../page/tracer.html");
const STYLE: &str = include_str!("../page/tracer.css");
const SCRIPTS: [&str; 8] = [
    include_str!("../page/values.js"),
    include_str!("../page/provider.js"),
    include_str!("../page/embedded.js"),
    include_str!("../page/watch.js"),
    include_str!("../page/listing.js"),
    include_str!("../page/memory.js"),
    include_str!("../page/panes.js"),
    // The last one begins.
    include_str!("../page/tracer.js"),
];

/// A whole page, with the policy that allows it nothing but its own parts.
pub(crate) struct Page {
    pub(crate) html: String,
    pub(crate) policy: String,
}

impl Page {
    /// The page that asks the server it came from.
    pub(crate) fn served() -> Self {
        Self::new("'self'", "null")
    }

    /// The page that has its data, JSON, in it.
    pub(crate) fn with_data(json: &str) -> Self {
        Self::new("'none'", json)
    }

    fn new(connections: &str, json: &str) -> Self {
        let script = format!("\"use strict\";\n{}", SCRIPTS.join("\n"));
        let policy = format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; \
             connect-src {connections}; img-src data:; base-uri 'none'; form-action 'none'",
            base64(&Sha256::digest(&script)),
            base64(&Sha256::digest(STYLE)),
        );
        let parts = [
            ("@POLICY@", policy.as_str()),
            ("@STYLE@", STYLE),
            ("@SCRIPT@", &script),
            ("@DATA@", &inert(json)),
        ];
        let mut html = String::new();
        let mut rest = HTML;
        for (mark, part) in parts {
            // Marks stand in this order, so that nothing is looked for in what was put in.
            let (before, behind) = rest.split_once(mark).unwrap_or((rest, ""));
            html.push_str(before);
            html.push_str(part);
            rest = behind;
        }
        html.push_str(rest);
        Self { html, policy }
    }
}

/// JSON that ends no script and begins no comment, whatever texts are in it.
fn inert(json: &str) -> String {
    let escaped = json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    escaped.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Bytes as base64 (RFC 4648), padded.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = bits >> (18 - 6 * at) & 63;
            let is_there = at <= chunk.len();
            text.push(if is_there { char::from(DIGITS[digit as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (bytes, text) in cases {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn scripts_can_stand_in_a_page() {
        for script in SCRIPTS {
            assert!(!script.contains("</script") && !script.contains("<!--"));
            // Programs' texts get into the page as text alone.
            for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
                assert!(!script.contains(way), "a script uses {way}");
            }
        }
        assert!(!STYLE.contains("</style") && !STYLE.contains("url("));
    }

    #[test]
    fn marks_are_there_once_and_in_order() {
        let marks = ["@POLICY@", "@STYLE@", "@SCRIPT@", "@DATA@"];
        let places: Vec<Option<usize>> = marks.iter().map(|mark| HTML.find(mark)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted());
        assert!(marks.iter().all(|mark| HTML.matches(mark).count() == 1));
    }
}
