"""What one batch of the Cairo implementation takes."""

from enum import Enum


class SHA256BATCHResources(Enum):
    STEPS = 11822
    RANGE_CHECKS = 448
    BITWISE = 7800
