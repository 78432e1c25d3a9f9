"""The demonstration's reports: words that agree with numbers, numbers that can be found again, and what stays inside."""

from __future__ import annotations

import re
import shlex
import zipfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from comptoir.audiences import for_audience
from comptoir.build import Options, Part, build, check_project
from comptoir.cli import main
from comptoir.measure.project import data_places, measure_project
from comptoir.model.catalogue import Catalogue
from comptoir.model.citations import Citation, find_citations
from comptoir.periods import Quarter
from comptoir.site import Results, render_site, results_for_audience

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 10, 31)
NOW = Quarter(2026, 3)
QUARTERS = (Quarter(2026, 2), NOW)
INSIDE = (
    "géomatique",
    "geomatics",
    "lab-modelling",
    "Modelling Laboratory",
    "/clients/",
    "plan de reconquête",
    "to win it back",
    "64\u202f878",
    "64878",
    "64,878",
    "quitte peu à peu",
    "slowly leaving us",
    "Cœur de cible",
    "Core target",
)
"""What only committees and management read: names, values, risks, words."""


@cache
def content() -> Catalogue:
    return check_project(ROOT, TODAY)[0]


@cache
def results() -> Results:
    measured = measure_project(content(), data_places(ROOT, None), NOW.latest(8), TODAY)
    return results_for_audience(measured, for_audience(content(), "management"), "management", NOW)


@cache
def pages(language: str) -> Mapping[str, str | bytes]:
    """What management reads, without its charts."""
    visible = for_audience(content(), "management")
    return render_site(visible, language=language, today=TODAY, results=results()).files


def said(language: str, quarter: Quarter, variant: str = "") -> str:
    """The words of a report on one line, as they are typeset."""
    page = str(pages(language)[f"reports/{quarter}{variant}.md"])
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split(" "))


@pytest.mark.slow
@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_citation_is_the_measurement_itself(quarter: Quarter, language: str) -> None:
    page = str(pages(language)[f"reports/{quarter}.md"])
    words = content().reports[quarter].words[language]
    texts = [text.in_language(language) for text in (words.opening, words.control, words.identify) if text]
    cited = [found for text in texts for found in find_citations(text)]
    assert len(cited) >= 5 and all(isinstance(found, Citation) for found in cited)
    assert "[[" not in page
    links = len(re.findall(r'class="c-prose c-word">.*?</div>', page, re.DOTALL))
    assert links >= 6, "the opening and the five chapters have words"


@pytest.mark.slow
def test_words_and_tables_say_the_same() -> None:
    french = said("fr", NOW)
    assert french.count("4,01\u00a0sur\u00a05") >= 4, "tile, public words, opening, table"
    assert "en baisse de 2,8\u00a0points" in french
    assert "pour un objectif d’ au moins 4\u00a0sur\u00a05" in re.sub(r"\s*\n\s*", " ", french).replace(
        "  ", " "
    )
    english = said("en", NOW)
    assert english.count("4.01\u00a0out\u00a0of\u00a05") >= 4 and "down 2.8\u00a0points" in english
    assert "satisfaction is not shown yet" in english.replace("\n", " ")


@pytest.mark.slow
@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_french_is_typeset(quarter: Quarter) -> None:
    text = re.sub(r"comptoir explain \S+.*|SHA-256.*", "", said("fr", quarter))
    assert not re.findall(r"\d %", text), "a plain space before %"
    assert not re.findall(r"\d\.\d+[ \u202f]%", text), "a decimal point"
    assert not re.findall(r"\w'\w", re.sub(r"(Seules|lignes) .*", "", text)), "a typewriter apostrophe"


@pytest.mark.slow
def test_a_client_reads_its_own_numbers_only() -> None:
    names = {c.id: c.name.in_language("en") for c in content().clients.values()}
    for client, name in names.items():
        text = said("en", NOW, f"/clients/{client}")
        assert name in text
        others = [other for other in names.values() if other != name and len(other.split()) > 1]
        assert [other for other in others if other in text] == []
    assert "46.9%" in said("en", NOW, "/clients/lab-geomatics")


def annex(variant: str) -> str:
    """What tells how the figures of a report are made: a page of its own for the whole, the end of the page of a part."""
    return str(pages("en")[f"reports/{NOW}{variant or '/annex'}.md"])


