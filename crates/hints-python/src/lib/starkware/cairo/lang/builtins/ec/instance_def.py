"""The cells of the EC operation builtin."""

CELLS_PER_EC_OP = 7
INPUT_CELLS_PER_EC_OP = 5
