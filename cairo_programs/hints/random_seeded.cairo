// A seeded random generator gives the same numbers everywhere.
// flags: --layout plain
// expect: ok
func main() {
    %{
        import random
        random.seed(7)
        print(random.randint(0, 10 ** 6), random.randrange(PRIME), random.choice('abc'), random.random())
        items = list(range(8))
        random.shuffle(items)
        print(items, random.sample(range(100), 4), random.getrandbits(70))
        print(random.Random(3).randint(1, 6))
    %}
    [ap] = 1, ap++;
    ret;
}
