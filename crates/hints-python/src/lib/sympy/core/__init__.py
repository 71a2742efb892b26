"""What cairo-lang's modules use of sympy's core."""
