//! The curves secp256k1 and secp256r1 (`cairo_secp/`, `secp256r1/`).

use cairo_zero_core::{Felt, Value};
use cairo_zero_executor::Machine;

use super::module::{MATH, SECP, SECP_R1};
use super::squash::list;
use super::uint256::Halves;
use super::{Expression, Hint, Imports, bit, expression, hint, int, limbs, small, write};
use crate::ids::{Site, Slot};
use crate::math::curve::{
    SECP256K1, SECP256R1, add_modulo, div_modulo, mul_modulo, pack, root_modulo, split, sub_modulo,
};
use crate::math::wide::{self, U256, Wide, div_rem};
use crate::object::Object;
use crate::table::{Row, Stored};
use crate::{Import, Int, Native, Symbol};

pub(super) static ROWS: &[Row] = &[
    Row::new(0x1935ec78d1cd0410e22d3706faf7be69, "nondet_bigint3", nondet_bigint3),
    Row::new(0xa56e6f5eb34cf1eecb1b5d3118255dd3, "bigint_to_uint256", bigint_to_uint256),
    Row::new(0x46aef786ed4cc44331c3767f6b59aefd, "secp256k1_verify_zero", |site| {
        verify_zero(site, K1)
    }),
    Row::new(0x3402a63c8686de44de8300d7b3c95eb8, "secp256r1_verify_zero", |site| {
        verify_zero(site, R1)
    }),
    Row::new(0x1d7e6e02bdd63c2701efbd34bd1ea19b, "secp256k1_is_zero", |site| {
        packed(site, K1, "x", "x")
    }),
    Row::new(0xc0db910e29dd3d8c0c37bb1d3caae3e3, "secp256r1_is_zero", |site| {
        packed(site, R1, "x", "x")
    }),
    Row::new(0x8d8818ee8353bb1781780b3f34fc85f5, "secp256k1_reduce", |site| {
        packed(site, K1, "x", "value")
    }),
    Row::new(0x18ac9e183133ad2c5497829bb066de30, "secp256r1_reduce", |site| {
        packed(site, R1, "x", "value")
    }),
    Row::new(0xf247351236a8055e12907a4ac499dd4e, "secp256k1_inverse", |_| {
        let imports = [(SECP, "SECP_P"), (MATH, "div_mod")];
        inverse_of_x(Prime::Known(SECP256K1.prime), &imports, &["value", "x_inv"])
    }),
    Row::new(0xa19a78674715ce5c1b231394b7f35de6, "secp256r1_inverse", |_| {
        let prime = Prime::Variable(Symbol::new("SECP256R1_P"));
        inverse_of_x(prime, &[(MATH, "div_mod")], &["value"])
    }),
    Row::new(0x28233a60a6f6c67e79ca6b3d81912ef2, "secp256k1_negate", negate),
    Row::new(0xaad1b594e17ffcfa3af338d9c5e9b04d, "secp256k1_double_slope", |site| {
        double_slope(site, K1, &[(SECP, "SECP_P"), (SECP, "pack"), (MATH, "ec_double_slope")])
    }),
    Row::new(0xf00eec35e1967c4be8bfb107ba43e8e8, "secp256r1_double_slope", |site| {
        let imports =
            [(SECP_R1, "SECP256R1_ALPHA"), R1.prime, (SECP, "pack"), (MATH, "ec_double_slope")];
        double_slope(site, R1, &imports)
    }),
    Row::new(0x9449f76ec5920d7f739061aaa5a3fa95, "secp256k1_slope", |site| slope(site, K1)),
    Row::new(0x85f0d36d1373288817a3c251cc2f4179, "secp256r1_slope", |site| slope(site, R1)),
    Row::new(0xdbf89532a6a8808cddd5c24d9e5eec2d, "secp256k1_double_x", |site| double_x(site, K1)),
    Row::new(0xb26147bd6be6ff3333f88766a52fd597, "secp256r1_double_x", |site| double_x(site, R1)),
    Row::new(0xa6340257500b166881d6e348978c302f, "secp256k1_double_y", |_| {
        new_y("SECP_P", "x", "y")
    }),
    Row::new(0x575603f716db7896abd12d36c9909eda, "secp256r1_double_y", |_| {
        new_y("SECP256R1_P", "x", "y")
    }),
    Row::new(0x83ebb27ac5f34b6c8c18e62d9089a7c6, "secp256k1_add_x", |site| {
        let prime = Prime::Known(SECP256K1.prime);
        add_x(site, prime, &[(SECP, "SECP_P"), (SECP, "pack")])
    }),
    Row::new(0x6a233db278aa26eff304cb6a8d5a90b0, "secp256r1_add_x", |site| {
        add_x(site, Prime::Variable(Symbol::new("SECP_P")), &[(SECP, "pack")])
    }),
    Row::new(0xf743c25c663b565baa33e424498ef555, "secp_add_y", |_| new_y("SECP_P", "x0", "y0")),
    Row::new(0x7ffc349e5085189aa4266179100fe33d, "secp256r1_import_prime", import_prime),
    Row::new(0x6e9f64ce395d70d62377c9ecffb53503, "ec_mul_nibbles", nibbles),
    Row::new(0xb9dfef63f7f2afa3bdeff6cdb642f7d6, "secp256k1_div_mod_n", div_mod_n),
    Row::new(0x9b3ebae71e5de5cfa2f31e33bf8dd110, "secp256k1_div_mod_n_quotient", safe_div),
    Row::new(0x0dad9d4ed815d34f3f63517b016ca0e8, "secp256k1_point_from_x", k1_point_from_x),
    Row::new(0x444c7b116279224191c5ccbc35dab2b2, "secp256r1_point_from_x", r1_point_from_x),
    Row::new(0x9d363d66216647685681fc8548b04fba, "secp256k1_is_on_curve", |site| {
        is_on_curve(site, "SECP_P")
    }),
    Row::new(0xacf02249bd40ee5a24339dd4d972974f, "secp256r1_is_on_curve", |site| {
        is_on_curve(site, "SECP256R1")
    }),
];

