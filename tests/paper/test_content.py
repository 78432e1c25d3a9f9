"""Users' Markdown as a tree for Typst: every element kept, words as strings only."""

from __future__ import annotations

import pytest

from comptoir.markdown import render_markdown
from comptoir.paper.content import content_tree


def tree(markdown: str) -> object:
    return content_tree(render_markdown(markdown, lambda kind, name: f"https://example.org/{kind}/{name}"))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "Un *mot* et **deux**.",
            [
                {
                    "tag": "p",
                    "children": [
                        "Un ",
                        {"tag": "em", "children": ["mot"]},
                        " et ",
                        {"tag": "strong", "children": ["deux"]},
                        ".",
                    ],
                }
            ],
        ),
        (
            "- a\n- b",
            [{"tag": "ul", "children": [{"tag": "li", "children": ["a"]}, {"tag": "li", "children": ["b"]}]}],
        ),
        ("3. a", [{"tag": "ol", "start": 3, "children": [{"tag": "li", "children": ["a"]}]}]),
        (
            "[x](service:wifi)",
            [
                {
                    "tag": "p",
                    "children": [{"tag": "a", "href": "https://example.org/service/wifi", "children": ["x"]}],
                }
            ],
        ),
        ("```\na  b\n  c\n```", [{"tag": "pre", "children": [{"tag": "code", "children": ["a  b\n  c"]}]}]),
        ("a  \nb", [{"tag": "p", "children": ["a", {"tag": "br"}, "b"]}]),
        (
            'x #read("/etc/passwd") $x$ `@y`',
            [{"tag": "p", "children": ['x #read("/etc/passwd") $x$ ', {"tag": "code", "children": ["@y"]}]}],
        ),
        ("un\n  deux\t trois \u00a0!", [{"tag": "p", "children": ["un deux trois \u00a0!"]}]),
        (
            "**a**\n*b* `c`",
            [
                {
                    "tag": "p",
                    "children": [
                        {"tag": "strong", "children": ["a"]},
                        " ",
                        {"tag": "em", "children": ["b"]},
                        " ",
                        {"tag": "code", "children": ["c"]},
                    ],
                }
            ],
        ),
        (
            "- a\n  plus long\n\n    encore\n\n- b",
            [
                {
                    "tag": "ul",
                    "children": [
                        {
                            "tag": "li",
                            "children": [
                                {"tag": "p", "children": ["a plus long"]},
                                {"tag": "p", "children": ["encore"]},
                            ],
                        },
                        {"tag": "li", "children": [{"tag": "p", "children": ["b"]}]},
                    ],
                }
            ],
        ),
        (
            "- a\n    - b",
            [
                {
                    "tag": "ul",
                    "children": [
                        {
                            "tag": "li",
                            "children": [
                                "a",
                                {"tag": "ul", "children": [{"tag": "li", "children": ["b"]}]},
                            ],
                        }
                    ],
                }
            ],
        ),
        ("", []),
    ],
)
def test_markdown_as_a_tree(markdown: str, expected: object) -> None:
    assert tree(markdown) == expected


def test_a_table_keeps_its_rows_and_the_side_of_its_cells() -> None:
    [table] = content_tree(render_markdown("| a | b |\n|---|--:|\n| 1 | 2 |", lambda kind, name: None))
    assert table == {
        "tag": "table",
        "children": [
            {
                "tag": "thead",
                "children": [
                    {
                        "tag": "tr",
                        "children": [
                            {"tag": "th", "children": ["a"]},
                            {"tag": "th", "align": "right", "children": ["b"]},
                        ],
                    }
                ],
            },
            {
                "tag": "tbody",
                "children": [
                    {
                        "tag": "tr",
                        "children": [
                            {"tag": "td", "children": ["1"]},
                            {"tag": "td", "align": "right", "children": ["2"]},
                        ],
                    }
                ],
            },
        ],
    }
