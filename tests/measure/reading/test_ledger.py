"""A running balance is checked row by row; the account is the one of the published case (Tamax)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .conftest import Read, ReadSource

ENTRIES = """\
31/03;opening;3 716,78;3 716,78
01/04;payment;1 949,58;1 767,20
05/04;invoice;882,50;2 649,70
12/04;invoice;597,52;3 247,22
17/04;invoice;{slip};3 541,39
21/04;credit-note;73,54;3 467,85
30/04;payment;1 767,20;1 700,65
10/05;invoice;441,25;2 141,90
14/05;invoice;625,10;2 767,00
27/05;invoice;459,63;3 226,63
01/06;payment;1 700,65;1 525,98
06/06;credit-note;58,83;1 467,15
12/06;invoice;117,67;1 584,82
23/06;invoice;220,62;{closing}
"""


def read_ledger(read_source: ReadSource, rows: str) -> Read:
    dated = "".join(
        f"{day}/2026;{rest}\n" for day, _, rest in (line.partition(";") for line in rows.splitlines())
    )
    return read_source(
        {"account.csv": f"Date;Sens;Montant;Solde\n{dated}"},
        {"date": {"column": "Date"}, "kind": {"column": "Sens"}, "amount": {"column": "Montant"},
         "balance": {"column": "Solde"}},
        role="ledger",
        dialect={"delimiter": ";", "decimal": ",", "thousands": "space", "dates": "dd/mm/yyyy"},
    )  # fmt: skip


def test_the_balances_of_the_case_add_up(read_source: ReadSource) -> None:
    read = read_ledger(read_source, ENTRIES.format(slip="294,17", closing="1 805,44"))
    assert read.said == []
    orders = "SELECT count(*), sum(amount) FROM ledger WHERE kind = 'invoice'"
    assert read.rows(orders) == [(8, Decimal("3638.46"))]


def test_the_printed_slip_is_one_problem_at_its_row(read_source: ReadSource) -> None:
    read = read_ledger(read_source, ENTRIES.format(slip="219,17", closing="1 805,44"))
    assert read.said == [
        "data/account.csv:6:1: error: the balance 3541.39 does not follow: 3466.39 is expected "
        "(3247.22 + 219.17 before it; an amount of 294.17 would add up) [data-balance]"
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("01/01;invoice;5;\n02/01;invoice;1;9\n03/01;payment;2;\n04/01;invoice;3;10", []),
        ("01/01;opening;5;6", ["2:1: error: the balance 6.00 does not follow: 5.00 is expected [data-balance]"]),
        ("01/01;opening;5;\n02/01;payment;2;3,5",
         ["3:1: error: the balance 3.50 does not follow: 3.00 is expected "
          "(5.00 - 2.00 before it; an amount of 1.50 would add up) [data-balance]"]),
        ("01/01;opening;5;5\n02/01;opening;4;",
         ["3:1: error: the balance 4.00 does not follow: 5.00 is expected [data-balance]"]),
        ("01/01;invoyce;5;5\n02/01;invoice;-1;4",
         ["2:1: error: kind: 'invoyce' is no kind of entry (did you mean 'invoice'?) [data-ledger]",
          "3:1: error: amount: -1.00 is negative; the kind of entry says whether it is added [data-ledger]"]),
        ("01/01;opening;0,001;0,002",
         ["2:1: error: the balance 0.002 does not follow: 0.001 is expected [data-balance]"]),
    ],
)  # fmt: skip
def test_other_accounts(read_source: ReadSource, rows: str, said: list[str]) -> None:
    assert read_ledger(read_source, rows).said == [f"data/account.csv:{line}" for line in said]


def test_each_client_has_an_account_of_its_own(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "date,client,kind,amount,balance\n"
                  "2026-01-01,physics,opening,5,5\n2026-01-01,library,opening,7,7\n"
                  "2026-01-02,physics,invoice,1,6\n2026-01-02,library,payment,7,0\n"},
        {"date": {}, "client": {}, "kind": {}, "amount": {}, "balance": {}}, role="ledger",
    )  # fmt: skip
    assert read.said == []
