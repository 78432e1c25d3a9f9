"""Reports that leave the house: one draft a recipient, with the summary and the PDF of that reader, and nothing of others."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from comptoir.cli import main
from tests.conftest import project_maker
from tests.content.relations import DAY, make

FRONT = """\
---
title: {fr: Un trimestre difficile, en: A difficult quarter}
signatory: {fr: Responsable, en: Manager}
decisions:
  - {text: {fr: Décision Ornithorynque., en: Platypus decision.}, owner: {fr: Direction, en: Board}, due: 2026-12-18}
recipients:
  - {role: {fr: Directrice générale, en: Director}, address: director@example.org}
  - {role: {fr: Laboratoire de physique, en: Physics}, address: physics@example.org, client: physics, language: en}
---
Les mots **du responsable**, [[complaint-volume]].
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make(project_maker(tmp_path_factory.mktemp("delivery")))
    reports = made / "indicators" / "reports"
    reports.mkdir(parents=True)
    (reports / "2026-Q3.md").write_text(FRONT, encoding="utf-8")
    (reports / "2026-Q3.en.md").write_text("The words of the manager.\n", encoding="utf-8")
    definition = made / "indicators" / "definitions" / "complaint-volume.yaml"
    definition.write_text("use: complaint-volume\ntarget: 3\nby: [segment, client]\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def drafts(project: Path) -> dict[str, EmailMessage]:
    assert main(["deliver", "2026-Q3", str(project), "--today", DAY.isoformat()]) == 0
    found = sorted((project / "outbox" / "2026-Q3").iterdir())
    return {
        path.name: message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[misc]
        for path in found
    }


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\u00a0", " ").replace("\u202f", " ")


def pdf(message: EmailMessage) -> str:
    (attached,) = message.iter_attachments()
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(attached.get_content())).pages)


def test_each_recipient_has_a_draft(drafts: dict[str, EmailMessage]) -> None:
    assert [(name, message["To"]) for name, message in drafts.items()] == [
        ("01-directrice-generale.eml", "director@example.org"),
        ("02-physics.eml", "physics@example.org"),
    ]
    assert all(message["X-Unsent"] == "1" for message in drafts.values())
    assert [message["Subject"].replace("\u00a0", " ") for message in drafts.values()] == [
        "Rapport de fidélité, 3ᵉ trimestre 2026",
        "Loyalty report, Q3 2026, Physics laboratory",
    ]


def test_the_director_reads_the_summary_and_has_the_whole_report(drafts: dict[str, EmailMessage]) -> None:
    whole, _ = drafts.values()
    text = body(whole)
    assert "Un trimestre difficile" in text and "Les mots du responsable, 4" in text
    assert "- Réclamations : 4, Manqué" in text
    assert "Décision Ornithorynque., Direction, 18 décembre 2026" in text
    assert "Ornithorynque" in pdf(whole)


def test_a_client_has_its_own_report_and_nothing_else(drafts: dict[str, EmailMessage]) -> None:
    _, own = drafts.values()
    text = body(own) + pdf(own)
    assert "Physics laboratory" in text
    assert "The words of the manager" not in text
    assert "Platypus" not in text and "director@example.org" not in text


def test_the_same_day_gives_the_same_bytes(project: Path, drafts: dict[str, EmailMessage]) -> None:
    before = {path.name: path.read_bytes() for path in (project / "outbox" / "2026-Q3").iterdir()}
    assert set(before) == set(drafts)
    assert main(["deliver", "2026-Q3", str(project), "--today", DAY.isoformat()]) == 0
    assert {path.name: path.read_bytes() for path in (project / "outbox" / "2026-Q3").iterdir()} == before


def test_what_cannot_be_delivered_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deliver", "2026-Q2", str(project), "--today", DAY.isoformat()]) == 1
    assert "indicators/reports/2026-Q2.md names no recipients" in " ".join(capsys.readouterr().err.split())