pub(super) static STORED: &[Stored] = &[
    Stored::new(0xa36f9602f447af25f724ed5a676d2d15, "secp_x_is_zero", x_is_zero),
    Stored::new(0x47ea67f2ff9245af77ddeaa604c51a64, "ec_mul_next_nibble", next_nibble),
];

/// A curve and where its prime is imported from.
#[derive(Clone, Copy)]
struct Known {
    modulus: U256,
    alpha: U256,
    prime: (&'static str, &'static str),
}

const K1: Known =
    Known { modulus: SECP256K1.prime, alpha: SECP256K1.alpha, prime: (SECP, "SECP_P") };

const R1: Known =
    Known { modulus: SECP256R1.prime, alpha: SECP256R1.alpha, prime: (SECP_R1, "SECP256R1_P") };

impl Known {
    fn imports(self, more: &[(&'static str, &'static str)]) -> Option<Imports> {
        let mut rows = vec![self.prime, (SECP, "pack")];
        rows.extend(more);
        Imports::new(&rows)
    }
}

/// A modulus that a hint imports, or that an earlier one has left in the scope.
enum Prime {
    Known(U256),
    Variable(Symbol),
}

impl Prime {
    fn get(&self, native: &mut Native<'_>) -> Option<U256> {
        match self {
            Self::Known(prime) => Some(*prime),
            Self::Variable(name) => modulus(native, *name),
        }
    }
}

/// The modulus that a variable is: a number, or one of the numbers that hints import. Only odd ones
/// above 1 are of use here.
fn modulus(native: &mut Native<'_>, name: Symbol) -> Option<U256> {
    let found = match native.variable(name)? {
        Object::Import(import) => imported(import)?,
        other => other.to_int()?.to_limbs()?,
    };
    (found[0] & 1 == 1 && found != [1, 0, 0, 0]).then_some(found)
}

