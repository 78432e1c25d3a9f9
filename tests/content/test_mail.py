"""E-mails prepared by ask buttons."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from comptoir.content.mail import SEGMENT_MARK, fill_segment, mail_template

HOSTILE = 'Où & "quoi" ? = # 100 % + <b> {segment}\r\nBcc: x@y.example'


def test_hostile_text_stays_in_its_place() -> None:
    template = mail_template("a+b@x.example", HOSTILE, ("Bonjour,", "", HOSTILE), "Profil :")
    link = fill_segment(template, "Équipe & Cie")
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert parseaddr(unquote(parts.path))[1] == "a+b@x.example"
    values = parse_qs(parts.query, keep_blank_values=True)
    one_line = HOSTILE.replace("\r\n", " ")
    assert values == {
        "subject": [one_line],
        "body": [f"Bonjour,\r\n\r\n{one_line}\r\nProfil : Équipe & Cie"],
    }
    assert "+" not in parts.query and " " not in link and "{" not in link


def test_the_mark_is_the_only_one() -> None:
    assert mail_template("a@x.example", HOSTILE, (HOSTILE,), "Profil :").count(SEGMENT_MARK) == 1
    assert SEGMENT_MARK not in mail_template("a@x.example", HOSTILE, (HOSTILE,))
