// Hashes: BLAKE2s, SHA-256, Keccak, Pedersen, Poseidon.
// flags: --layout plain
// expect: ok
func main() {
    %{
        from eth_hash.auto import keccak
        from starkware.cairo.common.cairo_blake2s.blake2s_utils import (
            IV, SIGMA, blake2s_compress, calculate_blake2s_hash_from_felt252s, compute_blake2s_func,
        )
        from starkware.cairo.common.cairo_keccak.keccak_utils import keccak_func
        from starkware.cairo.common.cairo_sha256 import sha256_utils
        from starkware.cairo.common.hash_chain import compute_hash_chain
        from starkware.cairo.common.hash_state import HashState, compute_hash_on_elements
        from starkware.cairo.common.keccak_utils.keccak_utils import keccak_f
        from starkware.cairo.common.poseidon_hash import (
            poseidon_hash, poseidon_hash_many, poseidon_hash_single, poseidon_perm,
        )
        from starkware.cairo.lang.vm.crypto import pedersen_hash

        print(blake2s_compress(h=IV, message=list(range(16)), t0=64, t1=0, f0=0, f1=0))
        print(len(SIGMA), calculate_blake2s_hash_from_felt252s([1, 2**70], True, True))
        # A block as it lies in memory: state, message, count, flag; and then the output.
        base = segments.add()
        segments.write_arg(base, IV + list(range(16)) + [64, 2**32 - 1])
        compute_blake2s_func(segments=segments, output_ptr=base + 26)
        print(memory.get_range(base + 26, 8))
        schedule = sha256_utils.compute_message_schedule([0x61626380] + [0] * 14 + [24])
        print(''.join(f'{word:08x}' for word in sha256_utils.sha2_compress_function(sha256_utils.IV, schedule)))
        print(keccak_func([0] * 25)[:3], keccak_f(b'cairo').hex()[:32])
        print(keccak(b'').hex(), keccak(b'x' * 200).hex())
        image = keccak.new(b'ab')
        image.update(b'c')
        print(image.digest() == keccak(b'abc'))
        print(pedersen_hash(1, 2), compute_hash_chain([1, 2, 3]), compute_hash_on_elements([1, 2, 3]))
        state = HashState.init()
        state.update_single(5)
        state.update_with_hashchain([6, 7])
        print(state.finalize(), state.finalized)
        print(poseidon_hash(1, 2), poseidon_hash_single(3), poseidon_hash_many([1, 2, 3]))
        print(poseidon_perm(1, 2, 3))
        for failing in [lambda: pedersen_hash(-1, 2), lambda: keccak('text'), lambda: poseidon_perm(1)]:
            try:
                print(failing())
            except Exception as error:
                print(type(error).__name__, error)
    %}
    [ap] = 1, ap++;
    ret;
}