fn imported(import: Import) -> Option<U256> {
    match (import.module(), import.name()) {
        (SECP, "SECP_P") => Some(SECP256K1.prime),
        (SECP, "N") => Some(SECP256K1.order),
        (SECP_R1, "SECP256R1_P") => Some(SECP256R1.prime),
        // The curve as a whole: only its prime is asked for.
        (SECP, "SECP256R1") => Some(SECP256R1.prime),
        _ => None,
    }
}

/// Three cells that stand for a number.
struct Parts([Slot; 3]);

impl Parts {
    fn new(site: &Site<'_>, path: &str) -> Option<Self> {
        let part = |name: &str| site.member(&format!("{path}.{name}"));
        Some(Self([part("d0")?, part("d1")?, part("d2")?]))
    }

    fn load(&self, machine: &Machine) -> Option<Wide> {
        let [d0, d1, d2] = &self.0;
        Some(pack([d0.felt(machine)?, d1.felt(machine)?, d2.felt(machine)?]))
    }
}

fn set(native: &mut Native<'_>, name: Symbol, number: &Wide) {
    native.set_variable(name, Object::Int(Int::from_wide(number)));
}

fn set_all(native: &mut Native<'_>, names: &[Symbol], number: U256) {
    let int = Int::from(number);
    for name in names {
        native.set_variable(*name, Object::Int(int.clone()));
    }
}

/// The number in a variable modulo a prime.
fn reduced(native: &mut Native<'_>, name: Symbol, modulus: &U256) -> Option<U256> {
    int(native, name)?.to_wide()?.modulo(modulus)
}

fn nondet_bigint3(site: &Site<'_>) -> Option<Hint> {
    let ((res, _), value) = (site.structure("res")?, Symbol::new("value"));
    let imports = Imports::new(&[(SECP, "split")])?;
    hint(move |native| {
        let parts = split(&int(native, value)?.to_limbs()?).map(small);
        let to = res.address(native.machine)?;
        write(native.machine, to, &parts)?;
        imports.set(native);
        Some(())
    })
}

fn bigint_to_uint256(site: &Site<'_>) -> Option<Hint> {
    let (d0, d1) = (site.member("x.d0")?, site.member("x.d1")?);
    let (low, base) = (site.assigned("low")?, limbs(site, "BASE")?);
    let base = wide::halves(&base).0;
    hint(move |native| {
        let half = |felt: Felt| wide::halves(&felt.limbs()).0;
        let (d0, d1) = (half(d0.felt(native.machine)?), half(d1.felt(native.machine)?));
        low.store(native.machine, small(d0.wrapping_add(d1.wrapping_mul(base))))
    })
}

fn verify_zero(site: &Site<'_>, curve: Known) -> Option<Hint> {
    let (val, to) = (Parts::new(site, "val")?, site.assigned("q")?);
    let imports = curve.imports(&[])?;
    let [q, r] = ["q", "r"].map(Symbol::new);
    hint(move |native| {
        let packed = val.load(native.machine)?;
        let (quotient, rest) = div_rem(&packed.limbs, &curve.modulus)?;
        let [a, b, c, d, 0, 0, 0, 0] = quotient else { return None };
        if rest != [0; 4] {
            return None;
        }
        let magnitude = wide::to_felt(&[a, b, c, d]);
        to.store(native.machine, if packed.negative { -magnitude } else { magnitude })?;
        imports.set(native);
        set(native, q, &Wide { negative: packed.negative, limbs: quotient });
        native.set_int(r, 0);
        Some(())
    })
}

/// A packed number modulo the prime, into a variable.
fn packed(site: &Site<'_>, curve: Known, from: &str, to: &str) -> Option<Hint> {
    let (from, to) = (Parts::new(site, from)?, Symbol::new(to));
    let imports = curve.imports(&[])?;
    hint(move |native| {
        let number = from.load(native.machine)?.modulo(&curve.modulus)?;
        imports.set(native);
        set_all(native, &[to], number);
        Some(())
    })
}

