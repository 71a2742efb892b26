// Integers far beyond the field: shifts, powers, bit operations, bytes, conversions.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local low;
    local high;
    %{
        n = 3 ** 400 + 12345
        print(n)
        print(n >> 500, n & 0xffff, n ^ (n << 3) & 0xff, ~n % 1000, n.bit_length())
        print(-n // 10 ** 180, divmod(n, 10 ** 185), -n % 97)
        ids.low = n & ((1 << 128) - 1)
        ids.high = (n >> 128) & ((1 << 128) - 1)
        data = n.to_bytes(100, 'big')
        print(data.hex()[:40], int.from_bytes(data, 'big') == n, int.from_bytes(data[:4], 'little'))
        print(int('ff', 16), int('-0b101', 0), hex(-255), bin(10), oct(8), int(1e20), float(2 ** 70))
        print((2 ** 521 - 1) % PRIME, pow(n, 65537, PRIME), 10 ** 50 == float(10 ** 50))
        print(int(n ** 0.5) > 0 if n < 10 ** 300 else 'big', (1 << 256) // 3)
    %}
    assert low + high = low + high;
    ret;
}
