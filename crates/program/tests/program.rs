//! Programs: what is read from files of the compiler, how names are found, and how each broken
//! file is turned away.
//!
//! `data/names.json` and `data/names_proof.json` are `data/names.cairo` compiled by cairo-lang
//! 0.14.0.1, plainly and with `--proof_mode`. `data/searches.txt` has what that package's
//! identifier manager finds in the former.

use cairo_zero_core::{BuiltinName, Felt};
use cairo_zero_program::{
    BigConst, DebugInfo, Identifier, IdentifierError, Program, ProgramError, Resolution,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const NAMES: &str = include_str!("data/names.json");

fn names() -> Program {
    Program::from_json(NAMES.as_bytes()).unwrap()
}

fn program(json: &Value) -> Result<Program, ProgramError> {
    Program::from_json(json.to_string().as_bytes())
}

/// A small program as JSON, changed.
fn changed(change: impl FnOnce(&mut Value)) -> Result<Program, ProgramError> {
    let mut json: Value = serde_json::from_str(NAMES).unwrap();
    change(&mut json);
    program(&json)
}

fn const_value(text: &str) -> Result<String, ProgramError> {
    let mut json: Value = serde_json::from_str(NAMES).unwrap();
    json["identifiers"] = json!({"__main__.C": {"type": "const", "value": "@"}});
    let json = json.to_string().replace("\"@\"", text);
    let program = Program::from_json(json.as_bytes())?;
    match program.identifiers().get("__main__.C") {
        Some(Identifier::Const { value }) => Ok(value.to_string()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_in_a_program_is_read() {
    let program = names();
    assert_eq!(program.data().len(), 15);
    assert_eq!(program.data()[0], Felt::from_u64(0x208b_7fff_7fff_7ffe));
    assert_eq!(program.builtins(), []);
    assert_eq!(program.compiler_version(), Some("0.14.0.1"));
    assert_eq!(program.main_scope(), "__main__");
    assert_eq!(program.hints().iter().map(|(pc, _)| *pc).collect::<Vec<_>>(), [1, 7]);
    let [hint] = program.hints_at(1) else { panic!("one hint") };
    assert_eq!(hint.code, "print(ids.CORNERS, ids.size)");
    assert_eq!(hint.accessible_scopes, ["__main__", "__main__.shapes", "__main__.shapes.area"]);
    assert_eq!(hint.flow_tracking.ap_tracking.group, 1);
    let size = hint.flow_tracking.reference_ids["__main__.shapes.area.size"];
    assert_eq!(program.references()[size].value, "cast([fp + (-3)] * [fp + (-3)], felt)");
    assert_eq!(
        program.references()[size].expr().unwrap().to_string(),
        program.references()[size].value
    );
    assert_eq!(program.hints_at(2), []);
    let [attribute] = program.attributes() else { panic!("one attribute") };
    assert_eq!(
        (attribute.name.as_str(), attribute.value.as_str()),
        ("error_message", "pair is {temporary}")
    );
    assert_eq!((attribute.start_pc, attribute.end_pc), (7, 9));
    assert_eq!(attribute.flow_tracking.as_ref().unwrap().ap_tracking.offset, 4);
    assert_eq!(Program::from_json_vec(NAMES.into()).unwrap().debug_info(), program.debug_info());
}

#[test]
fn constants_keep_their_size_and_sign() {
    let program = names();
    let constant = |name: &str| match program.identifiers().get(name) {
        Some(Identifier::Const { value }) => value.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(constant("__main__.SMALL").to_i64(), Some(7));
    assert_eq!(constant("__main__.MINUS").to_i64(), Some(-3));
    assert_eq!(constant("__main__.MINUS").to_felt(), Felt::from_i64(-3));
    let huge = constant("__main__.HUGE");
    assert_eq!(huge.to_bigint(), num_bigint::BigInt::from(2).pow(251));
    assert_eq!(huge.to_felt(), Felt::from_limbs([0, 0, 0, 1 << 59]).unwrap());
    assert!(!huge.is_negative() && huge.to_i64().is_none() && huge.to_i128().is_none());
}

/// What the reference makes of each was tried on it.
#[test]
fn numbers_are_read_in_every_form() {
    let big = "9".repeat(100);
    let minus_big = format!("-{big}");
    for (text, expected) in [
        ("0", "0"),
        ("-0", "0"),
        ("18446744073709551616", "18446744073709551616"),
        ("170141183460469231731687303715884105728", "170141183460469231731687303715884105728"),
        ("-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728"),
        (minus_big.as_str(), minus_big.as_str()),
        ("1e27", "1000000000000000013287555072"),
        ("-1e27", "-1000000000000000013287555072"),
        ("1E2", "100"),
        ("1.9", "1"),
        ("-1.9", "-1"),
        ("1e-5", "0"),
        ("\"5\"", "5"),
        ("\" 5 \"", "5"),
        ("\"-7\"", "-7"),
        ("\"+7\"", "7"),
    ] {
        assert_eq!(const_value(text).as_deref(), Ok(expected), "{text}");
    }
    let largest = const_value("1.7976931348623157e308").unwrap();
    assert_eq!(largest.len(), 309);
    for text in ["true", "[1]", "\"0x5\"", "\"1e3\"", "1e999999999", "-1e999999999", "\"\"", "{}"] {
        let error = const_value(text).unwrap_err();
        assert!(
            matches!(error, ProgramError::MalformedField { field: "identifiers", .. }),
            "{text}"
        );
    }
    let too_long = const_value(&"1".repeat(5000)).unwrap_err().to_string();
    assert!(too_long.contains("number too large"), "{too_long}");
    assert!(matches!(const_value("NaN"), Err(ProgramError::NotJson { .. })));
    assert!(matches!(const_value("null"), Err(ProgramError::IncompleteIdentifier { .. })));
    assert_eq!("-0x10".parse::<BigConst>().unwrap().to_i64(), Some(-16));
}

#[test]
fn numbers_become_felts() {
    let prime = "3618502788666131213697322783095070105623107215331596699973092056135872020481";
    assert_eq!(prime.parse::<BigConst>().unwrap().to_felt(), Felt::ZERO);
    assert_eq!(format!("-{prime}0").parse::<BigConst>().unwrap().to_felt(), Felt::ZERO);
    let one_more = prime.replace("481", "482").parse::<BigConst>().unwrap();
    assert_eq!(one_more.to_felt(), Felt::ONE);
    assert_eq!(one_more.negated().to_felt(), Felt::MINUS_ONE);
    let smallest = BigConst::from_json("-170141183460469231731687303715884105728").unwrap();
    assert_eq!(smallest.negated().negated(), smallest);
    assert_eq!(smallest.negated().to_felt(), Felt::from_u128(1 << 127));
}

#[test]
fn identifiers_of_every_kind() {
    let program = names();
    let get = |name: &str| program.identifiers().get(name).unwrap();
    assert_eq!(*get("__main__.Renamed"), Identifier::Alias { destination: "lib.Inner".into() });
    assert_eq!(*get("__main__.main"), Identifier::Function { pc: 3, decorators: vec![] });
    assert_eq!(*get("__main__.main.looping"), Identifier::Label { pc: 9 });
    assert_eq!(*get("__main__.shapes"), Identifier::Namespace);
    let pair = "(first: felt, second: __main__.Point*)".to_owned();
    assert_eq!(*get("__main__.Pair"), Identifier::TypeDefinition { cairo_type: pair.clone() });
    let full_name = "__main__.main.pair".to_owned();
    let reference = Identifier::Reference { full_name, cairo_type: pair };
    assert_eq!(*get("__main__.main.pair"), reference);
    let Identifier::Struct(point) = get("__main__.Point") else { panic!("a struct") };
    let members: Vec<_> = point.members.iter().map(|m| (m.name.as_str(), m.offset)).collect();
    assert_eq!(members, [("x", 0), ("y", 1), ("next", 3)]);
    assert_eq!((point.size, point.member("y").unwrap().cairo_type.as_str()), (4, "lib.Inner"));
    let more = changed(|json| {
        json["identifiers"]["a.m"] = json!({"type": "member", "cairo_type": "felt", "offset": 3});
        json["identifiers"]["a.s"] = json!({"type": "scope"});
    });
    let more = more.unwrap();
    assert_eq!(more.identifiers().get("a.m").unwrap().kind(), "member");
    assert_eq!(more.identifiers().get("a.s").unwrap().kind(), "scope");
    assert_eq!(more.identifiers().len(), program.identifiers().len() + 2);
    assert!(more.identifiers().iter().is_sorted_by_key(|(name, _)| name));
}

#[test]
fn entry_points() {
    let program = names();
    assert_eq!(program.main(), Ok(Some(3)));
    assert_eq!(program.start(), Ok(0));
    assert_eq!(program.label("main.looping"), Ok(9));
    assert_eq!(program.label("helper"), Ok(0));
    assert_eq!(program.label_by_full_name("__main__.shapes.area"), Ok(1));
    let text = |result: Result<usize, IdentifierError>| result.unwrap_err().to_string();
    assert_eq!(text(program.label("__end__")), "Unknown identifier '__end__'.");
    assert_eq!(text(program.label("SMALL")), "'SMALL' is expected to be label, found const.");
    assert_eq!(
        text(program.label("SMALL.x")),
        "Unexpected '.' after '__main__.SMALL' which is const."
    );
    assert_eq!(
        text(program.label_by_full_name("__main__.helper")),
        "'__main__.helper' is expected to be label, found alias."
    );
    let proof = Program::from_json(include_bytes!("data/names_proof.json")).unwrap();
    assert_eq!((proof.start(), proof.label("__end__")), (Ok(0), Ok(4)));
    let without = changed(|json| json["main_scope"] = json!("lib")).unwrap();
    assert_eq!(without.main(), Ok(None));
    let aliased = changed(|json| {
        json["identifiers"]["lib.main"] = json!({"type": "alias", "destination": "__main__.main"});
        json["main_scope"] = json!("lib");
    });
    assert_eq!(aliased.unwrap().main(), Ok(Some(3)));
    let constant = changed(|json| {
        json["identifiers"]["__main__.main"] = json!({"type": "const", "value": 1});
    });
    assert!(constant.unwrap().main().is_err());
}

#[test]
fn searches_find_what_the_reference_finds() {
    let lines = || include_str!("data/searches.txt").lines().filter(|line| !line.starts_with('#'));
    let program = changed(|json| {
        for line in lines() {
            if let [name, destination] =
                line.strip_prefix("alias ").map_or(vec![], |rest| rest.split(' ').collect())[..]
            {
                json["identifiers"][name] = json!({"type": "alias", "destination": destination});
            }
        }
    });
    let program = program.unwrap();
    let mut searches = 0;
    for line in lines().filter(|line| !line.starts_with("alias ")) {
        let [scopes, name, identifier, scope] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let scopes: Vec<&str> =
            scopes.split_whitespace().map(|scope| if scope == "-" { "" } else { scope }).collect();
        let found = match program.resolve(&scopes, name) {
            Ok(found) => {
                let kind = found.identifier.kind();
                format!("{} {kind} {}", found.canonical_name, found.non_parsed).trim().to_owned()
            }
            Err(error) => format!("! {error}"),
        };
        assert_eq!(found, identifier, "{line}");
        let found = program.identifiers().search_scope(&scopes, name);
        assert_eq!(found.unwrap_or_else(|error| format!("! {error}")), scope, "{line}");
        match program.resolve_any(&scopes, name) {
            Ok(Resolution::Identifier(found)) => {
                assert!(identifier.starts_with(found.canonical_name))
            }
            Ok(Resolution::Scope(found)) => assert_eq!(found, scope),
            Err(error) => assert_eq!(format!("! {error}"), identifier),
        }
        searches += 1;
    }
    assert_eq!(searches, 605);
}

#[test]
fn endless_aliases_end() {
    let program = changed(|json| {
        json["identifiers"]["grow"] = json!({"type": "alias", "destination": "grow.more"});
        let long = format!("long{}", ".x".repeat(20_000));
        json["identifiers"]["long"] = json!({"type": "alias", "destination": long});
        for index in 0..100 {
            json["identifiers"][format!("chain{index}")] =
                json!({"type": "alias", "destination": format!("chain{}", index + 1)});
        }
    });
    let program = program.unwrap();
    for name in ["grow.x", "long.x", "chain0"] {
        let error = program.resolve(&[""], name).unwrap_err();
        assert!(matches!(error, IdentifierError::CyclicAlias { .. }), "{name}");
        assert!(error.to_string().len() < 100_000);
        assert!(program.identifiers().search_scope(&[""], name).is_err());
    }
    assert_eq!(
        program.resolve(&[""], "chain90").unwrap_err().to_string(),
        "Alias resolution failed: chain90 -> chain91 -> chain92 -> chain93 -> chain94 -> chain95 \
         -> chain96 -> chain97 -> chain98 -> chain99 -> chain100. Unknown identifier 'chain100'."
    );
}

#[test]
fn names_that_share_their_beginning_are_no_scopes_of_each_other() {
    let program = changed(|json| {
        json["identifiers"] = json!({
            "a-b.c": {"type": "namespace"}, "ab.c": {"type": "namespace"}, "a": {"type": "scope"},
            "a!": {"type": "scope"}, "b": {"type": "scope"}, "b.c": {"type": "scope"},
            "b-": {"type": "scope"}, "b/.d": {"type": "scope"}, "bb": {"type": "scope"},
        });
    });
    let program = program.unwrap();
    let is_scope = |name: &str| program.identifiers().is_scope(name);
    assert!(is_scope("") && is_scope("a-b") && is_scope("ab") && is_scope("b") && is_scope("b/"));
    assert!(!is_scope("a") && !is_scope("b.c") && !is_scope("bb") && !is_scope("b-"));
}

#[test]
fn debug_information_is_read_when_asked_for() {
    let info = names().debug_info().unwrap().unwrap();
    let here = &info.instruction_locations[&1];
    assert_eq!((here.inst.start_line, here.inst.start_col), (26, 20));
    assert_eq!((here.inst.end_line, here.inst.end_col), (26, 45));
    assert_eq!(here.inst.input_file.filename.as_deref(), Some("names.cairo"));
    let (parent, why) = &**here.inst.parent_location.as_ref().unwrap();
    assert_eq!((parent.start_line, why.as_str()), (28, "While expanding the reference 'size' in:"));
    let [Some(hint)] = &here.hints[..] else { panic!("one hint") };
    assert_eq!((hint.location.start_line, hint.n_prefix_newlines), (27, 0));
    assert_eq!(here.flow_tracking.as_ref().unwrap().reference_ids.len(), 2);
    let [Some(hint)] = &info.instruction_locations[&7].hints[..] else { panic!("one hint") };
    assert_eq!(hint.n_prefix_newlines, 1);
    let proof = Program::from_json(include_bytes!("data/names_proof.json")).unwrap();
    let info = proof.debug_info().unwrap().unwrap();
    assert!(info.file_contents["<start>"].starts_with("__start__:\n"));
    assert_eq!(changed(|json| json["debug_info"] = Value::Null).unwrap().debug_info(), Ok(None));
    let broken = changed(|json| json["debug_info"]["instruction_locations"] = json!(3)).unwrap();
    assert!(broken.has_debug_info());
    let error = broken.debug_info().unwrap_err().to_string();
    assert!(
        error.starts_with("the field \"debug_info\" is malformed: invalid type: integer `3`"),
        "{error}"
    );
}

#[test]
fn deeply_nested_json_is_refused() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let deep =
        NAMES.replacen("\"attributes\": [", &format!("\"attributes\": [{},", nested(1 << 17)), 1);
    assert!(Program::from_json(deep.as_bytes()).is_err());
    assert!(Program::from_json(nested(1 << 20).as_bytes()).is_err());
    assert!(Program::from_json("[".repeat(1 << 20).as_bytes()).is_err());
    let location = |inner: &str| {
        format!(
            "{{\"start_line\":1,\"start_col\":1,\"end_line\":1,\"end_col\":1,\
         \"input_file\":{{\"filename\":null}},\"parent_location\":{inner}}}"
        )
    };
    let chain = |length: usize| {
        (0..length).fold("null".to_owned(), |inner, _| format!("[{},\"\"]", location(&inner)))
    };
    let info = |length: usize| {
        DebugInfo::from_json(
            format!(
                "{{\"instruction_locations\":{{\"0\":{{\"inst\":{},\"hints\":[],\
                 \"accessible_scopes\":[],\"flow_tracking_data\":null}}}}}}",
                location(&chain(length))
            )
            .as_bytes(),
        )
    };
    assert!(info(40).is_ok());
    assert!(info(20_000).unwrap_err().to_string().contains("recursion limit"));
}

#[test]
fn fields_may_be_missing_where_older_compilers_did_not_write_them() {
    let older = changed(|json| {
        let json = json.as_object_mut().unwrap();
        for field in ["attributes", "compiler_version", "debug_info"] {
            json.remove(field);
        }
    });
    let older = older.unwrap();
    assert_eq!((older.compiler_version(), older.attributes().len()), (None, 0));
    assert!(!older.has_debug_info() && older.debug_info() == Ok(None));
    assert!(changed(|json| json["compiler_version"] = Value::Null).is_ok());
    let short = changed(|json| {
        json["attributes"] = json!([{"name": "a", "value": "b", "start_pc": 1, "end_pc": 2}]);
        json["extra"] = json!({"unknown": [1]});
    });
    assert_eq!(short.unwrap().attributes()[0].flow_tracking, None);
    for field in
        ["data", "prime", "builtins", "hints", "main_scope", "identifiers", "reference_manager"]
    {
        let error = changed(|json| drop(json.as_object_mut().unwrap().remove(field))).unwrap_err();
        let text = format!("not a compiled program: the field \"{field}\" is missing");
        assert_eq!(error.to_string(), text);
        assert!(changed(|json| json[field] = Value::Null).is_err());
    }
}

#[test]
fn the_last_of_two_equal_fields_counts() {
    let twice = NAMES.replacen("\"main_scope\":", "\"main_scope\": 5, \"m\\u0061in_scope\":", 1);
    assert_eq!(Program::from_json(twice.as_bytes()).unwrap().main_scope(), "__main__");
    let twice = NAMES.replacen(
        "\"identifiers\": {",
        "\"identifiers\": {\"__main__.SMALL\": {\"type\": \"scope\"},",
        1,
    );
    let program = Program::from_json(twice.as_bytes()).unwrap();
    assert_eq!(program.identifiers().get("__main__.SMALL").unwrap().kind(), "const");
}

#[test]
fn files_that_are_no_programs() {
    let text = |bytes: &[u8]| Program::from_json(bytes).unwrap_err().to_string();
    assert_eq!(text(b""), "the file is empty; was the program compiled?");
    assert_eq!(text(b" \n"), text(b""));
    assert_eq!(
        text(b"{\n  \"data\": [1,,]\n}"),
        "not a compiled program: the field \"prime\" is missing"
    );
    assert_eq!(
        text(b"func main() {\n}"),
        "not valid JSON at line 1, column 2 (expected ident); \
         this looks like Cairo source: compile it with cairo-compile first"
    );
    assert!(text(b"PK\x03\x04").ends_with("this is a zip archive; is it a Cairo PIE?"));
    assert!(text(b"{\"data\": [").contains("was the program compiled with cairo-compile?"));
    assert_eq!(text(b"\xff\xfe"), "not valid JSON: byte 0 is not UTF-8");
    assert_eq!(text(b"[1]"), "not a compiled program: the JSON is not an object");
    assert_eq!(text(b"5"), text(b"[1]"));
    assert!(
        text(b"{\"sierra_program\": []}").ends_with("a Cairo 1 class, not a Cairo Zero program")
    );
    assert!(text(b"{\"program\": {}, \"abi\": []}").contains("a contract class"));
    let broken = NAMES.replacen("\"hints\": {", "\"hints\": {\n!", 1);
    let line = 1 + broken.lines().position(|line| line.starts_with('!')).unwrap();
    let error = text(broken.as_bytes());
    assert!(error.starts_with(&format!("not valid JSON at line {line}, column 1")), "{error}");
}

#[test]
fn malformed_fields_are_named_with_their_place() {
    let error = changed(|json| json["builtins"] = json!("output")).unwrap_err().to_string();
    assert!(error.starts_with("the field \"builtins\" is malformed at line 1, column "), "{error}");
    assert!(error.ends_with(": invalid type: string \"output\", expected a sequence"), "{error}");
    let pretty = NAMES.replacen("\"prime\": \"", "\"prime\": 7, \"x\": \"", 1);
    let line = 1 + pretty.lines().position(|line| line.contains("\"prime\"")).unwrap();
    let error = Program::from_json(pretty.as_bytes()).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("the field \"prime\" is malformed at line {line}, column "))
    );
    for (pc, valid) in
        [(json!(3.7), true), (json!("3"), true), (json!(-1), false), (json!(1e30), false)]
    {
        let read = changed(|json| json["identifiers"]["__main__.main"]["pc"] = pc.clone());
        assert_eq!(read.is_ok(), valid, "{pc}");
        assert!(!valid || read.unwrap().main() == Ok(Some(3)));
    }
}

#[test]
fn words_and_the_prime_are_checked() {
    let word = |word: Value| {
        changed(|json| json["data"][3] = word)
            .map(|program| program.data()[3])
            .map_err(|e| e.to_string())
    };
    let prime = "0x800000000000011000000000000000000000000000000000000000000000001";
    assert_eq!(word(json!("0x0")), Ok(Felt::ZERO));
    assert_eq!(
        word(json!("0x00000000000000000000000000000000000000000000000000000000000000000000002")),
        Ok(Felt::from_u64(2))
    );
    assert_eq!(
        word(json!("0x800000000000011000000000000000000000000000000000000000000000000")),
        Ok(Felt::MINUS_ONE)
    );
    assert_eq!(
        word(json!(prime)),
        Err(format!("word 3 of \"data\" is not below the prime: {prime}"))
    );
    let huge = format!("0x{}", "f".repeat(300));
    assert!(
        word(json!(huge))
            .unwrap_err()
            .starts_with("word 3 of \"data\" is not below the prime: 0xfff")
    );
    for text in ["0xAB", "12", "0x", "", "0x 1", "0x-1", "x", "0xé"] {
        let error = format!("word 3 of \"data\" is not a lower-case hexadecimal number: {text:?}");
        assert_eq!(word(json!(text)), Err(error));
    }
    assert!(word(json!(12)).unwrap_err().contains("expected a hexadecimal text"));
    let error = changed(|json| json["prime"] = json!("0x7")).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("the program was compiled for the prime 0x7; only {prime} is supported")
    );
}

#[test]
fn builtins_are_known_ones() {
    let with = |names: Value| changed(|json| json["builtins"] = names);
    let program = with(json!(["output", "range_check", "segment_arena"])).unwrap();
    let expected = [BuiltinName::Output, BuiltinName::RangeCheck, BuiltinName::SegmentArena];
    assert_eq!(program.builtins(), expected);
    let error = with(json!(["output", "magic"])).unwrap_err();
    assert_eq!(error.to_string(), "unknown builtin \"magic\" in \"builtins\"");
}

#[test]
fn hints_and_references_lie_inside_the_program() {
    for pc in ["15", "-1", "x", "", "99999999999999999999"] {
        let error = changed(|json| json["hints"][pc] = json["hints"]["1"].clone()).unwrap_err();
        let text = format!("there is a hint at pc {pc}, outside the program of 15 words");
        assert_eq!(error.to_string(), text);
    }
    for index in [9, -1] {
        let error = changed(|json| {
            json["hints"]["1"][0]["flow_tracking_data"]["reference_ids"]["a.b"] = json!(index);
        });
        assert_eq!(
            error.unwrap_err().to_string(),
            format!(
                "the hint at pc 1 uses reference {index} (\"a.b\"), but \"reference_manager\" has only 9"
            )
        );
    }
    let error = changed(|json| {
        json["attributes"][0]["flow_tracking_data"]["reference_ids"]["a.b"] = json!(70);
    });
    let error = error.unwrap_err().to_string();
    assert!(
        error.starts_with("the attribute \"error_message\" at pc 7 uses reference 70"),
        "{error}"
    );
}

#[test]
fn identifiers_are_complete() {
    let with = |name: &str, value: Value| {
        changed(|json| json["identifiers"][name] = value).unwrap_err().to_string()
    };
    assert_eq!(
        with("a", json!({"type": "future"})),
        "the identifier \"a\" is of the unknown type \"future\""
    );
    for (kind, field) in [
        ("alias", "destination"),
        ("const", "value"),
        ("function", "pc"),
        ("label", "pc"),
        ("member", "offset"),
        ("reference", "full_name"),
        ("struct", "members"),
        ("type_definition", "cairo_type"),
    ] {
        let expected = format!("the identifier \"a\", a {kind}, lacks the field \"{field}\"");
        assert_eq!(with("a", json!({"type": kind})), expected);
    }
    assert!(with("a", json!({})).contains("missing field `type`"));
    for name in ["", "a..b", ".a", "a."] {
        assert_eq!(
            with(name, json!({"type": "scope"})),
            format!("the name {name:?} has an empty part")
        );
    }
    let alias = json!({"type": "alias", "destination": "a..b"});
    assert_eq!(with("a", alias), "the name \"a..b\" has an empty part");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_change_of_bytes_panics(
        edits in proptest::collection::vec((0..NAMES.len(), any::<u8>(), 0_usize..4), 1..6),
        end in 0..=NAMES.len(),
        cut in any::<bool>(),
    ) {
        let mut bytes = NAMES.as_bytes().to_vec();
        for (at, byte, kind) in edits {
            match kind {
                0 => bytes[at] = byte,
                1 => bytes[at] = b"{}[]\",:\\0-e"[usize::from(byte) % 11],
                2 => { bytes.insert(at, byte); }
                _ => { bytes.remove(at); bytes.push(b' '); }
            }
        }
        if cut {
            bytes.truncate(end);
        }
        exercise(&bytes);
    }

    #[test]
    fn no_change_of_values_panics(
        path in proptest::collection::vec(any::<prop::sample::Index>(), 1..9),
        text in "\\PC{0,20}",
        kind in 0_usize..7,
    ) {
        let mut json: Value = serde_json::from_str(NAMES).unwrap();
        let new = [
            Value::Null, json!(-1), json!(1e300), json!(u64::MAX), json!(text), json!([text]),
            json!({text: 1}),
        ][kind].clone();
        replace(&mut json, &path, new);
        exercise(json.to_string().as_bytes());
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        exercise(&bytes);
    }
}

/// Puts `new` at a place inside `json` that `path` chooses.
fn replace(json: &mut Value, path: &[prop::sample::Index], new: Value) {
    let Some((first, rest)) = path.split_first() else { return *json = new };
    match json {
        Value::Array(list) if !list.is_empty() => {
            let at = first.index(list.len());
            replace(&mut list[at], rest, new);
        }
        Value::Object(map) if !map.is_empty() => {
            let at = first.index(map.len());
            replace(map.values_mut().nth(at).unwrap(), rest, new);
        }
        _ => *json = new,
    }
}

/// Reads a program and everything in it.
fn exercise(bytes: &[u8]) {
    match Program::from_json(bytes) {
        Ok(program) => {
            let _ = (program.main(), program.start(), program.debug_info());
            for reference in program.references() {
                let _ = reference.expr();
            }
            for (_, hints) in program.hints() {
                for hint in hints {
                    for name in hint.flow_tracking.reference_ids.keys() {
                        let _ = program.resolve_any(&hint.accessible_scopes, name);
                    }
                }
            }
            for (name, _) in program.identifiers().iter() {
                let _ = program.resolve(&[""], name);
                let _ = program.identifiers().search_scope(&[""], name);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
