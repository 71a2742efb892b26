// A line with tabs and letters beyond ASCII is marked by characters.
// flags: --layout plain
// expect: error 1
func main() {
	tempvar x = 1;
	assert 	x = 2;  // größe ✓
    return ();
}
