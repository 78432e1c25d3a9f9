"""A project with many clients and their orders, from a seed: a folder and two sizes in; the folder filled out."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import yaml

FIRST = date(2024, 10, 1)
DAYS = 730
SEGMENTS = ("researchers", "students", "visitors")


def add_clients(project: Path, clients: int, orders: int, seed: int = 14) -> None:
    """Clients and orders laid over a project made from the base case; few clients order most, as everywhere."""
    chance = random.Random(seed)
    names = [f"client-{number:05}" for number in range(clients)]
    folder = project / "segments"
    for place, name in enumerate(SEGMENTS, 1):
        keys = {
            "name": {"fr": name.title(), "en": name.title()},
            "summary": {"fr": "Vous commandez.", "en": "You order."},
            "pictogram": "microscope",
            "priority": place,
        }
        _write(folder / "segments" / f"{name}.yaml", keys)
    for number, name in enumerate(names):
        keys = {"name": f"Client {number:05}", "segment": SEGMENTS[number % len(SEGMENTS)]}
        _write(folder / "clients" / f"{name}.yaml", keys)
    indicators = project / "indicators"
    _write(
        indicators / "sources" / "orders.yaml",
        {
            "role": "revenue",
            "name": {"fr": "Commandes", "en": "Orders"},
            "files": ["orders.csv"],
            "columns": {"date": {}, "client": {}, "segment": {}, "amount": {}},
        },
    )
    _write(
        indicators / "definitions" / "revenue.yaml",
        {
            "name": {"fr": "Recettes", "en": "Revenue"},
            "summary": {"fr": "Ce qui est payé.", "en": "What is paid."},
            "source": "revenue",
            "kind": "sum",
            "value": "amount",
            "unit": "currency",
            "direction": "higher",
            "by": ["segment", "client"],
        },
    )
    value = {"known": [{"client": name, "value": str(chance.randint(-500, 9000))} for name in names[:200]]}
    _write(indicators / "loyalty.yaml", {"customers": "external", "value": value})
    lines = ["date,client,segment,amount"]
    for order in range(orders):
        number = order if order < clients else min(int(chance.paretovariate(0.6)) - 1, clients - 1)
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        amount = f"{chance.lognormvariate(3.4, 0.8):.2f}"
        lines.append(f"{day},{names[number]},{SEGMENTS[number % len(SEGMENTS)]},{amount}")
    (indicators / "data").mkdir(parents=True, exist_ok=True)
    (indicators / "data" / "orders.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write(path: Path, keys: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(keys, allow_unicode=True, sort_keys=False), encoding="utf-8")
