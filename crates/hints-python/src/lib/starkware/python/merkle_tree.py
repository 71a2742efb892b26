"""The part of a binary tree that updates of its leaves touch; names and results are cairo-lang's."""


def build_update_tree(height, modifications):
    if len(modifications) == 0:
        return None
    # From the leaves to the root: the nodes of one height by their place in it. A leaf changed twice
    # keeps its last value.
    nodes = dict(modifications)
    for _ in range(height):
        parents = sorted({index // 2 for index in nodes})
        nodes = {at: (nodes.get(2 * at), nodes.get(2 * at + 1)) for at in parents}
    assert len(nodes) == 1
    return nodes[0]


def decode_node(node):
    left, right = node
    if left is not None:
        return left, right, "left" if right is None else "both"
    assert right is not None, "No updates in tree"
    return left, right, "right"
