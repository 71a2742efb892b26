// Eight instances of 1024 steps each.
// flags: --layout starknet --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
%builtins ec_op

func main{ec_op_ptr: felt*}() {
    let (x, y) = chain(874739451078007766457464989774322083649278607533249481151382481072868806602, 152666792071518830868575557812948353041420400780739481342941381225525861407, 8);
    assert ec_op_ptr[0] = x;
    assert ec_op_ptr[1] = y;
    assert ec_op_ptr[2] = 3406946075390113347849186141614382943859026331139362801098460541807050012492;
    assert ec_op_ptr[3] = 553286918727390295085862184332748643124765280169853477022816811418017247627;
    assert ec_op_ptr[4] = 2 ** 128 - 1;
    [ap] = [ec_op_ptr + 6], ap++;
    let ec_op_ptr = ec_op_ptr + 7;
    return ();
}

func chain{ec_op_ptr: felt*}(x: felt, y: felt, left: felt) -> (x: felt, y: felt) {
    if (left == 0) {
        return (x=x, y=y);
    }
    assert ec_op_ptr[0] = x;
    assert ec_op_ptr[1] = y;
    assert ec_op_ptr[2] = 1839793652349538280924927302501143912227271479439798783640887258675143576352;
    assert ec_op_ptr[3] = 3564972295958783757568195431080951091358810058262272733141798511604612925062;
    assert ec_op_ptr[4] = left * 1000;
    let next_x = ec_op_ptr[5];
    let next_y = ec_op_ptr[6];
    let ec_op_ptr = ec_op_ptr + 7;
    return chain(next_x, next_y, left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
