// Classes, inheritance, closures, generators, decorators, context managers, properties in hints.
// flags: --layout plain
// expect: ok
func main() {
    %{
        class Base:
            count = 0

            def __init__(self, name):
                self.name = name
                Base.count += 1

            def __repr__(self):
                return f'<{type(self).__name__} {self.name}>'

            @property
            def loud(self):
                return self.name.upper()

            @staticmethod
            def make(n):
                return [Base(str(i)) for i in range(n)]

        class Derived(Base):
            def __init__(self, name):
                super().__init__(name + '!')

            def __enter__(self):
                print('enter', self)
                return self

            def __exit__(self, *details):
                print('exit', details[0] is None)
                return True

        print(Base.make(2), Derived('d'), Derived('e').loud, Base.count)
        with Derived('w') as thing:
            print(thing.name)
            raise ValueError('swallowed')

        def numbers(n):
            received = 0
            for i in range(n):
                received = yield i * 10 + (received or 0)

        g = numbers(3)
        print(next(g), g.send(5), list(g))

        def outer():
            hidden = 0
            def bump():
                nonlocal hidden
                hidden += 1
                return hidden
            return bump

        bump = outer()
        print(bump(), bump())

        def twice(f):
            def wrapped(*args, **kwargs):
                return f(*args, **kwargs) * 2
            return wrapped

        @twice
        def three(x=1, *, extra=0):
            return 3 * x + extra

        print(three(), three(2, extra=1))
        if (length := len('walrus')) > 3:
            print(length)
        match [1, 2]:
            case [first, second]:
                print('pair', first, second)
    %}
    [ap] = 1, ap++;
    ret;
}
