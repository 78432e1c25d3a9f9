"""Links in raw HTML, as each of the two engines wants them."""

import pytest

from comptoir.publish.zensical import links_between_files


@pytest.mark.parametrize(
    ("published", "between_files"),
    [
        ("../../families/", "../families/"),
        ("../../", "../"),
        ("../mail/#faq", "mail/#faq"),
        ("./", "wifi/"),
        ("../../assets/brand/logo.svg", "../assets/brand/logo.svg"),
        ("../?text=a/b", "./?text=a/b"),
        ("#faq", "#faq"),
        ("?text=a", "?text=a"),
        ("", ""),
        ("/en/", "/en/"),
        ("https://example.org/../a/", "https://example.org/../a/"),
        ("mailto:a@example.org?subject=../", "mailto:a@example.org?subject=../"),
    ],
)
def test_links_of_a_page_published_as_a_folder(published: str, between_files: str) -> None:
    page = f'<a class="x" href="{published}">../../</a>'
    moved = links_between_files({"services/wifi.md": page})
    assert moved == {"services/wifi.md": f'<a class="x" href="{between_files}">../../</a>'}


def test_what_stays_where_it_is() -> None:
    docs = {"index.md": '<a href="services/">', "services/index.md": '<a href="../">', "a.css": 'href="../x"'}
    assert links_between_files(docs) == docs
    words = {"a.md": 'written: href="../x" or &lt;a href="../x"&gt;', "b.png": b'<a href="../x">'}
    assert links_between_files(words) == words
