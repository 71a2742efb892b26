// A hash of more bytes than the scope's limit allows.
// flags: --layout small
// expect: error 1
// message: unsafe_keccak() can only be used with length<=10. Got: length=11.
%builtins range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.keccak import unsafe_keccak

func main{range_check_ptr}() {
    let (data) = alloc();
    %{ __keccak_max_size = 10 %}
    assert data[0] = 0x101112131415161718191A;
    unsafe_keccak(data, 11);
    return ();
}

// suite: record = ["stdout"]
