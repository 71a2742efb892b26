// `[cell] = immediate`, without and with ap++, at both bases and far offsets; known cells are compared.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [fp + 9] = 1;
    [ap] = 2;
    [ap] = 2, ap++;
    [ap] = -1, ap++;
    [ap] = 3618502788666131213697322783095070105623107215331596699973092056135872020480, ap++;
    [ap] = 1809251394333065606848661391547535052811553607665798349986546028067936010240, ap++;
    [ap] = 1809251394333065606848661391547535052811553607665798349986546028067936010241, ap++;
    [ap - 3] = -1;
    [fp + 32767] = 4;
    [ap] = 0, ap++;
    ret;
}
