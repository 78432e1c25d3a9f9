"""The results for programs: held to their schema, exact, and cut for who reads them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from comptoir.content.edition import Edition
from comptoir.site.data.results import results_json, results_schema
from tests.conftest import project_maker
from tests.content.relations import DAY, make, site_for


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    project = make(project_maker(tmp_path_factory.mktemp("results")))
    return {audience: site_for(project, audience) for audience in ("employees", "management")}


def written(site: Edition) -> dict[str, Any]:
    assert site.results is not None
    told: dict[str, Any] = json.loads(results_json(site.catalogue, site.results, DAY))
    return told


@pytest.mark.parametrize("audience", ["employees", "management"])
def test_it_is_what_its_schema_says(sites: dict[str, Edition], audience: str) -> None:
    schema = json.loads(results_schema())
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(written(sites[audience]))) == []


def test_numbers_are_those_that_were_measured(sites: dict[str, Edition]) -> None:
    told = written(sites["management"])
    assert (told["version"], told["quarter"], told["date"]) == ("1.0", "2026-Q3", "2026-10-15")
    whole = next(
        one
        for one in told["measurements"]
        if one["indicator"] == "complaint-volume" and not any(one["scope"].values())
    )
    assert (whole["value"], whole["target"]["value"], whole["status"]) == (4, 3, "missed")
    assert {one["id"] for one in told["indicators"]} == {one["indicator"] for one in told["measurements"]}


def test_a_wide_audience_reads_of_no_client(sites: dict[str, Edition]) -> None:
    assert not any(one["scope"]["client"] for one in written(sites["employees"])["measurements"])
    assert "physics" not in json.dumps(written(sites["employees"]))