fn inverse_of_x(prime: Prime, imports: &[(&str, &str)], to: &[&str]) -> Option<Hint> {
    let (imports, x) = (Imports::new(imports)?, Symbol::new("x"));
    let to: Vec<Symbol> = to.iter().copied().map(Symbol::new).collect();
    hint(move |native| {
        let modulus = prime.get(native)?;
        let x = int(native, x)?.to_wide()?;
        let inverse = div_modulo(&Wide::positive(&[1, 0, 0, 0]), &x, &modulus)?;
        imports.set(native);
        set_all(native, &to, inverse);
        Some(())
    })
}

fn negate(site: &Site<'_>) -> Option<Hint> {
    let (from, imports) = (Parts::new(site, "point.y")?, K1.imports(&[])?);
    let [y, value] = ["y", "value"].map(Symbol::new);
    hint(move |native| {
        let number = from.load(native.machine)?.modulo(&K1.modulus)?;
        imports.set(native);
        set_all(native, &[y], number);
        set_all(native, &[value], sub_modulo(&[0; 4], &number, &K1.modulus));
        Some(())
    })
}

fn double_slope(site: &Site<'_>, curve: Known, imports: &[(&str, &str)]) -> Option<Hint> {
    let (point_x, point_y) = (Parts::new(site, "point.x")?, Parts::new(site, "point.y")?);
    let imports = Imports::new(imports)?;
    let [name_x, name_y, value, slope] = ["x", "y", "value", "slope"].map(Symbol::new);
    hint(move |native| {
        let p = &curve.modulus;
        let (x, y) = (point_x.load(native.machine)?, point_y.load(native.machine)?);
        let (small_x, small_y) = (x.modulo(p)?, y.modulo(p)?);
        let square = mul_modulo(&small_x, &small_x, p);
        let triple = add_modulo(&add_modulo(&square, &square, p), &square, p);
        let above = Wide::positive(&add_modulo(&triple, &curve.alpha, p));
        let below = Wide::positive(&add_modulo(&small_y, &small_y, p));
        let found = div_modulo(&above, &below, p)?;
        imports.set(native);
        set(native, name_x, &x);
        set(native, name_y, &y);
        set_all(native, &[value, slope], found);
        Some(())
    })
}

fn slope(site: &Site<'_>, curve: Known) -> Option<Hint> {
    let paths = ["point0.x", "point0.y", "point1.x", "point1.y"];
    let [x0, y0, x1, y1] = paths.map(|path| Parts::new(site, path));
    let places = [x0?, y0?, x1?, y1?];
    let names = ["x0", "y0", "x1", "y1"].map(Symbol::new);
    let [value, slope] = ["value", "slope"].map(Symbol::new);
    let imports = curve.imports(&[(MATH, "line_slope")])?;
    hint(move |native| {
        let p = &curve.modulus;
        let mut numbers = [Wide::ZERO; 4];
        let mut small = [[0; 4]; 4];
        for (at, place) in places.iter().enumerate() {
            numbers[at] = place.load(native.machine)?;
            small[at] = numbers[at].modulo(p)?;
        }
        let above = Wide::positive(&sub_modulo(&small[1], &small[3], p));
        let below = Wide::positive(&sub_modulo(&small[0], &small[2], p));
        let found = div_modulo(&above, &below, p)?;
        imports.set(native);
        for (name, number) in names.iter().zip(&numbers) {
            set(native, *name, number);
        }
        set_all(native, &[value, slope], found);
        Some(())
    })
}

fn double_x(site: &Site<'_>, curve: Known) -> Option<Hint> {
    let [slope, x, y] = ["slope", "point.x", "point.y"].map(|path| Parts::new(site, path));
    let (slope, x, y) = (slope?, x?, y?);
    let [name_slope, name_x, name_y] = ["slope", "x", "y"].map(Symbol::new);
    let results = ["value", "new_x"].map(Symbol::new);
    let imports = curve.imports(&[])?;
    hint(move |native| {
        let p = &curve.modulus;
        let machine = &*native.machine;
        let (slope, x, y) = (slope.load(machine)?, x.load(machine)?, y.load(machine)?);
        let (small_slope, small_x) = (slope.modulo(p)?, x.modulo(p)?);
        let square = mul_modulo(&small_slope, &small_slope, p);
        let found = sub_modulo(&sub_modulo(&square, &small_x, p), &small_x, p);
        imports.set(native);
        set(native, name_slope, &slope);
        set(native, name_x, &x);
        set(native, name_y, &y);
        set_all(native, &results, found);
        Some(())
    })
}

