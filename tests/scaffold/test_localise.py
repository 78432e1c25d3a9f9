"""Bilingual templates: what is kept in one language and in two."""

import pytest

from comptoir.scaffold.localise import localise

TEMPLATE = """\
#fr Un service.
#en A service.
# neutral: $value
name:
  fr: Bonjour
  en: Hello
about:
  fr: |
    Un.

    Deux.
  en: |
    One.

    Two.

benefits:
  - fr: Gain
    en: Win
  - fr: Temps
    en: Time
hours: "$value"
"""

FRENCH = """\
# Un service.
# neutral: 9-5
name: Bonjour
about: |
  Un.

  Deux.

benefits:
  - Gain
  - Temps
hours: "9-5"
"""

ENGLISH_THEN_FRENCH = """\
# A service.
# neutral: 9-5
name:
  en: Hello
  fr: Bonjour
about:
  en: |
    One.

    Two.
  fr: |
    Un.

    Deux.

benefits:
  - en: Win
    fr: Gain
  - en: Time
    fr: Temps
hours: "9-5"
"""


@pytest.mark.parametrize(
    ("languages", "expected"), [(("fr",), FRENCH), (("en", "fr"), ENGLISH_THEN_FRENCH)], ids=["fr", "en,fr"]
)
def test_keeps_the_languages_asked_for(languages: tuple[str, ...], expected: str) -> None:
    assert localise(TEMPLATE, languages, {"value": "9-5"}) == expected


def test_a_value_that_nobody_gives_is_an_error() -> None:
    with pytest.raises(KeyError, match="value"):
        localise("a: $value", ("fr",), {})
