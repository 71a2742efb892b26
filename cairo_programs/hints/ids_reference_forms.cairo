// References of every form: a pointer behind a pointer, without the outer brackets, with a
// subtraction, with a sum of two cells, with an immediate.
// flags: --layout plain
// expect: ok
struct Node {
    value: felt,
    next: Node*,
}

func walk(node: Node*, by: felt) {
    let second = node.next;
    let third = node.next.next;
    let value = node.next.next.value;
    let behind = cast(node.next + 1, felt*);
    let before = cast(node.next - 1, felt*);
    let last = cast(node.next.next, felt);
    let moved = node + by;
    let scaled = by * 3;
    let sum = node.value + node.next.value;
    let difference = by - 10;
    let inner = [cast([cast(node + 1, felt*)] + 1, felt*)];
    let constant = 17;
    let cell = [cast(fp - 3, felt*)];
    let address = fp + 5;
    %{
        print(ids.node.address_, ids.by, ids.third.address_, ids.value)
        print(ids.second.value, ids.third.value, ids.second.address_, ids.third.next.address_)
        print(ids.behind, ids.before, ids.last, ids.inner, ids.cell)
        print(ids.scaled, ids.difference, ids.constant, ids.address)
        print(ids.moved.address_)
        print(ids.sum)
    %}
    ret;
}

func main() {
    alloc_locals;
    local nodes: Node*;
    %{ ids.nodes = segments.add() %}
    assert nodes[0] = Node(value=10, next=nodes + 2 * Node.SIZE);
    assert nodes[2] = Node(value=20, next=nodes + Node.SIZE);
    assert nodes[1] = Node(value=30, next=nodes);
    walk(nodes, 4);
    ret;
}
