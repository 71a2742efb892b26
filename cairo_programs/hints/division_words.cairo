// What Python says about divisions by zero, operation by operation.
// flags: --layout plain
// expect: ok
func main() {
    %{
        import operator
        values = [(1, 0), (1, False), (True, 0), (1.5, 0), (1, 0.0), (2**300, 0)]
        for operation in (operator.floordiv, operator.mod, divmod, operator.truediv, operator.ifloordiv, operator.imod):
            for pair in values:
                try:
                    operation(*pair)
                except ZeroDivisionError as error:
                    print(operation.__name__, error)
        for base in (0, 0.0, False):
            try:
                base ** -1
            except ZeroDivisionError as error:
                print(error)
        try:
            x = 7
            x //= 0
        except ArithmeticError as error:
            print(repr(error))
        try:
            pow(2, 3, 0)
        except ValueError as error:
            print(error)
        print(7 // 2, -7 // 2, 7 % -3, divmod(-7, 3), 1 / 4, 2 ** -1, 7.5 // 2, 7.5 % 2, True // 1)
        print(memory[fp - 1].__mod__(5) if False else (5).__floordiv__(2), (2.0).__mod__(1.5))
    %}
    [ap] = 1, ap++;
    ret;
}
