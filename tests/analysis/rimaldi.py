"""The published case of ten clients (Rimaldi): their revenue and their value."""

from __future__ import annotations

from decimal import Decimal

from comptoir.analysis.abc import Thresholds
from comptoir.model.terms import Crossing

REVENUE = {
    "A": 28_500,
    "B": 85_500,
    "C": 1_710_000,
    "D": 370_500,
    "E": 399_000,
    "F": 57_000,
    "G": 114_000,
    "H": 14_250,
    "I": 5_700,
    "J": 65_550,
}
VALUE = {
    "A": 287_160,
    "B": 538_425,  # the source's table prints 538 524 once; its own total needs 538 425
    "C": 1_076_850,
    "D": -179_475,
    "E": 1_615_275,
    "F": 107_685,
    "G": 197_422,
    "H": -89_737,
    "I": 251_265,
    "J": -215_370,
}
PRINTED_B = 538_524
# The source puts G, which climbs from 87 to 91 %, in C: an item that crosses a threshold is in the class it ends in.
THRESHOLDS = Thresholds(first=Decimal("0.60"), second=Decimal("0.90"), crossing=Crossing.ENDS)
