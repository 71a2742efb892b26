//! Debug information of a run, as the file that `--debug_info_file` asks for: the program's, with
//! its instructions at the addresses they have in the run.
//!
//! The text is what Python's `json.dump` makes of cairo-lang's `DebugInfo`: the members in the order
//! of the classes in its `debug_info.py`, those of dictionaries in the order of the program's file.

use std::io::{self, Write};

use crate::debug_info::{RawDebugInfo, RawHintLocation, RawInstructionLocation, RawLocation};
use crate::json_text::push_json_text;
use crate::raw::RawFlow;

/// Text is passed on when it has this many bytes.
const CHUNK: usize = 1 << 16;

/// Writes `raw` with `base` added to the instructions' places.
pub(crate) fn write(raw: &RawDebugInfo, base: u64, mut out: impl Write) -> io::Result<()> {
    let mut text = Vec::from(*b"{\"instruction_locations\": {");
    for (at, (key, location)) in raw.instruction_locations.0.iter().enumerate() {
        // A place that is no number has been refused.
        let place = key.trim().parse::<u64>().unwrap_or_default().saturating_add(base);
        separate(&mut text, at);
        push_json_text(&mut text, place.to_string().as_bytes());
        text.extend_from_slice(b": ");
        push_instruction(&mut text, location);
        if text.len() >= CHUNK {
            out.write_all(&text)?;
            text.clear();
        }
    }
    text.extend_from_slice(b"}, \"file_contents\": {");
    for (at, (name, contents)) in raw.file_contents.0.iter().enumerate() {
        separate(&mut text, at);
        push_json_text(&mut text, name.as_bytes());
        text.extend_from_slice(b": ");
        push_json_text(&mut text, contents.as_bytes());
    }
    text.extend_from_slice(b"}}");
    out.write_all(&text)
}

fn separate(text: &mut Vec<u8>, at: usize) {
    if at > 0 {
        text.extend_from_slice(b", ");
    }
}

fn push(text: &mut Vec<u8>, what: &str) {
    text.extend_from_slice(what.as_bytes());
}

fn push_instruction(text: &mut Vec<u8>, location: &RawInstructionLocation) {
    push(text, "{\"inst\": ");
    push_location(text, &location.inst);
    push(text, ", \"hints\": [");
    for (at, hint) in location.hints.iter().enumerate() {
        separate(text, at);
        match hint {
            None => push(text, "null"),
            Some(RawHintLocation { location, n_prefix_newlines }) => {
                push(text, "{\"location\": ");
                push_location(text, location);
                push(text, &format!(", \"n_prefix_newlines\": {}}}", n_prefix_newlines.0));
            }
        }
    }
    push(text, "], \"accessible_scopes\": [");
    for (at, scope) in location.accessible_scopes.iter().enumerate() {
        separate(text, at);
        push_json_text(text, scope.as_bytes());
    }
    push(text, "], \"flow_tracking_data\": ");
    match &location.flow_tracking_data {
        None => push(text, "null"),
        Some(RawFlow { ap_tracking, reference_ids }) => {
            let (group, offset) = (ap_tracking.group.0, ap_tracking.offset.0);
            push(text, &format!("{{\"ap_tracking\": {{\"group\": {group}, \"offset\": {offset}}}"));
            push(text, ", \"reference_ids\": {");
            for (at, (name, number)) in reference_ids.0.iter().enumerate() {
                separate(text, at);
                push_json_text(text, name.as_bytes());
                push(text, &format!(": {}", number.0));
            }
            push(text, "}}");
        }
    }
    push(text, "}");
}

fn push_location(text: &mut Vec<u8>, location: &RawLocation) {
    let RawLocation { start_line, start_col, end_line, end_col, input_file, parent_location } =
        location;
    push(
        text,
        &format!(
            "{{\"start_line\": {}, \"start_col\": {}, \"end_line\": {}, \"end_col\": {}, \
             \"input_file\": {{\"filename\": ",
            start_line.0, start_col.0, end_line.0, end_col.0
        ),
    );
    match &input_file.filename {
        None => push(text, "null"),
        Some(name) => push_json_text(text, name.as_bytes()),
    }
    push(text, "}");
    // Locations are nested no deeper than the parser has gone.
    if let Some(parent) = parent_location {
        push(text, ", \"parent_location\": [");
        push_location(text, &parent.0);
        push(text, ", ");
        push_json_text(text, parent.1.as_bytes());
        push(text, "]");
    }
    push(text, "}");
}
