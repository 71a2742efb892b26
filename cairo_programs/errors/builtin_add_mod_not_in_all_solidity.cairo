// flags: --layout all_solidity
// expect: error 1
// message: Builtins {'add_mod'} are not present in layout "all_solidity"
%builtins add_mod

func main(add_mod_ptr: felt*) -> (add_mod_ptr: felt*) {
    return (add_mod_ptr=add_mod_ptr);
}
