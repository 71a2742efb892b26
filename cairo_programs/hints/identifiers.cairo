// The names of the program as hints reach them: `ids._context.identifiers` and CairoStructFactory.
// flags: --layout small
// expect: ok

const ANSWER = 42;
const LARGE = 2 ** 251;

struct Point {
    x: felt,
    y: felt,
}

struct Shape {
    center: Point,
    corners: Point*,
    pair: (a: felt, b: felt*),
    handle: felt**,
}

struct Sizes {
    one: felt,
    two: (felt, (felt, Point)),
}

using Pair = (low: felt, high: felt);
using Place = Point;

namespace geometry {
    struct Circle {
        center: Point,
        radius: felt,
    }

    func area(circle: Circle*) -> (felt,) {
        return (circle.radius * circle.radius,);
    }
}

func measured{calls: felt, log: felt*}(point: Point, scale: felt) -> (size: felt, at: Point) {
    let calls = calls + 1;
    return (size=scale, at=point);
}

func get_fp() -> (fp_val: felt*, pc_val: felt*) {
    return (fp_val=cast([ap - 2], felt*), pc_val=cast([ap - 1], felt*));
}

func main() {
    alloc_locals;
    local shape: Shape*;
    %{
        points = segments.gen_arg([3, 4])
        ids.shape = segments.gen_arg([1, 2, points, 5, points, points])
    %}
    local circle: geometry.Circle = geometry.Circle(center=Point(x=1, y=2), radius=3);
    let (__fp__, _) = get_fp();
    geometry.area(&circle);
    let calls = 1;
    let log = cast(shape, felt*);
    with calls, log {
        measured(Point(x=1, y=2), 3);
    }
    let point: Point* = &shape.center;

    inside:
    %{
        from starkware.cairo.lang.compiler.scoped_name import ScopedName
        identifiers = ids._context.identifiers
        print(type(identifiers).__name__, ids._context.pc - pc, type(ids._context.memory).__name__)
        name = ScopedName.from_string
        main = name('__main__')
        struct = identifiers.get_by_full_name(main + 'Shape')
        print(struct.TYPE, struct.full_name, struct.size)
        for member, found in struct.members.items():
            print(' ', member, found.offset, type(found.cairo_type).__name__, found.cairo_type.format())
        for path in ['ANSWER', 'LARGE', 'main.inside', 'geometry', 'Pair', 'nothing', 'Point.x', '']:
            found = identifiers.get_by_full_name(main + path)
            print(path, found and found.TYPE, getattr(found, 'value', None))
        area = identifiers.search([main, main + 'geometry'], name('area'))
        print(area.canonical_name, area.identifier_definition.decorators, area.non_parsed)
        print(area.identifier_definition.pc == ids.geometry.area.instruction_offset_)
        print(identifiers.search([main], name('main.point.x.y')).non_parsed)
        print(identifiers.search([main], name('main.point')).identifier_definition.cairo_type.format())
    %}
    %{
        def attempt(what):
            try:
                print(what())
            except Exception as error:
                print(type(error).__module__, type(error).__name__, str(error)[:90])

        attempt(lambda: identifiers.search([main], name('nowhere.at.all')))
        attempt(lambda: identifiers.search([main], name('geometry.nope')))
        attempt(lambda: identifiers.search([main], name('main.point.x')).get_canonical_name())
        attempt(lambda: identifiers.search([main], name('geometry.area.Args')).canonical_name)
        attempt(lambda: identifiers.get(name('__main__.main.point')).identifier_definition.full_name)
        attempt(lambda: identifiers.get(name('__main__')))
        attempt(lambda: identifiers.search_scope([main], name('geometry')).fullname)
        attempt(lambda: identifiers.get_scope(name('__main__.ANSWER.more')))
        attempt(lambda: sorted(identifiers.root.subscopes))
        attempt(lambda: [str(known) for known in identifiers.as_dict()])
        attempt(lambda: sorted(identifiers.get_scope(main + 'geometry').identifiers))
        attempt(lambda: repr(main + 'a.b') + str((main + 'a.b')[1:]) + str(len(main)))
        attempt(lambda: (main + 'a').startswith(main) and (main + 'a').startswith('__main__.a'))
        attempt(lambda: name('a..b'))
        attempt(lambda: setattr(main, 'path', ()))
        attempt(lambda: {main: 1}[name('__main__')])
        attempt(lambda: main + 3)
        attempt(lambda: main[0])
    %}
    %{
        from starkware.cairo.common.structs import CairoStructFactory
        from starkware.cairo.lang.compiler.identifier_utils import (
            get_struct_definition, get_struct_member_offsets)

        factory = CairoStructFactory(
            identifiers=identifiers, additional_imports=['__main__.Point', '__main__.geometry.Circle'])
        structs = factory.structs
        print(structs.Point(x=1, y=2), structs.Point.size, structs.Circle.size)
        print(structs.Circle(center=structs.Point(1, 2), radius=7))
        print(structs.__getattr__('__main__').Shape.struct_definition_.size)
        print(structs.Point.from_ptr(memory, ids.point.address_))
        print(structs.Circle.from_ptr(memory=memory, addr=ids.shape.address_))
        attempt(lambda: structs.Shape(1, 2, 3, 4))
        attempt(lambda: structs.Point(1))
        attempt(lambda: CairoStructFactory(identifiers, additional_imports=['__main__.ANSWER']))
        attempt(lambda: CairoStructFactory(identifiers, additional_imports=['__main__.Nope']))
        attempt(lambda: CairoStructFactory(identifiers, additional_imports=['__main__.Point'] * 2))
        inner = CairoStructFactory(identifiers, main_scope=main)
        print(inner.structs.Place(5, 6), inner.structs.geometry.Circle.build()._fields)
        attempt(lambda: str(inner.structs.Shape.from_ptr(memory, 0))[:40])
        attempt(lambda: inner.structs.geometry.area.build())
        print(inner.build_func_args(name('measured'))(1, 2, 3, 4))
        print(inner.get_explicit_return_values_length(name('measured')))
        print(inner.get_implicit_args_length(name('measured')))
        print(inner.get_explicit_return_values_length(name('geometry.area')))
        print([inner.size_of(found.cairo_type) for found in
               inner.get_struct_definition(name('Sizes')).members.values()])
        print(get_struct_member_offsets(main + 'Shape', identifiers))
        attempt(lambda: get_struct_definition(main + 'Pair', identifiers))
        attempt(lambda: get_struct_definition(main + 'Place', identifiers).full_name)
        arg = structs.Circle(center=structs.Point(x=8, y=9), radius=-1)
        print(segments.gen_typed_args(arg))
        attempt(lambda: segments.gen_typed_args(inner.structs.Sizes(1, 2)))
        memory[ap] = segments.gen_arg([arg, structs.Point(1, 2)])
    %}
    ap += 1;
    %{
        print(ids._context.identifiers is identifiers, ids.shape._context.identifiers is identifiers)
        print(ids.Shape._context.identifiers is identifiers)
        print(identifiers == ids._context.identifiers, identifiers != None)
        print(ids._context.memory[fp].segment_index == fp.segment_index + 1 or memory[fp])
    %}
    return ();
}
