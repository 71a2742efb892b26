// Constants, labels, functions and structs through `ids`; a negative constant stays negative.
// flags: --layout plain
// expect: ok
const ANSWER = 42;
const BELOW = -3;
const HUGE = 2 ** 251;
const HALF = 1 / 2;

namespace inner {
    const ANSWER = 43;

    func show() {
        const LOCAL = ANSWER * 2;
        %{ print(ids.ANSWER, ids.BELOW, ids.HUGE, ids.LOCAL, ids.HALF) %}
        [ap] = 0, ap++;
        return ();
    }
}

func main() {
    inner.show();
    %{
        print(ids.ANSWER, ids.inner.ANSWER)
        print(ids.inner.show.instruction_offset_, ids.main.instruction_offset_, ids.end.instruction_offset_)
        for name in ('nothing', 'ANSWERS'):
            try:
                getattr(ids, name)
            except Exception as error:
                print(type(error).__name__, error)
        try:
            ids.ANSWER = 5
        except Exception as error:
            print(type(error).__name__)
    %}
    [ap] = 1, ap++;
    end:
    ret;
}
