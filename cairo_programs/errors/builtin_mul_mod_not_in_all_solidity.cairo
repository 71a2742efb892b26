// flags: --layout all_solidity
// expect: error 1
// message: Builtins {'mul_mod'} are not present in layout "all_solidity"
%builtins mul_mod

func main(mul_mod_ptr: felt*) -> (mul_mod_ptr: felt*) {
    return (mul_mod_ptr=mul_mod_ptr);
}
