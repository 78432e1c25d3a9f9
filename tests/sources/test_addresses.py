"""Addresses that may be followed: none ends its attribute, and no letter gets a header that nobody wrote."""

from __future__ import annotations

from email.message import EmailMessage
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comptoir.sources.addresses import is_mail_link, is_web_address

PIECES = st.sampled_from(
    [
        "https://",
        "a.example",
        "/",
        "?x=",
        "#y",
        '"',
        "'",
        "<",
        ">",
        " onload=",
        "\t",
        "\n",
        "\\",
        "`",
        "%0D%0A",
        "é",
        "@",
    ]
)


@given(st.lists(PIECES | st.characters(), max_size=10).map("".join).map("https://a.example/{}".format))
@example('https://a.example/" onload="alert(1)')
@example("https://a.example/\tx")
def test_no_address_of_the_web_ends_its_attribute(text: str) -> None:
    if is_web_address(text):
        assert not set(text) & set('"<>`\\ \t\r\n\0')


@pytest.mark.parametrize(
    "link",
    [
        "mailto:help@example.org",
        "mailto:a@example.org,b@example.org?cc=c@example.org",
        "mailto:help@example.org?subject=Un%20mot&body=Bonjour,%0D%0A%0D%0AMerci",
    ],
)
def test_letters(link: str) -> None:
    assert is_mail_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "mailto:",
        "mailto:help",
        "mailto:help@example.org%0D%0ABcc:all@example.org",
        "mailto:a%0D%0ABcc%3Aall@example.org",
        "mailto:help@example.org?subject=x%0D%0ABcc:all@example.org",
        "mailto:help@example.org?subject=x%0ABcc:all@example.org",
        "mailto:help@example.org?subject=x%E2%80%A8Bcc:all@example.org",
        "mailto:help@example.org?bcc=all@example.org",
        "mailto:help@example.org?attach=/etc/passwd",
        "mailto:help@example.org?body=a%00b",
        'mailto:help@example.org"onclick="alert(1)',
        "https://example.org",
    ],
)
def test_no_letters(link: str) -> None:
    assert not is_mail_link(link)


LETTERS = st.sampled_from(
    ["%0D", "%0A", "%0D%0A", "%25", "a", "@", "b.example", ",", "?", "&", "=", "subject", "body", "cc"]
)


@given(st.lists(LETTERS | st.characters(), max_size=12).map("".join).map("mailto:a@b.example{}".format))
def test_what_a_link_says_makes_no_header_of_its_own(link: str) -> None:
    """Read as mail programs do, the addressees and the subject of an accepted link are headers of one line each."""
    if is_mail_link(link):
        addressees, _, query = link.removeprefix("mailto:").partition("?")
        letter = EmailMessage()
        letter["To"] = unquote(addressees)
        headers = [field.partition("=") for field in query.split("&") if field]
        for name, _, value in headers:
            if unquote(name).lower() != "body":
                assert unquote(name).lower() in {"subject", "cc"}
                letter.add_header(f"X-{unquote(name)}", unquote(value))  # refuses lines
        assert all(len(str(value).splitlines()) <= 1 for value in letter.values())