@pytest.mark.slow
@pytest.mark.parametrize("variant", ["", "/accounts/segments/researchers", "/accounts/clients/lab-geomatics"])
def test_a_reader_finds_numbers_again_with_the_command_printed_beside_them(
    variant: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = annex(variant)
    entries = re.findall(
        r"<dd>\s*<p><strong>([^<]+)</strong>.*?<code class=\"c-command\">(comptoir explain [^<]+)</code>",
        page,
        re.DOTALL,
    )
    assert len(entries) >= 5
    monkeypatch.chdir(ROOT)
    for value, command in entries[:: max(1, len(entries) // 4)]:
        assert main([*shlex.split(command)[1:], "--today", TODAY.isoformat()]) == 0
        (told,) = re.findall(r"^  value +(.*)$", capsys.readouterr().out, re.MULTILINE)
        numbers = [float(re.findall(r"[\d.]+", text)[0]) for text in (told, value.replace(",", ""))]
        assert numbers[0] == numbers[1], command


@pytest.mark.slow
@pytest.mark.parametrize(("variant", "place"), [("", 0), ("", 3), ("/accounts/clients/lab-geomatics", 1)])
def test_the_commands_of_the_annex_explain_something(
    variant: str, place: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = annex(variant)
    (listed,) = re.findall(r"c-definitions--flow\">(.*?)</dl>", page, re.DOTALL)
    named = list(dict.fromkeys(re.findall(r"<code class=\"c-command\">([^<]+)</code>", listed)))
    assert len(named) >= 10
    monkeypatch.chdir(ROOT)
    for command in named[place::5]:
        assert main([*shlex.split(command)[1:], "--today", TODAY.isoformat()]) == 0
        told = capsys.readouterr().out
        assert "\nNumbers\n" in told and "Nothing to explain" not in told, command


def secrets() -> tuple[str, ...]:
    """Clients by identifier, code and name, complaints, who complained, and every amount of each client."""
    clients, measured = content().clients.values(), results()
    names = [text for c in clients for text in (c.id, c.code or "", *(text for _, text in c.name.variants()))]
    ours = [
        name for name in names if re.search(r"-|Laborato|microscop", name, re.IGNORECASE)
    ]  # no everyday words
    assert measured.observations is not None and measured.loyalty is not None
    complaints = [row.id for row in measured.observations.complaints]
    people = [answer.addressee or answer.complaint for answer in content().answers.values()]
    amounts = []
    for quarter in QUARTERS:
        found = measured.loyalty.at(quarter)
        assert found.abc is not None and found.profitability is not None
        worth = [row.item.amount for row in found.abc.items]
        worth += [row.item.amount for row in found.profitability.items]
        amounts += [round(abs(amount)) for amount in (*worth, found.abc.total, found.profitability.total)]
    written = [f"{n:,}".replace(",", mark) for n in amounts if n > 999 for mark in ("\u202f", "\u00a0", ",")]
    return tuple(dict.fromkeys((*ours, *complaints, *people, *written)))


def unpacked(path: Path) -> bytes:
    """What a file says; of a workbook, all of its parts."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.mark.slow
def test_employees_read_an_extract_and_nothing_of_what_stays_inside(tmp_path: Path) -> None:
    options = Options(ROOT, TODAY, tmp_path / "site", tmp_path / "work", audience="employees", only=Part.SITE)
    out = build(options).out
    files = {p.relative_to(out).as_posix(): unpacked(p) for p in out.rglob("*") if p.is_file()}
    leaks = [
        f"{name}: {secret}"
        for name, data in files.items()
        for secret in INSIDE
        if re.search(
            rf"(?<![\d.]){re.escape(secret.lower())}", f"{name}\n{data.decode('utf-8', 'ignore')}".lower()
        )
    ]
    assert leaks == []
    known = re.compile(rf"(?<![\w.,-])(?:{'|'.join(map(re.escape, secrets()))})(?![\w-])", re.IGNORECASE)
    told = {
        f"{name}: {found[0]}"
        for name, data in files.items()
        if not name.endswith((".woff2", ".js", ".map", ".webp", ".png"))
        for found in known.finditer(f"{name}\n{unescape(data.decode('utf-8', 'ignore'))}")
    }
    assert told == set()
    assert {name for name in files if name.startswith("reports/")} == {
        "reports/index.html",
        "reports/2026-Q2/index.html",
        "reports/2026-Q3/index.html",
        "reports/2026-Q2/annex/index.html",
        "reports/2026-Q3/annex/index.html",
        "reports/2026-Q2-fr.xlsx",
        "reports/2026-Q3-fr.xlsx",
    }
    page = files["reports/2026-Q3/index.html"].decode()
    for public in ("Supprimer trois étapes sur huit", "Niveaux de service", "Ce que nous décidons"):
        assert public in page
    inside = said("fr", NOW)
    assert "géomatique" in inside and "plan de reconquête" in inside, "management reads them"
