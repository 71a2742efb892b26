// Every hint of the common library, by importing one name from each of its files. It is compiled
// with --no_opt_unused_functions, so that all functions of the files are in the program. `dump`
// prints a scope's variables.

%builtins range_check

from starkware.cairo.common.alloc import alloc as name_0
from starkware.cairo.common.copy_indices import copy_indices as name_1
from starkware.cairo.common.default_dict import default_dict_new as name_2
from starkware.cairo.common.dict import dict_new as name_3
from starkware.cairo.common.ec import assert_on_curve as name_4
from starkware.cairo.common.find_element import find_element as name_5
from starkware.cairo.common.keccak import unsafe_keccak as name_6
from starkware.cairo.common.log2_ceil import log2_ceil as name_7
from starkware.cairo.common.math import assert_not_zero as name_8
from starkware.cairo.common.math_cmp import is_not_zero as name_9
from starkware.cairo.common.memcpy import memcpy as name_10
from starkware.cairo.common.memset import memset as name_11
from starkware.cairo.common.merkle_multi_update import merkle_multi_update as name_12
from starkware.cairo.common.merkle_update import merkle_update as name_13
from starkware.cairo.common.modulo import run_mod_p_circuit as name_14
from starkware.cairo.common.patricia import open_edge as name_15
from starkware.cairo.common.patricia_with_sponge import open_edge as name_16
from starkware.cairo.common.pow import pow as name_17
from starkware.cairo.common.segments import relocate_segment as name_18
from starkware.cairo.common.set import set_add as name_19
from starkware.cairo.common.signature import verify_ecdsa_signature as name_20
from starkware.cairo.common.small_merkle_tree import small_merkle_tree_update as name_21
from starkware.cairo.common.squash_dict import squash_dict as name_22
from starkware.cairo.common.uint256 import Uint256 as name_23
from starkware.cairo.common.usort import usort as name_24
from starkware.cairo.common.builtin_keccak.keccak import keccak_uint256s as name_25
from starkware.cairo.common.builtin_poseidon.poseidon import poseidon_hash as name_26
from starkware.cairo.common.cairo_blake2s.blake2s import blake2s as name_27
from starkware.cairo.common.cairo_keccak.keccak import cairo_keccak_uint256s as name_28
from starkware.cairo.common.cairo_secp.bigint import UnreducedBigInt5 as name_29
from starkware.cairo.common.cairo_secp.ec import ec_negate as name_30
from starkware.cairo.common.cairo_secp.field import unreduced_mul as name_31
from starkware.cairo.common.cairo_sha256.sha256_utils import compute_message_schedule as name_32
from starkware.cairo.common.keccak_utils.keccak_utils import keccak_add_uint256 as name_33
from starkware.cairo.common.secp256r1.bigint import nondet_bigint3 as name_34
from starkware.cairo.common.secp256r1.ec import compute_doubling_slope as name_35
from starkware.cairo.common.secp256r1.field import unreduced_mul as name_36
from starkware.starknet.builtins.segment_arena.segment_arena import SegmentInfo as name_37
from starkware.cairo.builtin_selection.inner_select_builtins import inner_select_builtins as name_38
from starkware.cairo.builtin_selection.select_builtins import select_builtins as name_39
from starkware.cairo.builtin_selection.select_input_builtins import select_input_builtins as name_40

func main{range_check_ptr}() {
    return ();
}

func dump() {
    %{
        def _show(x):
            name = type(x).__name__
            if isinstance(x, dict):
                return {_show(k): _show(v) for k, v in x.items()}
            if isinstance(x, (list, tuple)):
                return type(x)(map(_show, x))
            if name == "DictTracker":
                return _show(x.data), x.current_ptr
            if name == "DictManager":
                return _show(x.trackers)
            if isinstance(x, (int, str, bytes, bytearray, type(None))) or name == "RelocatableValue":
                return x
            return getattr(x, "__name__", name)

        _host = {"PRIME", "__builtins__", "ap", "builtin_runners", "current_step", "fp", "ids",
            "is_accessed", "memory", "pc", "program_input", "range_check_builtin", "segments",
            "to_felt_or_relocatable", "safe_div", "_show", "_host"}
        print({k: _show(v) for k, v in sorted(globals().items())
            if k not in _host and not k.startswith(("vm_", "fadd", "fdiv", "fis", "fmul", "fpow",
            "fsqrt", "fsub"))})
    %}
    [ap] = 0, ap++;
    return ();
}
