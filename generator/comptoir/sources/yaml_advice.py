"""What the YAML parser refuses, in the words of someone who writes YAML: its error and the text in, a problem out."""

from __future__ import annotations

import re
from typing import Final

import yaml
from yaml.reader import Reader

from comptoir.problems import Location, Problem

RULE: Final = "yaml-syntax"
_APOSTROPHE: Final = re.compile(r"(?:[:,\[{]\s*|-\s+)'(?:[^']|'')*'(?=\w)")
_COLOUR: Final = re.compile(r":\s+(#[0-9A-Fa-f]{3,8})\b")
_GLUED_KEY: Final = re.compile(r"^ *[\w-]+:(?=[^\s:/])")
_ADVICE: Final = (  # what the parser says · what is wrong ('{line}': where it begins) · what to do
    ("did not find expected ',' or '}'", "the '{{' of line {line} is not closed", "add '}'"),
    ("did not find expected ',' or ']'", "the '[' of line {line} is not closed", "add ']'"),
    ("found unexpected end of stream", "the quote of line {line} is not closed", "write a quote within quotes twice: ''"),
    ("found unexpected document indicator", "the quote of line {line} is not closed", ""),
    ("did not find expected key", "this line does not fit in what line {line} begins", "keys of one level begin at the same column"),
    ("did not find expected '-' indicator", "this line does not fit in the list of line {line}", "items of one list begin at the same column"),
    ("block sequence entries are not allowed", "a list item cannot begin here", "put '- ' on a line of its own"),
    ("block mapping values are not allowed", "a key cannot begin here", "put it on a line of its own"),
    ("mapping values are not allowed", "a ': ' cannot stand here", "put text that holds ': ' between quotes, or line the key up with those above"),
    ("could not find expected ':'", "a key without ':'", "write 'key: value', with a space after the colon"),
    ("found character that cannot start any token", "text cannot begin with this character", "put it between quotes"),
    ("found unknown escape character", "a backslash within double quotes begins an escape", "use single quotes"),
    ("did not find expected <document start>", "this line begins further left than those above", "keys of one level begin at the same column"),
    ("while scanning an alias", "text cannot begin with '*'", "put it between quotes"),
    ("while scanning an anchor", "text cannot begin with '&'", "put it between quotes"),
    ("did not find URI escape", "'%' and '!' have a meaning in YAML", "put the text between quotes"),
)  # fmt: skip


def explain_syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """What is wrong, where, and what to do about it."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if line > len(lines):  # the end of the file: its last line is where one can look
        line, column = max(len(lines), 1), len(lines[-1]) + 1 if lines else 1
    indent = written[: len(written) - len(written.lstrip())]
    if "\t" in indent:
        place = Location(file, line, indent.index("\t") + 1)
        return Problem(place, RULE, "a tab cannot indent YAML", "use two spaces a level")
    begins = error.context_mark.line + 1 if error.context_mark else line
    what = " ".join(part for part in (error.context, error.problem) if part) or "cannot be read"
    glued = _GLUED_KEY.match(lines[line - 2]) if "mapping values" in what and line > 1 else None
    if glued:
        where = Location(file, line - 1, glued.end() + 1)
        return Problem(where, RULE, "a space is missing after this colon", "write 'key: value'")
    for number in (n for n in dict.fromkeys((line, begins)) if n <= len(lines)):
        cut = _APOSTROPHE.search(lines[number - 1])
        if cut:
            where = Location(file, number, cut.end())
            hint = "write it twice ('') or put the text between double quotes"
            return Problem(where, RULE, "this apostrophe ends the quotation", hint)
        colour = _COLOUR.search(lines[number - 1]) if "flow" in what else None
        if colour:
            where = Location(file, number, colour.start(1) + 1)
            message = "YAML reads # as a comment, and the rest of the line with it"
            return Problem(where, RULE, message, f"write '{colour[1]}' between quotes")
    for said, message, hint in _ADVICE:
        if said in what:
            return Problem(Location(file, line, column), RULE, message.format(line=begins), hint)
    return Problem(Location(file, line, column), RULE, f"not valid YAML: {what}")


def explain_character(text: str, file: str) -> Problem | None:
    """The first character that YAML does not allow in a file, such as a control character; None if all are."""
    match = Reader.NON_PRINTABLE.search(text)
    if match is None:
        return None
    lines = text[: match.start()].splitlines() or [""]
    if text[: match.start()].endswith("\n"):
        lines.append("")
    place = Location(file, len(lines), len(lines[-1]) + 1)
    return Problem(
        place, RULE, f"the character U+{ord(match.group()):04X} is not allowed in YAML", "delete it"
    )


def explain_encoding(content: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    """Which byte is not UTF-8, and what the file seems to be instead."""
    before = content[: error.start]
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    place = Location(file, before.count(b"\n") + 1, column)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "save the file as UTF-8: it is in UTF-16"
    elif b"\x00" in content:
        hint = "this is not a text file"
    else:
        hint = "save the file as UTF-8: it looks like Latin-1"
    return Problem(place, "encoding", f"byte 0x{content[error.start]:02X} is not UTF-8", hint)
