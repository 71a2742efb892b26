//! The hints of `squash_dict` leave in their scope what they would leave if each of them were looked
//! at, whenever that first happens.

use cairo_zero_core::{Felt, Relocatable, Value};

use super::{Hint, Text, cell, machine, make, run};
use crate::{Scope, Scopes};

const ACCESSES: Relocatable = Relocatable::new(3, 0);
const RANGE: Relocatable = Relocatable::new(2, 0);
const SIZE: i64 = 3;

/// The hints, the one that begins first.
const HINTS: [&str; 9] = [
    "squash_dict",
    "squash_dict_first",
    "squash_dict_skip_loop",
    "squash_dict_next",
    "squash_dict_continue",
    "squash_dict_none_left",
    "squash_dict_all_used",
    "squash_dict_no_keys",
    "squash_dict_next_key",
];

fn hints() -> Vec<Hint> {
    let text = Text {
        references: vec![
            ("dict_accesses", "[cast(fp, __main__.DictAccess**)]"),
            ("ptr_diff", "[cast(fp + 1, felt*)]"),
            ("n_accesses", "[cast(fp + 2, felt*)]"),
            ("range_check_ptr", "[cast(fp + 3, felt*)]"),
            ("n_used_accesses", "[cast(fp + 4, felt*)]"),
            ("big_keys", "[cast(fp + 5, felt*)]"),
            ("first_key", "[cast(fp + 6, felt*)]"),
            ("should_skip_loop", "[cast(fp + 7, felt*)]"),
            ("loop_temps", "cast(fp + 8, __main__.LoopTemps*)"),
            ("next_key", "[cast(fp + 9, felt*)]"),
        ],
        structs: vec![
            ("DictAccess", &["key", "prev_value", "new_value"]),
            ("LoopTemps", &["index_delta_minus1", "should_continue"]),
        ],
        ..Text::default()
    };
    let names = text.names();
    HINTS.iter().map(|name| make(name, &names)).collect()
}

/// Runs a hint; what it has written, or nothing where it has declined.
fn written(hint: &Hint, keys: &[Felt], used: u64, scopes: &mut Scopes) -> Option<String> {
    let many = keys.len() as u64;
    let mut machine = machine(&[
        Value::Relocatable(ACCESSES),
        Value::from(many * SIZE as u64),
        Value::from(many),
        Value::Relocatable(RANGE),
        Value::from(used),
    ]);
    for (at, key) in (0..).zip(keys) {
        let address = ACCESSES.checked_add(at * SIZE).expect("near");
        machine.memory.insert(address, Value::Felt(*key)).expect("a free cell");
    }
    run(hint, &mut machine, scopes).ok()?;
    let cells: Vec<_> = (5..11).map(|at| cell(&machine, at)).collect();
    Some(format!("{cells:?} {:?}", machine.memory.get(RANGE)))
}

fn shown(scopes: &mut Scopes) -> String {
    match scopes.innermost() {
        Scope::Native(variables) => format!("{:?}", variables.iter().collect::<Vec<_>>()),
        Scope::Interpreter(_) => String::new(),
    }
}

/// Numbers without a pattern.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % bound
    }
}

#[test]
fn nobody_can_tell_when_the_variables_are_set() {
    let hints = hints();
    let mut finished = 0;
    for seed in 0..60 {
        let mut numbers = Numbers(seed);
        let (many, kinds) = (1 + numbers.below(12), 1 + numbers.below(5));
        let kind = |kind| match kind {
            0 => Felt::MINUS_ONE,
            1 => Felt::from_u128(u128::MAX),
            small => Felt::from_u64(small * 7),
        };
        let keys: Vec<Felt> = (0..many).map(|_| kind(numbers.below(kinds))).collect();
        let mut steps: Vec<(usize, u64)> = vec![(0, 0)];
        let mut seen = Scopes::new();
        let mut answers = vec![written(&hints[0], &keys, 0, &mut seen)];
        let mut shows = vec![shown(&mut seen)];
        assert!(answers[0].is_some());
        for _ in 0..40 {
            let any = if numbers.below(60) == 0 { 0 } else { 1 + numbers.below(8) as usize };
            let step = (any, 1 + numbers.below(3));
            let answer = written(&hints[step.0], &keys, step.1, &mut seen);
            finished += usize::from(any == 7 && answer.is_some());
            steps.push(step);
            answers.push(answer);
            shows.push(shown(&mut seen));
        }
        for end in 1..=steps.len() {
            let mut unseen = Scopes::new();
            let same = steps[..end].iter().zip(&answers).all(|((hint, used), answer)| {
                let first = written(&hints[*hint], &keys, *used, &mut unseen);
                // A hint that declines leaves it to its text, which looks at the variables.
                let found = first.or_else(|| {
                    shown(&mut unseen);
                    written(&hints[*hint], &keys, *used, &mut unseen)
                });
                found == *answer
            });
            assert!(same, "{keys:?}: {:?}", &steps[..end]);
            assert_eq!(shown(&mut unseen), shows[end - 1], "{keys:?}: {:?}", &steps[..end]);
        }
    }
    assert!(finished > 20, "{finished}");
}

#[test]
fn the_variables_go_with_their_scope() {
    let hints = hints();
    let keys = [5, 3, 5].map(Felt::from_u64);
    let mut scopes = Scopes::new();
    scopes.enter(Scope::default());
    assert!(written(&hints[0], &keys, 0, &mut scopes).is_some());
    scopes.enter(Scope::default());
    assert_eq!(shown(&mut scopes), "[]");
    // In the inner scope the hints find nothing to go on with.
    assert_eq!(written(&hints[1], &keys, 0, &mut scopes), None);
    scopes.leave().expect("two are open");
    assert!(shown(&mut scopes).contains("keys, [5]"));
    assert!(written(&hints[0], &keys, 0, &mut scopes).is_some());
    scopes.leave().expect("one is open");
    assert_eq!(shown(&mut scopes), "[]");
    // The main scope can't be left, and keeps what it has.
    assert!(written(&hints[0], &keys, 0, &mut scopes).is_some());
    assert!(scopes.leave().is_err());
    assert!(shown(&mut scopes).contains("keys, [5]"));
}
