"""The field's prime."""

DEFAULT_PRIME = 2**251 + 17 * 2**192 + 1
