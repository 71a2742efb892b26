// try, except, else, finally, raise, own messages, exceptions from the host caught by type.
// flags: --layout plain
// expect: ok
func main() {
    %{
        try:
            1 // 0
        except ZeroDivisionError as error:
            print('caught', error)
        else:
            print('never')
        finally:
            print('finally')
        try:
            [][1]
        except IndexError as error:
            print(type(error).__name__, error)
        try:
            {}['key']
        except KeyError as error:
            print(repr(error), error)
        try:
            raise ValueError('my own', 5)
        except Exception as error:
            print(error.args)
        try:
            int('x12')
        except ValueError as error:
            print(error)
        try:
            assert 1 == 2, f'{1} is not {2}'
        except AssertionError as error:
            print(error)
        try:
            unknown_name
        except NameError as error:
            print(error)
        try:
            'a' + 1
        except TypeError as error:
            print(type(error).__name__)
        try:
            try:
                raise KeyError('inner')
            except KeyError as error:
                raise RuntimeError('outer') from error
        except RuntimeError as error:
            print(error, repr(error.__cause__))
        def risky(n):
            if n == 0:
                raise StopIteration
            return risky(n - 1)
        try:
            risky(3)
        except StopIteration:
            print('stopped')
        for i in range(3):
            if i == 5:
                break
        else:
            print('ran out')
    %}
    [ap] = 1, ap++;
    ret;
}
