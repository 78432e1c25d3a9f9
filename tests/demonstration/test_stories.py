"""The stories of the demonstration are in its files: counted here with nothing but the csv module.

Each is told, with these figures, in indicators/README.md.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from statistics import mean

from tests.demonstration.make_metrics import DATA
from tests.demonstration.world import QUARTERS, quarter_of

Row = dict[str, str]


@cache
def read(name: str, delimiter: str = ",", encoding: str = "utf-8-sig") -> tuple[Row, ...]:
    with (DATA / name).open(encoding=encoding, newline="") as file:
        return tuple(csv.DictReader(file, delimiter=delimiter))


@cache
def tickets() -> tuple[Row, ...]:
    """One row a number: that of the last file that has it."""
    latest = {row["Numéro"]: row for year in (2024, 2025, 2026) for row in read(f"tickets-{year}.csv", ";")}
    return tuple(row for row in latest.values() if row["Créé le"])


def french(day: str) -> date:
    return datetime.strptime(day[:10], "%d/%m/%Y").date()


def opened(row: Row) -> str:
    return quarter_of(french(row["Créé le"]))


def count(**wanted: str) -> list[int]:
    found = Counter(
        opened(row) for row in tickets() if all(row[column] == word for column, word in wanted.items())
    )
    return [found[quarter] for quarter in QUARTERS]


def scores(question: str, quarter: str, **wanted: str) -> list[float]:
    return [
        float(row["score"])
        for row in read("survey.csv")
        if row["question"] == question
        and quarter_of(date.fromisoformat(row["answered_on"])) == quarter
        and row["score"] != "sans objet"
        and all(row[column] == word for column, word in wanted.items())
    ]


def covered(service: str, month: str, client: str = "") -> float:
    rows = [
        row
        for row in read("usage.csv")
        if row["service"] == service and row["month"] == month and client in ("", row["client"])
    ]
    return 100 * sum(int(row["users"]) for row in rows) / sum(int(row["eligible"]) for row in rows)


def test_size_of_the_files() -> None:
    assert 5900 <= len(tickets()) <= 6100
    assert len({(row["answered_on"], row["respondent"]) for row in read("survey.csv")}) == 900
    opened_in = [quarter_of(french(row["Créé le"])) for row in tickets()]
    assert set(opened_in) == {*QUARTERS, "2026-Q4"}
    assert opened_in.count("2026-Q4") == 1  # the complaint that waits for its answer
    open_ones = [row for row in tickets() if not row["Résolu le"]]
    assert 20 <= len(open_ones) <= 60
    assert len([row for row in tickets() if row["Type"] == "Réclamation"]) > 90


def test_email_after_its_move() -> None:
    """Incidents double in 2025-Q4, take a day longer, satisfaction falls by one; all is well by 2026-Q2."""
    incidents = count(Service="Messagerie", Type="Incident")
    before, bad, after = mean(incidents[:4]), incidents[4], mean(incidents[6:])
    assert 1.9 <= bad / before <= 2.8
    assert 0.75 <= after / before <= 1.15
    satisfaction = [mean(scores("sat", quarter, service="email")) for quarter in QUARTERS]
    assert min(satisfaction[:4]) > 4.2
    assert satisfaction[4] < 3.4
    assert satisfaction[4] < satisfaction[5] < satisfaction[6]
    assert min(satisfaction[6:]) > 4.0
    complaints = count(Service="Messagerie", Type="Réclamation")
    assert complaints[4] == max(complaints) >= 9
    causes = Counter(opened(row) for row in tickets() if row["Cause"] == "migration")
    assert set(causes) <= {"2025-Q4", "2026-Q1", "2026-Q2"}
    assert causes["2025-Q4"] > 2 * causes["2026-Q1"]


def test_travel_is_a_watermelon() -> None:
    """Always up and quickly repaired, and disliked in every quarter."""
    for quarter in QUARTERS:
        assert mean(scores("sat", quarter, service="travel-and-purchasing")) < 3.5
        assert mean(scores("sat", quarter, service="travel-and-purchasing", segment="adm")) < 3.6
        assert len(scores("sat", quarter, service="travel-and-purchasing")) >= 30
        down = [
            (datetime.fromisoformat(row["end"]) - datetime.fromisoformat(row["start"])).total_seconds() / 3600
            for row in read("outages.csv")
            if row["service"] == "travel-and-purchasing"
            and row["planned"] == "no"
            and quarter_of(date.fromisoformat(row["start"][:10])) == quarter
        ]
        assert sum(down) < 5.8  # of some 600 hours of service, 1 % is 6 hours
    late = [
        row
        for row in tickets()
        if row["Service"] == "Missions et achats" and row["Priorité"] == "Haute" and row["Type"] == "Incident"
        and row["Résolu le"] and (french(row["Résolu le"]) - french(row["Créé le"])).days > 7
    ]  # fmt: skip
    assert len(late) <= 30


def test_shared_documents_grow_towards_maturity() -> None:
    ends = [f"{quarter[:4]}-{3 * int(quarter[6]):02d}-01" for quarter in QUARTERS[1:]]
    shares = [covered("shared-documents", month) for month in ends]
    assert all(first < second for first, second in pairwise(shares))
    assert 29 <= shares[0] <= 32
    assert 87 <= shares[-1] < 90
    notebooks = [covered("notebooks", month) for month in ("2025-09-01", "2026-09-01")]
    assert 1.6 <= notebooks[1] / notebooks[0] <= 2.2


def test_old_services_decline() -> None:
    for service, low, high in (("old-file-server", 0.4, 0.55), ("printing", 0.6, 0.75)):
        first, last = covered(service, "2024-10-01"), covered(service, "2026-09-01")
        assert low <= last / first <= high, service
    assert sum(count(Service="Lecteur S")[:2]) > 1.5 * sum(count(Service="Lecteur S")[6:])


def test_geomatics_drifts_away() -> None:
    """Falling use, falling satisfaction, repeated complaints, and a subscription that was not renewed."""
    complaints = count(Entité="LAB-GEO", Type="Réclamation")
    assert sum(complaints[:3]) <= 2
    assert sum(complaints[5:]) >= 9
    assert sum(count(Entité="LAB-GEO", Type="Réclamation", Réouvertures="1")[3:]) >= 8
    relationship = [mean(scores("rel", quarter, client="LAB-GEO")) for quarter in QUARTERS]
    assert min(relationship[:2]) >= 3.9
    assert relationship[-1] < 3
    others = [mean(scores("rel", quarter)) for quarter in QUARTERS]
    assert others[-1] > 4
    for service in ("laptop", "file-storage", "virtual-machines", "web-hosting"):
        used = [covered(service, month, "lab-geomatics") for month in ("2025-06-01", "2026-09-01")]
        assert used[1] < 0.6 * used[0], service
    lapsed = [row for row in read("subscriptions.csv", ";") if row["Renouvelé"] == "non"]
    assert ("LAB-GEO", "virtual-machines", "31/08/2026") in {
        (row["Entité"], row["Service"], row["Fin"]) for row in lapsed
    }
    charged = dict.fromkeys(QUARTERS, 0.0)
    for row in read("revenue.csv", ";"):
        if row["Entité"] == "LAB-GEO":
            amount = float(row["Montant"].replace("\u202f", "").replace(",", "."))
            charged[quarter_of(french(row["Date"]))] += amount
    assert charged["2026-Q3"] < 0.5 * charged["2025-Q1"]


def test_most_answers_are_agreed_to_and_hardly_any_of_the_client_that_drifts_away() -> None:
    complaints = [row for row in tickets() if row["Type"] == "Réclamation"]
    agreed = [row for row in complaints if row["Accord du client"]]
    assert (len(complaints), len(agreed)) == (113, 81)
    drifting = [row["Entité"] for row in complaints].count("LAB-GEO")
    assert (drifting, [row["Entité"] for row in agreed].count("LAB-GEO")) == (16, 4)
    assert not any(row["Accord du client"] for row in tickets() if row["Type"] != "Réclamation")
    (reminded,) = (row for row in complaints if row["Numéro"] == "T29347")
    assert reminded["Résolu le"] and not reminded["Accord du client"]


def test_the_account_of_the_fleet_adds_up_and_is_what_it_was_charged() -> None:
    def cents(text: str) -> int:
        return int(text.replace("\u202f", "").replace(",", ""))

    rows = read("accounts.csv", ";")
    balance = 0
    for row in rows:
        balance += cents(row["Montant"]) * (1 if row["Nature"] in ("Report", "Facture") else -1)
        assert cents(row["Solde"]) == balance
    assert balance == 726_910  # the third quarter of 2026, not yet paid
    assert [row["Date"] for row in rows if row["Nature"] == "Avoir"] == ["22/01/2026"]
    charged = sorted(cents(row["Montant"]) for row in read("revenue.csv", ";") if row["Entité"] == "FLOTTE")
    assert sorted(cents(row["Montant"]) for row in rows if row["Nature"] == "Facture") == charged


def test_september_is_a_rush_and_august_is_quiet() -> None:
    for year in (2025, 2026):
        months = Counter(
            french(row["Créé le"]).month for row in tickets() if french(row["Créé le"]).year == year
        )
        assert months[9] == max(months[month] for month in range(1, 10))
        assert months[8] == min(months[month] for month in range(1, 10))
        assert months[9] > 2 * months[8]


def test_dirt_that_the_sources_deal_with() -> None:
    """Calls missing for two weeks, a word nobody declared, empty fields, tickets twice, answers that are none."""
    days = [french(row["Jour"]) for row in read("calls.csv", ";")]
    gaps = {(before, after) for before, after in pairwise(days) if (after - before).days > 5}
    assert gaps == {(date(2025, 8, 1), date(2025, 8, 18))}
    rows = [row for year in (2024, 2025, 2026) for row in read(f"tickets-{year}.csv", ";")]
    numbers = Counter(row["Numéro"] for row in rows)
    assert 3 <= sum(seen == 2 for seen in numbers.values()) <= 60
    assert max(numbers.values()) == 2
    assert sum(row["Service"] == "Télécopie" for row in rows) == 12
    assert sum(not row["Créé le"] for row in rows) == 3
    assert any(not row["Entité"] and row["Public"] != "Visiteurs" for row in rows)
    assert any(row["score"] == "sans objet" for row in read("survey.csv"))
    assert len(scores("sat", "2026-Q3", service="research-repository")) == 3


def test_overlapping_planned_and_unseen_outages() -> None:
    rows = read("outages.csv")
    assert any(row["planned"] == "yes" for row in rows)
    assert any(row["blind"] == "yes" for row in rows)
    email = sorted(
        (row["start"], row["end"])
        for row in rows
        if row["service"] == "email" and row["planned"] == row["blind"] == "no"
    )
    assert any(second[0] < first[1] for first, second in pairwise(email))


def test_all_but_one_client_are_met_in_the_end() -> None:
    contacts = read("contacts.csv", ";", "cp1252")
    met = {
        quarter: {row["Entité"] for row in contacts if quarter_of(french(row["Date"])) == quarter}
        for quarter in QUARTERS
    }
    assert [len(met[quarter]) for quarter in QUARTERS] == [6, 7, 6, 5, 8, 7, 9, 11]
    assert "LAB-GEO" not in met["2026-Q3"]
