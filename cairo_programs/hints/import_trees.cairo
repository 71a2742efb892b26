// Trees: starkware.python.merkle_tree, patricia_utils, small_merkle_tree.
// flags: --layout plain
// expect: ok
func main() {
    %{
        from starkware.cairo.common.patricia_utils import (
            canonic, compute_patricia_from_leaves_for_test, patricia_guess_descents, preimage_tree,
        )
        from starkware.cairo.common.small_merkle_tree import MerkleTree, get_preimage_dictionary
        from starkware.cairo.lang.vm.crypto import pedersen_hash
        from starkware.python.merkle_tree import build_update_tree, decode_node

        tree = build_update_tree(3, [(5, 'a'), (2, 'b'), (5, 'c')])
        print(tree, decode_node(tree), decode_node(tree[0]))
        before, after = [0] * 16, [0] * 16
        before[3], before[12], after[3], after[13] = 7, 8, 9, 1
        pairs = {}
        def noted(left, right):
            digest = pedersen_hash(left, right)
            pairs[digest] = (left, right)
            return digest
        root, preimage, nodes = compute_patricia_from_leaves_for_test(before, noted)
        new_root, more, _ = compute_patricia_from_leaves_for_test(after, noted)
        preimage = {**pairs, **preimage, **more}
        print(root, new_root, len(preimage), len(nodes), canonic(preimage, root))
        update = build_update_tree(4, [(3, 9), (12, 0), (13, 1)])
        print(patricia_guess_descents(4, update, preimage, root, new_root))
        print(list(preimage_tree(0, preimage, (0, 0, 5))))
        print(get_preimage_dictionary([(0, 1), (2, 3)], [(2, 4)], 2, 0)[:2])
        print(MerkleTree(2, 5).compute_merkle_root([]))
        try:
            decode_node((None, None))
        except AssertionError as error:
            print('AssertionError', error)
    %}
    [ap] = 1, ap++;
    ret;
}
