//! The heavy bodies of the modules that hints import, natively.
//!
//! The modules themselves are Python (`src/lib`): they have the names, defaults, checks and messages
//! of cairo-lang. What takes long they leave to `_cairo_native`, which is here: number theory, curves
//! and hashes. Its functions are for our own modules only. They return `None` for whatever does not
//! go the usual way (a word that is too large, a sum that does not exist), and the caller then does
//! the same step by step in Python, where every oddity has its own exception.

mod curve;
mod field;
mod integers;
mod modulo;

pub(crate) use _cairo_native::module_def;
pub(crate) use modulo::fill_memory;

#[rustpython_vm::pymodule]
mod _cairo_native {
    use cairo_zero_builtins as builtins;
    use cairo_zero_core::{Felt, blake2s};
    use cairo_zero_hints::math::{keccak, sha256};
    use malachite_bigint::BigInt;
    use num_traits::{Signed, ToPrimitive};
    use rustpython_vm::builtins::{
        PyBytesRef, PyInt, PyIntRef, PyList, PyListRef, PyTuple, PyTupleRef,
    };
    use rustpython_vm::function::{ArgBytesLike, PosArgs};
    use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

    use super::{curve, integers};
    use crate::convert::{felt_of, int_of};

    /// `1 / number` modulo a positive number.
    #[pyfunction]
    fn inverse(number: PyIntRef, modulus: PyIntRef) -> Option<BigInt> {
        integers::inverse(number.as_bigint(), modulus.as_bigint())
    }

    /// The Jacobi symbol of a number over an odd positive one.
    #[pyfunction]
    fn jacobi(number: PyIntRef, over: PyIntRef) -> i32 {
        integers::jacobi(number.as_bigint(), over.as_bigint())
    }

    #[pyfunction]
    fn is_prime(number: PyIntRef) -> bool {
        integers::is_prime(number.as_bigint())
    }

    /// The smaller square root modulo an odd prime.
    #[pyfunction]
    fn square_root(number: PyIntRef, prime: PyIntRef) -> Option<BigInt> {
        integers::square_root(number.as_bigint(), prime.as_bigint())
    }

    fn pair(point: [BigInt; 2], vm: &VirtualMachine) -> PyTupleRef {
        vm.ctx.new_tuple(point.map(|coordinate| vm.ctx.new_int(coordinate).into()).into())
    }

    /// `times * (x, y)` on the curve with `alpha` modulo a prime, by sums of different points only.
    #[pyfunction]
    fn ec_mult(
        times: PyIntRef,
        x: PyIntRef,
        y: PyIntRef,
        alpha: PyIntRef,
        prime: PyIntRef,
        vm: &VirtualMachine,
    ) -> Option<PyTupleRef> {
        let curve = curve::Curve::new(alpha.as_bigint(), prime.as_bigint())?;
        let point = curve.point(x.as_bigint(), y.as_bigint())?;
        let product = curve.multiply(times.as_bigint(), &point)?;
        Some(pair(curve.affine(&product)?, vm))
    }

    /// `times * (x, y)` in the curve's group, for a positive number; the point at infinity is an
    /// empty tuple.
    #[pyfunction]
    fn ec_safe_mult(
        times: PyIntRef,
        x: PyIntRef,
        y: PyIntRef,
        alpha: PyIntRef,
        prime: PyIntRef,
        vm: &VirtualMachine,
    ) -> Option<PyTupleRef> {
        if !times.as_bigint().is_positive() {
            return None;
        }
        let curve = curve::Curve::new(alpha.as_bigint(), prime.as_bigint())?;
        let point = curve.point(x.as_bigint(), y.as_bigint())?;
        match curve.multiply_any(times.as_bigint(), &point) {
            Some(product) => Some(pair(curve.affine(&product)?, vm)),
            None => Some(vm.ctx.new_tuple(Vec::new())),
        }
    }

    /// `(p_x, p_y) + times * (q_x, q_y)` in as many steps as the AIR takes; the arguments are `p_x`,
    /// `p_y`, `q_x`, `q_y`, `times`, `alpha`, the prime, the number of steps.
    #[pyfunction]
    fn ec_op(args: PosArgs<PyIntRef>, vm: &VirtualMachine) -> Option<PyTupleRef> {
        let args = args.into_vec();
        let numbers: Vec<&BigInt> = args.iter().map(|number| number.as_bigint()).collect();
        let &[p_x, p_y, q_x, q_y, times, alpha, prime, height] = numbers.as_slice() else {
            return None;
        };
        let curve = curve::Curve::new(alpha, prime)?;
        let (start, point) = (curve.point(p_x, p_y)?, curve.point(q_x, q_y)?);
        let height = height.to_u64().filter(|height| *height <= 1024)?;
        if times.is_negative() {
            return None;
        }
        let sum = curve.multiply_add(&start, times, &point, height)?;
        Some(pair(curve.affine(&sum)?, vm))
    }

    /// A number below the field's prime.
    fn felt(number: &PyIntRef) -> Option<Felt> {
        integers::limbs_of(number.as_bigint()).and_then(Felt::from_limbs)
    }

    /// The Pedersen hash of two numbers below the field's prime.
    #[pyfunction]
    fn pedersen(x: PyIntRef, y: PyIntRef) -> Option<BigInt> {
        Some(int_of(builtins::pedersen_hash(felt(&x)?, felt(&y)?)))
    }

