// Every way to read a name, each in a hint of its own.
// flags: --layout small
// expect: ok

struct Point {
    x: felt,
    y: felt,
}
struct Line {
    a: Point,
    b: Point*,
    c: felt*,
    d: Point**,
}
struct Nest {
    one: Point,
    ptr: Point*,
    pptr: Point**,
}
using PP2 = Point;
using T1 = (a: felt, b: felt);
const C1 = -3;
const C2 = 2 ** 251;
const C3 = 3618502788666131213697322783095070105623107215331596699973092056135872020478;
namespace ns {
    const D = 5;
    namespace inner {
        const E = 6;
    }
    func f(z: felt) {
        return ();
    }
    struct S {
        w: felt,
        q: felt,
    }
}
func foo(p: Point*, pp: Point**, v: Point, arr: felt*, ln: Line*, t1: Point, nested: Nest*) -> (
    res: felt
) {
    alloc_locals;
    local loc: felt;
    let sum = [fp - 4] * 2 + 5 * (p.x - 3);
    let sumf = arr[0] + 7;
    let k = 5;
    let kk = cast(5, Point*);
    let dd = [arr + 1];
    let pv = [p];
    let asm = p.x;
    let div = p.x / 2;
    let np = p + 8;
    let nx = np.x;
    let px = pp[0].x;
    let zero = 0;
    let neg = -1;
    let big = -(2 ** 250);
    let quot = p.x / p.y;
    let deep = ln.b.x * ln.a.x - p.y;
    let sh = [cast(ln + 2, felt**)];
    let mulref = [p].x * [p + 2].y;
    let fpref = cast(fp, felt);
    let apc = [ap - 1];
    [ap] = 77, ap++;
    ns.f(3);

    lbl:
    [ap] = 1, ap++;
    %{ PRINT = [] %}
    %{ v0 = ids.C1 %}
    %{ v1 = ids.C2 %}
    %{ v2 = ids.C3 %}
    %{ v3 = ids.k %}
    %{ v4 = ids.p.x %}
    %{ v5 = ids.p.y %}
    %{ v6 = ids.p.address_ %}
    %{ v7 = ids.p.type_.SIZE %}
    %{ v8 = ids.p.type_.y %}
    %{ v9 = ids.pp %}
    %{ v10 = ids.v.x %}
    %{ v11 = ids.v.address_ %}
    %{ v12 = ids.arr %}
    %{ v13 = ids.ln.a.y %}
    %{ v14 = ids.ln.a.address_ %}
    %{ v15 = ids.ln.b.x %}
    %{ v16 = ids.ln.b.address_ %}
    %{ v17 = ids.ln.c %}
    %{ v18 = ids.ln.d %}
    %{ v19 = ids.ln.d - ids.ln.d %}
    %{ v20 = ids.sum %}
    %{ v21 = ids.sumf %}
    %{ v22 = ids.kk.address_ %}
    %{ v23 = ids.dd %}
    %{ v24 = ids.pv.x %}
    %{ v25 = ids.asm %}
    %{ v26 = ids.ns.D %}
    %{ v27 = ids.ns.inner.E %}
    %{ v28 = ids.ns.f.instruction_offset_ %}
    %{ v29 = ids.foo.instruction_offset_ %}
    %{ v30 = ids.lbl.instruction_offset_ %}
    %{ v31 = ids.Point.SIZE %}
    %{ v32 = ids.Point.y %}
    %{ v33 = ids.Line.SIZE %}
    %{ v34 = ids.Line.d %}
    %{ v35 = ids.div %}
    %{ v36 = ids.np.x %}
    %{ v37 = ids.nx %}
    %{ v38 = ids.px %}
    %{ v39 = ids.p[1].y %}
    %{ v40 = ids.p[0].x %}
    %{ v41 = ids.p[-1].address_ %}
    %{ v42 = ids.p[2].address_ - ids.p.address_ %}
    %{ v43 = ids.p.type_ == ids.Point %}
    %{ v44 = ids.Point == ids.Line %}
    %{ v45 = ids.Point == 5 %}
    %{ v46 = ids.foo.Args.SIZE %}
    %{ v47 = ids.foo.Args.pp %}
    %{ v48 = ids.foo.SIZEOF_LOCALS %}
    %{ v49 = ids.foo.ImplicitArgs.SIZE %}
    %{ v50 = ids.main.instruction_offset_ %}
    %{ v51 = ids.ns.S.SIZE %}
    %{ v52 = ids.ns.S.q %}
    %{ v53 = ids.ns.f.Args.SIZE %}
    %{ v54 = ids.p.x + ids.p.y * 2 - ids.C1 %}
    %{ v55 = -ids.p.x % PRIME %}
    %{ v56 = (ids.p.x - ids.p.y) % PRIME %}
    %{ v57 = ids.sum // 3 %}
    %{ v58 = ids.k ** 3 %}
    %{ v59 = [ids.p[i].x for i in range(2)] %}
    %{ v60 = {i: ids.p[i].y for i in range(2)} %}
    %{ v61 = ids.arr + ids.k %}
    %{ v62 = ids.arr + ids.k - ids.arr %}
    %{ v63 = memory[ids.arr + 1] %}
    %{ v64 = memory[ids.p.address_ + ids.Point.y] %}
    %{ v65 = memory.get(ids.arr) %}
    %{ v66 = ids.p.type_.SIZE * 2 %}
    %{ v67 = ids.ns.inner.E - 1 %}
    %{ v68 = memory.get(ids.arr + 100) %}
    %{ v69 = memory.get(ids.arr + 100, 7) %}
    %{ v70 = memory.get_range(addr=ids.arr, size=ids.k - 3) %}
    %{ v71 = ids.arr < ids.dd if False else 1 %}
    %{ v72 = ids.p.address_ == ids.np.address_ - 8 %}
    %{ v73 = ids.p.address_.offset %}
    %{ v74 = ids.arr.segment_index > 0 %}
    %{ v75 = ids.t1.x %}
    %{ v76 = ids.nested.one.x %}
    %{ v77 = ids.nested.two[1].x if False else 3 %}
    %{ v78 = ids.nested.ptr.x %}
    %{ v79 = ids.nested.ptr[1].x %}
    %{ v80 = ids.nested.pptr %}
    %{ v81 = len(str(ids.C2)) %}
    %{ v82 = ids.zero %}
    %{ v83 = ids.neg %}
    %{ v84 = ids.big %}
    %{ v85 = ids.quot %}
    %{ v86 = ids.deep %}
    %{ v87 = ids.sh %}
    %{ v88 = ids.mulref %}
    [ap] = 5, ap++;
    %{ for i in range(89): print(i, type(globals()['v%d' % i]).__name__, globals()['v%d' % i]) %}
    ap += 5;
    ret;
}
func get_fp_and_pc() -> (fp_val: felt*, pc_val: felt*) {
    return (fp_val=cast([fp - 2], felt*), pc_val=cast([fp - 1], felt*));
}
func main() {
    alloc_locals;
    local arr: felt*;
    local pts: Point*;
    local ln: Line;
    local ne: Nest;
    %{
        ids.arr = segments.gen_arg([11, 12]); ids.pts = segments.gen_arg([100, 101, 102, 103, 104, 105, 106, 107, 108, 109])
        ids.ln.a.x = 3
        ids.ln.a.y = 4
        ids.ln.b = ids.pts.address_ + 2
        ids.ln.c = ids.arr
        ids.ln.d = segments.gen_arg([ids.arr])
        ids.ne.one.x = 1
        ids.ne.one.y = 2
        ids.ne.ptr = ids.pts.address_
        ids.ne.pptr = segments.gen_arg([ids.arr])
    %}
    let (__fp__, _) = get_fp_and_pc();
    foo(pts, &pts, Point(5, 6), arr, &ln, Point(7, 8), &ne);
    [ap] = 1, ap++;
    ret;
}
