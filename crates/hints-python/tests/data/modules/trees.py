# Trees: updates, Patricia nodes, small Merkle trees.
from starkware.cairo.common import patricia_utils as p
from starkware.cairo.common import small_merkle_tree as t
from starkware.python import merkle_tree as m

random.seed(5)


def leaves(height, count):
    return [(random.randrange(2**height), random.getrandbits(60) + 1) for _ in range(count)]


updates = [(h, leaves(h, random.randrange(9))) for h in (0, 1, 2, 3, 5, 8, 60, 251) for _ in range(25)]
check("build_update_tree", m.build_update_tree, updates + [(1, [(5, 1)]), (2, [(0, 1), (9, 2)]), (0, [(0, 1), (1, 2)]), (3, {1: 2}.items())])
nodes = [m.build_update_tree(h, u) for h, u in updates if h > 0 and u]
check("decode_node", m.decode_node, [(node,) for node in nodes] + [((None, None),), ((1,),), (None,)])


def hashed(a, b):
    return 2 + (a * 1000003 + b * 7919 + a * b) % (2**61 - 1)


def full(height, count):
    values = [0] * 2**height
    for index, value in leaves(height, count):
        values[index] = value
    return values


before = [(h, full(h, random.randrange(2**h + 1))) for h in (0, 1, 2, 3, 4, 5) for _ in range(20)]
check("compute_patricia_from_leaves_for_test", p.compute_patricia_from_leaves_for_test, [(values, hashed) for h, values in before] + [([1, 2, 3], hashed), ([], hashed)])


def guessed(height, values, changes):
    # The function's own preimages are those of edges.
    pairs = {}

    def noted(a, b):
        pairs[hashed(a, b)] = (a, b)
        return hashed(a, b)

    root, preimage, at = p.compute_patricia_from_leaves_for_test(values, noted)
    changed = list(values)
    for index, value in changes:
        changed[index] = value
    new_root, more, new_at = p.compute_patricia_from_leaves_for_test(changed, noted)
    preimage = {**pairs, **preimage, **more}
    tree = m.build_update_tree(height, changes)
    descents = p.patricia_guess_descents(height, tree, preimage, root, new_root)
    siblings = []
    if tree is not None:
        own = p.get_descents(height, 0, [tree, p.preimage_tree(height, preimage, p.canonic(preimage, root))])
        siblings = p.compute_siblings_from_tree(height, tree, at, own, hashed)
    return descents, siblings, list(descents)


changes = [(h, values, [(i, random.choice([0, v])) for i, v in leaves(h, random.randrange(5))]) for h, values in before]
check("patricia_guess_descents", guessed, changes)
check("hash_node", p.hash_node, [((length, 5, 9), hashed) for length in range(4)])
PREIMAGE = {5: (1, 2), 6: (3, 1, 7), 7: (6, 5)}
check("canonic", p.canonic, [(PREIMAGE, n) for n in range(9)])
check("get_children", p.get_children, [(PREIMAGE, p.canonic(PREIMAGE, n)) for n in range(9)] + [(PREIMAGE, (3, 4, 5)), (PREIMAGE, (1, 1, 5))])
check("preimage_tree", lambda h, n: [None if x is None else x for x in p.preimage_tree(h, PREIMAGE, n) if not hasattr(x, "send")], [(0, (0, 0, 0)), (1, (0, 0, 5)), (2, (2, 1, 5)), (2, (0, 0, 99))])
check("small_merkle_tree", t.get_preimage_dictionary, [(leaves(h, 4), leaves(h, 3), h, random.choice([0, 5])) for h in (1, 2, 3, 5) for _ in range(4)] + [([], [], 3, 0), ([(9, 1)], [], 3, 0), ([(1, 1)], [(0, 2)], 0, 4)])


def merkle(height, default, *rounds):
    tree = t.MerkleTree(height, default)
    return [tree.compute_merkle_root(changes) for changes in rounds], tree.node_values, tree.preimage


check("merkle_tree", merkle, [(h, d, leaves(h, 3), [], leaves(h, 2)) for h in (1, 3, 6) for d in (0, 9)])
