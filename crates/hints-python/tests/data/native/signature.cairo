// The hints of a file of the common library that does not compile with its unused functions.

%builtins range_check

from starkware.cairo.common.cairo_secp.bigint import BigInt3
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.cairo_secp.signature import recover_public_key, try_get_point_from_x

func main{range_check_ptr}() {
    dump();
    let a = BigInt3(1, 2, 3);
    try_get_point_from_x(a, 0, cast(0, EcPoint*));
    let (_) = recover_public_key(a, a, a, 27);
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
