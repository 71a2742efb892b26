// A call that saves fp and the return address two cells further than a call must, and a return that
// reads them there. A proof does not vouch for such frames.
// The reference takes no exception to it.
// flags: --layout plain
// expect: error 1
func main() {
    // call rel 4, with [ap + 2] = fp and [ap + 3] = pc + 2.
    dw 0x1104800180038002;
    dw 4;
    ret;
    ret;
    // pc = [fp + 1], fp = [fp].
    dw 0x208b800180008000;
}

// reference: ok
