"""Merkle trees of Pedersen hashes kept as dictionaries; names and results are cairo-lang's."""

from starkware.cairo.lang.vm.crypto import pedersen_hash


class MerkleTree:
    """A tree whose leaves have a default. Nodes are numbered from the root, which is 1."""

    def __init__(self, tree_height, default_leaf):
        self.tree_height = tree_height
        self.default_leaf = default_leaf
        root = default_leaf
        for _ in range(tree_height):
            root = pedersen_hash(root, root)
        self.node_values = {1: root}
        self.preimage = {}

    def compute_merkle_root(self, modifications):
        if len(modifications) == 0:
            return self.node_values[1]
        first_leaf = 2**self.tree_height
        pending = set()
        for index, value in modifications:
            self.node_values[first_leaf + index] = value
            pending.add((first_leaf + index) // 2)
        default = self.default_leaf
        for _ in range(self.tree_height):
            for node in sorted(pending):
                children = tuple(
                    self.node_values.get(child, default) for child in (2 * node, 2 * node + 1)
                )
                digest = pedersen_hash(*children)
                self.node_values[node] = digest
                self.preimage[digest] = children
            default = pedersen_hash(default, default)
            pending = {node // 2 for node in pending}
        assert pending == {0}
        return self.node_values[1]


def get_preimage_dictionary(initial_leaves, modifications, tree_height, default_leaf):
    tree = MerkleTree(tree_height=tree_height, default_leaf=default_leaf)
    before = tree.compute_merkle_root(modifications=initial_leaves)
    after = tree.compute_merkle_root(modifications=modifications)
    return before, after, tree.preimage
