"""The scorecard for programs: an edition of the narrowest audience in; `scorecard.json`, held to its schema, out."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Final

from comptoir.content.edition import Edition
from comptoir.content.scorecard import scorecard_of

SCORECARD_FILE: Final = "scorecard.json"
"""Beside `catalogue.json`, which names services, families and owners."""

SCORECARD_SCHEMA: Final = "scorecard.schema.json"
SCORECARD_VERSION: Final = "1.0"


def scorecard_json(at: Edition) -> str:
    """What each service has and lacks on the day, in the words that catalogue/scorecard.yaml uses."""
    card = scorecard_of(at)
    codes = at.catalogue.organisation.languages
    return json.dumps(
        {
            "schema": SCORECARD_SCHEMA,
            "version": SCORECARD_VERSION,
            "date": at.today.isoformat(),
            "quarter": str(at.results.quarter) if at.results else None,
            "catalogue": "catalogue.json",
            "levels": [
                {
                    "id": level.id,
                    "name": {code: level.name.in_language(code) for code in codes},
                    "needs": level.needs,
                    "services": card.at(level),
                }
                for level in card.levels
            ],
            "services": [
                {
                    "id": one.service.id,
                    "family": one.service.family,
                    "owner": one.service.owner.email,
                    "level": one.level.id if one.level else None,
                    "passed": one.passed,
                    "failed": one.failed,
                    "wanting": one.wanting,
                    "review_date": one.service.review_date.isoformat(),
                    "overdue": one.is_overdue,
                }
                for one in card.services
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def scorecard_schema() -> str:
    """The JSON Schema of what `scorecard_json` gives."""
    return (files("comptoir.site.data") / SCORECARD_SCHEMA).read_text(encoding="utf-8")
