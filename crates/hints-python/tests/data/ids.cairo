%builtins output
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
using PP = Point;
const C1 = -3;
const C2 = 2 ** 251;
const C3 = 3618502788666131213697322783095070105623107215331596699973092056135872020478;
namespace ns {
    const D = 5;
    namespace inner {
        const E = 6;
    }
    func f() {
        return ();
    }
    struct S {
        q: felt,
    }
}
func foo(p: Point*, pp: Point**, v: Point, t: (felt, felt), arr: felt*, ln: Line*) -> (res: felt) {
    alloc_locals;
    local loc: felt;
    local lp: Point;
    local lpt: Point*;
    let sum = [fp - 3] * 2;
    let sumf = arr[0] + 7;
    let k = 5;
    let kk = cast(5, Point*);
    let dd = [arr + 1];
    let apref = [ap];
    let pv = [p];
    let asm = p.x;
    let lab = lbl;
    let tt = (1, 2);
    let div = [fp - 3] / 2;
    let np = p + 4;
    let nx = np.x;
    let px = pp[0].x;
    %{
        import sys
        def t(s):
            try:
                print(s, '->', eval(s))
            except BaseException as e:
                print(s, '!!', type(e).__name__, type(e).__module__, '|', str(e))
        def ex(s):
            try:
                exec(s, globals())
                print(s, ': ok')
            except BaseException as e:
                print(s, '!!', type(e).__name__, type(e).__module__, '|', str(e))
        for s in ['ids.C1','ids.C2','ids.C3','ids.k','ids.p','ids.p.x','ids.p.address_','ids.p.type_','ids.p.type_.SIZE','ids.p.type_.x','ids.p.z','ids.pp','ids.v','ids.v.x','ids.v.address_','ids.t','ids.arr','ids.ln','ids.ln.a','ids.ln.a.y','ids.ln.b','ids.ln.b.x','ids.ln.c','ids.ln.d','ids.sum','ids.sumf','ids.kk','ids.kk.address_','ids.dd','ids.pv','ids.pv.x','ids.asm','ids.lab','ids.tt','ids.nope','ids.ns','ids.ns.D','ids.ns.inner.E','ids.ns.nope','ids.ns.inner.nope','ids.ns.f','ids.ns.f.instruction_offset_','ids.foo','ids.foo.instruction_offset_','ids.lbl.instruction_offset_','ids.Point','ids.Point.SIZE','ids.Point.y','ids.Point.w','ids.Line.SIZE','ids.Line.d','ids.PP','ids.loc','ids.lp','ids.lp.x','ids.lpt','ids.div','ids.np.x', 'ids.nx','ids.px','ids.p[1].y','ids.p[0].x','ids.p[-1].address_','ids.__foo','ids.loc.x','ids.p == ids.p','ids.Point == ids.p.type_','ids.Point == ids.Point','ids.Point == 5','ids.Point != ids.Line','ids.foo.Args.SIZE','ids.foo.Args.p','ids.foo.SIZEOF_LOCALS','ids.foo.p','ids.foo.Return','ids.foo.ImplicitArgs.SIZE','ids.main.instruction_offset_','ids.ns.S.SIZE','ids.p + 1','int(ids.p)','ids.ns.instruction_offset_','ids.ap','ids.fp','hasattr(ids,"zz")','hasattr(ids,"__zz")','getattr(ids,"p").x','ids._path','ids.p._reference_value', 'ids.output_ptr','ids.apref','ids[0]','ids.p["x"]','len(ids.p)','ids.p is ids.p', 'repr(ids)[:60]','repr(ids.p)[:60]','repr(ids.Point)[:60]','hash(ids.Point)','hash(ids.p) is not None', 'ids.res','ids.foo.res', 'ids.p.x.y', 'ids.__class__','type(ids).__name__,type(ids.p).__name__,type(ids.Point).__name__,type(ids.ns).__name__', 'ids.t2', 'ids.arr[0]']:
            t(s)
        for s in ['ids.loc = 5','ids.loc = 5','ids.loc = 6','ids.loc = True','ids.lp = 5','ids.lp.x = 7','ids.lp.x = -1','ids.lp.y = -1','ids.lp.z=3','ids.k = 3','ids.k = 5','ids.C1 = 3','ids.C1 = -3','ids.foo = 3','ids.ns = 3','ids.Point = 3','ids.Point.x = 3','ids.ns.D = 3','ids.sum = 3','ids.sumf = 3','ids.div=3','ids.tt = 3','ids.kk = 3','ids.lpt = ids.p.address_','ids.lpt = ids.p','ids.loc = None','ids.p.x = None','ids.p.x = "a"','ids.loc = 3.5','ids.loc = "x"','ids.loc = [1]','ids.nope = 3','ids.ns.nope = 3','ids.dd = 3','ids.p = 5','ids.apref = 5','ids.pv = 4','ids.pv.x = 4','ids.nx = 4','ids.foo.instruction_offset_ = 4','ids.p.address_ = 4','ids.p.type_ = 4','ids.np = 4','ids.px = 4', 'ids.lab = 3','ids.PP = 3','ids.t = 5','del ids.loc','ids.__x = 3','ids._path = 3','ids.v = 1','ids.asm = 9', 'ids.lp.y = ids.p.address_','ids.ln.a = 5','ids.ln.a.x = 5', 'ids.loc = ids.loc', 'ids.ln.b = ids.p.address_','ids.ln.b.x = 22']:
            ex(s)
        print(memory[fp+0], memory[fp+1], memory[fp+2])
        print(ids.lp.y)
    %}
    [ap] = 5, ap++;
    lbl:
    [ap] = 1, ap++;
    jmp l2 if [ap-1] != 0;
    [ap] = 2, ap++;
    l2:
    %{
        t('ids.apref')
        ex('ids.apref = 3')
        t('ids.loc')
        t('ids.asm')
        t('ids.lp.y')
    %}
    return (res=1);
}
func get_fp_and_pc() -> (fp_val: felt*, pc_val: felt*) {
    return (fp_val=cast([fp - 2], felt*), pc_val=cast([fp - 1], felt*));
}
func main{output_ptr: felt*}() {
    alloc_locals;
    local arr: felt*;
    local pt: Point;
    local ppt: Point*;
    local ln: Line;
    %{ ids.arr = segments.add(); memory[ids.arr] = 11; memory[ids.arr+1] = 12; ids.pt.x=100; ids.pt.y = 101; ids.ppt = ids.pt.address_ %}
    let (__fp__, _) = get_fp_and_pc();
    let p = &pt;
    foo(p, &ppt, pt, (3, 4), arr, &ln);
    return ();
}
