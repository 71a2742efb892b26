"""Trees of Patricia nodes; names and results are cairo-lang's.

A node is a triple: the length of the path down to the node below, that path as a number, and the
hash of the node below. Paths of length zero are leaves and nodes with two children; a node whose
parts are all zero is empty. Its own hash is hash(below, path) + length, or that of the node below.
"""

from starkware.python.math_utils import is_power_of_2

EMPTY = (0, 0, 0)


def hash_node(e, hash_func):
    length, path, below = e
    return below if length == 0 else hash_func(below, path) + length


def _joined(left, right, hash_of):
    """The node above two children."""
    if left == EMPTY and right == EMPTY:
        return EMPTY
    if left == EMPTY:
        length, path, below = right
        return length + 1, path + 2**length, below
    if right == EMPTY:
        length, path, below = left
        return length + 1, path, below
    return 0, 0, hash_of(left, right)


def compute_patricia_from_leaves_for_test(leaves, hash_func):
    assert is_power_of_2(len(leaves))
    preimage, node_at_path = {}, {}

    def noted(node):
        digest = hash_node(node, hash_func)
        if node[0] != 0:
            preimage[digest] = node
        return digest

    nodes = [(0, 0, leaf) for leaf in leaves]
    height = 0
    while len(nodes) > 1:
        node_at_path.update(((height, at), node) for at, node in enumerate(nodes))
        pairs = zip(nodes[::2], nodes[1::2])
        nodes = [
            _joined(left, right, lambda a, b: hash_func(noted(a), noted(b)))
            for left, right in pairs
        ]
        height += 1
    (root,) = nodes
    node_at_path[height, 0] = root
    return noted(root), preimage, node_at_path


def canonic(preimage, node_hash):
    known = preimage.get(node_hash, ())
    return known if len(known) == 3 else (0, 0, node_hash)


def get_children(preimage, node):
    length, path, below = node
    if length == 0:
        left, right = preimage[below] if below != 0 else (0, 0)
        return canonic(preimage, left), canonic(preimage, right)
    length -= 1
    if path >> length == 0:
        return (length, path, below), EMPTY
    return EMPTY, (length, path - (1 << length), below)


def preimage_tree(height, preimage, node):
    if height == 0:
        yield 0
        return
    for child in get_children(preimage, node):
        yield None if child == EMPTY else preimage_tree(height - 1, preimage, child)


def get_descents(height, path, nodes):
    if nodes[0] is None:
        return {}
    start, start_path = height, path
    lefts = rights = []
    while height > 0:
        # Each node is taken apart once only: it may be a generator.
        children = [(None, None) if node is None else tuple(node) for node in nodes]
        lefts = [left for left, _ in children]
        rights = [right for _, right in children]
        if all(left is None for left in lefts):
            nodes, path = rights, 2 * path + 1
        elif all(right is None for right in rights):
            nodes, path = lefts, 2 * path
        else:
            break
        height -= 1
    length = start - height
    descents = {(start, start_path): (length, path % 2**length)} if length > 1 else {}
    if height > 0:
        descents.update(get_descents(height - 1, 2 * path, lefts))
        descents.update(get_descents(height - 1, 2 * path + 1, rights))
    return descents


def compute_siblings_from_tree(height, node, node_at_path, descent_map, hash_func, path=0):
    if not isinstance(node, tuple):
        assert height == 0
        return []

    def within(child, side):
        return compute_siblings_from_tree(
            height - 1, child, node_at_path, descent_map, hash_func, 2 * path + side
        )

    def beside(side):
        return [hash_node(node_at_path[height - 1, 2 * path + side], hash_func)]

    left, right = node
    if left is None:
        siblings = beside(0) + within(right, 1)
    elif right is None:
        siblings = beside(1) + within(left, 0)
    else:
        siblings = within(left, 0) + within(right, 1)
    descent = descent_map.get((height, path))
    if descent is None:
        return siblings
    # The empty siblings along a descent are replaced by their number.
    length, _ = descent
    assert siblings[:length] == [0] * length
    return [length] + siblings[length:]


def patricia_guess_descents(height, node, preimage, prev_root, new_root):
    trees = [
        preimage_tree(height, preimage, canonic(preimage, root)) for root in (prev_root, new_root)
    ]
    return get_descents(height, 0, [node, *trees])
