// The scalars 0, 1, 2, a large one and the largest.
// flags: --layout all_solidity
// compile: --no_debug_info
// expect: ok
%builtins output ec_op

func main{output_ptr: felt*, ec_op_ptr: felt*}() {
    multiply(0);
    multiply(1);
    multiply(2);
    multiply(2 ** 250 + 2 ** 7 + 1);
    multiply(-1);
    return ();
}

func multiply{output_ptr: felt*, ec_op_ptr: felt*}(m: felt) {
    assert ec_op_ptr[0] = 3406946075390113347849186141614382943859026331139362801098460541807050012492;
    assert ec_op_ptr[1] = 553286918727390295085862184332748643124765280169853477022816811418017247627;
    assert ec_op_ptr[2] = 1839793652349538280924927302501143912227271479439798783640887258675143576352;
    assert ec_op_ptr[3] = 3564972295958783757568195431080951091358810058262272733141798511604612925062;
    assert ec_op_ptr[4] = m;
    assert output_ptr[0] = ec_op_ptr[5];
    assert output_ptr[1] = ec_op_ptr[6];
    let output_ptr = output_ptr + 2;
    let ec_op_ptr = ec_op_ptr + 7;
    return ();
}
