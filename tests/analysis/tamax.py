"""The published case of a client account (Tamax): its statement, as proven and as printed. The source gives no year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from comptoir.analysis.account import AccountEntry, EntryKind, Statement

_ROWS = """
01/04 payment     1949.58 1767.20
05/04 invoice      882.50 2649.70
12/04 invoice      597.52 3247.22
17/04 invoice      294.17 3541.39
21/04 credit-note   73.54 3467.85
30/04 payment     1767.20 1700.65
10/05 invoice      441.25 2141.90
14/05 invoice      625.10 2767.00
27/05 invoice      459.63 3226.63
01/06 payment     1700.65 1525.98
06/06 credit-note   58.83 1467.15
12/06 invoice      117.67 1584.82
23/06 invoice      220.62 1805.44
"""
YEAR = 2010


def _entry(row: int, line: str) -> AccountEntry:
    day, kind, amount, balance = line.split()
    number, month = (int(part) for part in day.split("/"))
    return AccountEntry(row, date(YEAR, month, number), EntryKind(kind), Decimal(amount), Decimal(balance))


ENTRIES = tuple(_entry(row, line) for row, line in enumerate(_ROWS.strip().splitlines(), start=2))
STATEMENT = Statement("tamax", date(YEAR, 3, 31), Decimal("3716.78"), date(YEAR, 6, 30), ENTRIES)
SLIP = 5  # the row of 17/04, where the source's column prints 219.17