fn add_x(site: &Site<'_>, prime: Prime, imports: &[(&str, &str)]) -> Option<Hint> {
    let paths = ["slope", "point0.x", "point1.x", "point0.y"];
    let [slope, x0, x1, y0] = paths.map(|path| Parts::new(site, path));
    let places = [slope?, x0?, x1?, y0?];
    let names = ["slope", "x0", "x1", "y0"].map(Symbol::new);
    let results = ["value", "new_x"].map(Symbol::new);
    let imports = Imports::new(imports)?;
    hint(move |native| {
        let p = prime.get(native)?;
        let mut numbers = [Wide::ZERO; 4];
        let mut small = [[0; 4]; 4];
        for (at, place) in places.iter().enumerate() {
            numbers[at] = place.load(native.machine)?;
            small[at] = numbers[at].modulo(&p)?;
        }
        let square = mul_modulo(&small[0], &small[0], &p);
        let found = sub_modulo(&sub_modulo(&square, &small[1], &p), &small[2], &p);
        imports.set(native);
        for (name, number) in names.iter().zip(&numbers) {
            set(native, *name, number);
        }
        set_all(native, &results, found);
        Some(())
    })
}

/// `(slope * (x - new_x) - y) % prime`, all from the scope.
fn new_y(prime: &str, x: &str, y: &str) -> Option<Hint> {
    let [prime, x, y, slope, new_x] = [prime, x, y, "slope", "new_x"].map(Symbol::new);
    let results = ["value", "new_y"].map(Symbol::new);
    hint(move |native| {
        let p = modulus(native, prime)?;
        let (x, new_x) = (reduced(native, x, &p)?, reduced(native, new_x, &p)?);
        let (slope, y) = (reduced(native, slope, &p)?, reduced(native, y, &p)?);
        let product = mul_modulo(&slope, &sub_modulo(&x, &new_x, &p), &p);
        set_all(native, &results, sub_modulo(&product, &y, &p));
        Some(())
    })
}

/// The prime of secp256r1 under the name of the other one.
fn import_prime(_: &Site<'_>) -> Option<Hint> {
    let prime = Import::find(SECP_R1, "SECP256R1_P")?;
    let name = Symbol::new("SECP_P");
    hint(move |native| {
        native.set_variable(name, Object::Import(prime));
        Some(())
    })
}

fn x_is_zero(_: &Site<'_>) -> Option<Expression> {
    let x = Symbol::new("x");
    expression(move |native| Some(bit(int(native, x)?.is_zero())))
}

fn nibbles(site: &Site<'_>) -> Option<Hint> {
    let scalar = Halves::new(site, "scalar")?;
    let (first, last) = (site.assigned("first_nibble")?, site.assigned("last_nibble")?);
    let [num, name] = ["num", "nibbles"].map(Symbol::new);
    hint(move |native| {
        let number = scalar.load(native.machine)?;
        let nibble = |at: usize| (number[at / 16] >> (4 * (at % 16))) & 0xf;
        first.store(native.machine, nibble(63))?;
        last.store(native.machine, nibble(0))?;
        native.set_variable(num, Object::Int(Int::from(number)));
        let items = (0..63).map(|at| Object::Int(Int::from(nibble(at)))).collect();
        native.set_variable(name, Object::list(items));
        Some(())
    })
}

fn next_nibble(_: &Site<'_>) -> Option<Expression> {
    let nibbles = Symbol::new("nibbles");
    expression(move |native| {
        let left = list(native, nibbles)?;
        let value = left.borrow().last()?.to_int()?.to_felt();
        left.borrow_mut().pop();
        Some(Value::Felt(value))
    })
}

