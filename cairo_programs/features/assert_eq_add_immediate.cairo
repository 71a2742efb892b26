// `dst = op0 + immediate`, with dst and op0 unknown in turn; negative and very large immediates.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 5, ap++;
    [ap] = [ap - 1] + 7, ap++;
    [ap - 1] = [ap] + 7, ap++;
    [ap] = [ap - 1] + (-6), ap++;
    [ap - 1] = [ap] + (-6), ap++;
    [ap] = [ap - 1] + 1809251394333065606848661391547535052811553607665798349986546028067936010240, ap++;
    [ap] = [ap - 1] + 1809251394333065606848661391547535052811553607665798349986546028067936010240, ap++;
    // Through zero: the sum is reduced.
    [ap] = [ap - 1] + 1, ap++;
    // On a pointer.
    [ap] = [fp - 1] + 100, ap++;
    [ap - 1] = [ap] + 100, ap++;
    [ap - 1] = [fp - 1];
    ret;
}
