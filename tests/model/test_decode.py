"""Decoding: located values in, entities and problems out; one fault gives one problem."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from comptoir.brand import pictogram_names
from comptoir.model.advice import meaning_of
from comptoir.model.catalogue import KINDS, PLACES, Catalogue
from comptoir.model.decode import decode_catalogue
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.organisation import Organisation
from comptoir.model.reports import FrontMatter
from comptoir.sources.project import read_project

from ..conftest import CASES, MakeProject


def decode(project: Path) -> tuple[Catalogue, list[str]]:
    files, problems = read_project(project, PLACES)
    catalogue, problems_of_form = decode_catalogue(files, pictogram_names())
    return catalogue, [str(problem) for problem in [*problems, *problems_of_form]]


def test_the_base_case(make_project: MakeProject) -> None:
    catalogue, problems = decode(make_project())
    assert problems == []
    assert list(catalogue.services) == ["mail", "wifi"]
    assert catalogue.services["mail"].review_date == date(2027, 3, 31)
    assert catalogue.services["mail"].file == "catalogue/services/mail.yaml"
    assert str(catalogue.needs["write"].locate("met")) == "segments/needs.yaml:4:8"
    assert catalogue.organisation.brand.colours.primary == "#1a5fb4"


def test_what_cannot_be_decoded_is_declared(make_project: MakeProject) -> None:
    catalogue, problems = decode(make_project(CASES / "bad" / "broken-file-is-not-unknown"))
    assert len(problems) == 4
    assert "wifi" not in catalogue.services
    assert "wifi" in catalogue.declared["service"]
    assert "need" not in catalogue.declared  # its list could not be read: nothing is known of it
    assert catalogue.organisation.file == ""  # a stand-in


def test_pictograms_of_the_project_are_known(make_project: MakeProject) -> None:
    catalogue, _ = decode(make_project(CASES / "good" / "everything-said"))
    assert "own" in catalogue.pictograms
    assert "printer" in catalogue.pictograms


@pytest.mark.parametrize(
    ("file", "keys", "expected"),
    [
        (
            "catalogue/services/mail.yaml",
            {"price": {"model": "subscription"}},
            "catalogue/services/mail.yaml:12:10: error: a price of this model needs an 'amount' [price-amount]",
        ),
        (
            "catalogue/services/mail.yaml",
            {"price": {"model": "one-off", "amount": "1.234"}},
            "catalogue/services/mail.yaml:13:11: error: '1.234' has more than 2 decimals [out-of-range]",
        ),
        (
            "catalogue/services/mail.yaml",
            {"owner": "Head of messaging"},
            "catalogue/services/mail.yaml:17:8: error: expected a mapping of keys and values, "
            "found 'Head of messaging' [wrong-type]",
        ),
        (
            "catalogue/organisation.yaml",
            {"languages": []},
            "catalogue/organisation.yaml:15:12: error: 0 items; at least 1 expected here [out-of-range]",
        ),
        (
            "catalogue/agreements/ola-network.yaml",
            {"kind": "uc", "partner": None},
            "catalogue/agreements/ola-network.yaml:1:7: error: a UC names its supplier in 'partner' [uc-partner]",
        ),
        (
            "catalogue/organisation.yaml",
            {"demonstration": "perhaps"},
            "catalogue/organisation.yaml:33:16: error: expected true or false, found 'perhaps' [wrong-type]",
        ),
        (
            "catalogue/organisation.yaml",
            {"languages": ["fr", "fr"]},
            "catalogue/organisation.yaml:16:1: error: a language is written twice in 'languages' [languages-twice]",
        ),
        (
            "catalogue/organisation.yaml",
            {"brand": {"colours": {"primary": "#1a5fb4", "accnt": "#000000"}}},
            "catalogue/organisation.yaml:22:5: error: unknown key 'accnt' (did you mean 'accent'?) [unknown-key]",
        ),
        (
            "catalogue/organisation.yaml",
            {"brand": {"fonts": {}}},
            "catalogue/organisation.yaml:20:3: error: the key 'colours' is missing [missing-key]",
        ),
        (
            "catalogue/organisation.yaml",
            {"repository": {"url": "https://example.org", "edit": "https://example.org/edit"}},
            "catalogue/organisation.yaml:35:9: error: 'https://example.org/edit' is not an address that begins "
            "with https:// and holds {path} [wrong-form]",
        ),
    ],
)
def test_messages(make_project: MakeProject, file: str, keys: dict[str, object], expected: str) -> None:
    _, problems = decode(make_project(keys={file: keys}))
    assert problems == [expected]


def test_a_desk_without_an_address_is_reached_by_the_mailbox(make_project: MakeProject) -> None:
    desk = {"role": "Guichet", "hours": "office-hours"}
    project = make_project(None, {"catalogue/organisation.yaml": {"service_desk": desk}})
    catalogue, problems = decode(project)
    assert problems == []
    assert catalogue.organisation.service_desk.email == "offre@example.org"
    project.rename(project.with_name("seen"))
    desk["place"] = "Bâtiment 3"
    catalogue, _ = decode(make_project(None, {"catalogue/organisation.yaml": {"service_desk": desk}}))
    assert catalogue.organisation.service_desk.email is None


def test_what_a_pattern_of_the_model_means_is_said_in_words() -> None:
    """No message shows a regular expression to people who write YAML."""

    def patterns(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            yield from (part[key] for key in ("pattern",) if isinstance(part.get(key), str))
            for value in part.values():
                yield from patterns(value)
        elif isinstance(part, list):
            for value in part:
                yield from patterns(value)

    models = (*(kind.model for kind in KINDS), Organisation, LoyaltySettings, FrontMatter)
    written = {pattern for model in models for pattern in patterns(model.model_json_schema())}
    assert len(written) > 10
    assert [pattern for pattern in sorted(written) if pattern in meaning_of(pattern)] == []