fn div_mod_n(site: &Site<'_>) -> Option<Hint> {
    let (a, b) = (Parts::new(site, "a")?, Parts::new(site, "b")?);
    let imports =
        Imports::new(&[(SECP, "N"), (SECP, "pack"), (MATH, "div_mod"), (MATH, "safe_div")])?;
    let [name_a, name_b, value, res] = ["a", "b", "value", "res"].map(Symbol::new);
    hint(move |native| {
        let (a, b) = (a.load(native.machine)?, b.load(native.machine)?);
        let found = div_modulo(&a, &b, &SECP256K1.order)?;
        imports.set(native);
        set(native, name_a, &a);
        set(native, name_b, &b);
        set_all(native, &[value, res], found);
        Some(())
    })
}

fn safe_div(_: &Site<'_>) -> Option<Hint> {
    let [res, a, b, n] = ["res", "a", "b", "N"].map(Symbol::new);
    let results = ["value", "k"].map(Symbol::new);
    hint(move |native| {
        let n = Int::from(modulus(native, n)?).to_big();
        let (a, b) = (int(native, a)?.to_big(), int(native, b)?.to_big());
        let product = int(native, res)?.to_big() * b - a;
        let (quotient, rest) = (&product / &n, product % n);
        if rest.sign() != num_bigint::Sign::NoSign {
            return None;
        }
        let quotient = Int::from(quotient);
        for name in results {
            native.set_variable(name, Object::Int(quotient.clone()));
        }
        Some(())
    })
}

/// Of a root and its negative the one that is odd like `v`, into `y` and `value`.
fn choose_root(native: &mut Native<'_>, square: &U256, prime: &U256, v: Felt, names: [Symbol; 3]) {
    let [name_square, name_y, value] = names;
    let y = root_modulo(square, prime);
    set_all(native, &[name_square], *square);
    set_all(native, &[name_y], y);
    let same = v.limbs()[0] & 1 == y[0] & 1;
    let chosen = if same { y } else { sub_modulo(&[0; 4], &y, prime) };
    set_all(native, &[value], chosen);
}

fn k1_point_from_x(site: &Site<'_>) -> Option<Hint> {
    let (x_cube, v) = (Parts::new(site, "x_cube")?, site.value("v")?);
    let beta = div_rem(&limbs(site, "BETA")?, &SECP256K1.prime)?.1;
    let imports = K1.imports(&[])?;
    let name = Symbol::new("x_cube_int");
    let names = ["y_square_int", "y", "value"].map(Symbol::new);
    hint(move |native| {
        let prime = &SECP256K1.prime;
        let cube = x_cube.load(native.machine)?.modulo(prime)?;
        let v = v.felt(native.machine)?;
        imports.set(native);
        set_all(native, &[name], cube);
        choose_root(native, &add_modulo(&cube, &beta, prime), prime, v, names);
        Some(())
    })
}

fn r1_point_from_x(site: &Site<'_>) -> Option<Hint> {
    let (x, v) = (Parts::new(site, "x")?, site.value("v")?);
    let imports = Imports::new(&[(SECP, "SECP256R1"), (SECP, "pack"), (MATH, "y_squared_from_x")])?;
    let names = ["y_square_int", "y", "value"].map(Symbol::new);
    hint(move |native| {
        let curve = &SECP256R1;
        let prime = &curve.prime;
        let x = x.load(native.machine)?.modulo(prime)?;
        let v = v.felt(native.machine)?;
        // x^3 + alpha x = x (x^2 + alpha)
        let inner = add_modulo(&mul_modulo(&x, &x, prime), &curve.alpha, prime);
        let square = add_modulo(&mul_modulo(&x, &inner, prime), &curve.beta, prime);
        imports.set(native);
        choose_root(native, &square, prime, v, names);
        Some(())
    })
}

fn is_on_curve(site: &Site<'_>, prime: &str) -> Option<Hint> {
    let to = site.assigned("is_on_curve")?;
    let [prime, y, square] = [prime, "y", "y_square_int"].map(Symbol::new);
    hint(move |native| {
        let p = modulus(native, prime)?;
        let y = reduced(native, y, &p)?;
        let same = Int::from(mul_modulo(&y, &y, &p)) == int(native, square)?;
        to.store(native.machine, bit(same))
    })
}