    /// The Poseidon permutation of three numbers modulo the field's prime.
    #[pyfunction]
    fn poseidon(a: PyIntRef, b: PyIntRef, c: PyIntRef, vm: &VirtualMachine) -> PyListRef {
        let state = [a, b, c].map(|number| felt_of(number.as_bigint()));
        let state = builtins::poseidon_permutation(state);
        vm.ctx.new_list(state.map(|felt| vm.ctx.new_int(int_of(felt)).into()).into())
    }

    /// Whether a signature is valid, all of whose numbers are in their ranges.
    #[pyfunction]
    fn verify(key: PyIntRef, message: PyIntRef, r: PyIntRef, s: PyIntRef) -> Option<bool> {
        let number = |part: &PyIntRef| {
            num_bigint::BigInt::from_signed_bytes_le(&part.as_bigint().to_signed_bytes_le())
        };
        let signature = builtins::Signature { r: number(&r), s: number(&s) };
        builtins::verify_signature(felt(&key)?, felt(&message)?, &signature).ok()
    }

    /// The first `N` numbers of a list or tuple, if they are there and `word` takes them.
    fn words<T: Copy + Default, const N: usize>(
        given: &PyObject,
        word: impl Fn(&PyInt) -> Option<T>,
    ) -> Option<[T; N]> {
        let mut out = [T::default(); N];
        let mut fill = |items: &[PyObjectRef]| {
            for (place, item) in out.iter_mut().zip(items.get(..N)?) {
                *place = word(item.downcast_ref::<PyInt>()?)?;
            }
            Some(())
        };
        if let Some(list) = given.downcast_ref::<PyList>() {
            fill(&list.borrow_vec())?;
        } else {
            fill(given.downcast_ref::<PyTuple>()?.as_slice())?;
        }
        Some(out)
    }

    /// A list of exactly `N` words.
    fn exact<const N: usize>(given: &PyObject) -> Option<[u32; N]> {
        let list = given.downcast_ref::<PyList>()?;
        if list.borrow_vec().len() != N {
            return None;
        }
        words(given, |word| word.as_bigint().to_u32())
    }

    /// A number modulo 2^32.
    fn low_word(number: &PyInt) -> Option<u32> {
        let number = number.as_bigint();
        let low = number.magnitude().iter_u32_digits().next().unwrap_or(0);
        Some(if number.is_negative() { low.wrapping_neg() } else { low })
    }

    fn list(words: &[u32], vm: &VirtualMachine) -> PyListRef {
        vm.ctx.new_list(words.iter().map(|word| vm.ctx.new_int(*word).into()).collect())
    }

    /// BLAKE2s's compression of eight words with sixteen; count and final flags follow.
    #[pyfunction]
    fn blake2s(
        chain: PyObjectRef,
        message: PyObjectRef,
        marks: PosArgs<PyIntRef>,
        vm: &VirtualMachine,
    ) -> Option<PyListRef> {
        let marks = marks.into_vec();
        let [t0, t1, f0, f1] = marks.as_slice() else { return None };
        let (counter, last) = ([low_word(t0)?, low_word(t1)?], [low_word(f0)?, low_word(f1)?]);
        let state = blake2s::compress(&exact(&chain)?, &words(&message, low_word)?, counter, last);
        Some(list(&state, vm))
    }

    /// SHA-256's message schedule of a list of sixteen words.
    #[pyfunction]
    fn sha256_schedule(message: PyObjectRef, vm: &VirtualMachine) -> Option<PyListRef> {
        Some(list(&sha256::schedule(&exact(&message)?), vm))
    }

    /// SHA-256's compression of a state of eight words with a message schedule.
    #[pyfunction]
    fn sha256(state: PyObjectRef, schedule: PyObjectRef, vm: &VirtualMachine) -> Option<PyListRef> {
        Some(list(&sha256::compress_schedule(&exact(&state)?, &words(&schedule, low_word)?), vm))
    }

    /// Keccak-f[1600] on the first twenty-five numbers of a list.
    #[pyfunction]
    fn keccak_f1600(lanes: PyObjectRef, vm: &VirtualMachine) -> Option<PyListRef> {
        let mut state: [u64; keccak::LANES] = words(&lanes, |lane| lane.as_bigint().to_u64())?;
        keccak::permute(&mut state);
        Some(vm.ctx.new_list(state.iter().map(|lane| vm.ctx.new_int(*lane).into()).collect()))
    }

    #[pyfunction]
    fn keccak256(data: ArgBytesLike, vm: &VirtualMachine) -> PyBytesRef {
        vm.ctx.new_bytes(keccak::keccak_256(&data.borrow_buf()).to_vec())
    }

    #[pyfunction]
    fn initial_words(vm: &VirtualMachine) -> PyListRef {
        list(&blake2s::IV, vm)
    }

    #[pyfunction]
    fn sha256_constants(vm: &VirtualMachine) -> PyListRef {
        list(&sha256::ROUNDS, vm)
    }

    #[pyfunction]
    fn blake2s_orders(vm: &VirtualMachine) -> PyResult<PyListRef> {
        let orders = blake2s::SIGMA.map(|order| list(&order.map(|at| at as u32), vm).into());
        Ok(vm.ctx.new_list(orders.into()))
    }
}
