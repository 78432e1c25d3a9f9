"""What a build depends on: everything that changes a site changes the digest of its inputs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from comptoir.inputs import Inputs, digest_tree


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    project, data = tmp_path / "project", tmp_path / "data"
    for name in ("catalogue/services/mail.yaml", "indicators/data/a.csv", "site_templates/pages/about.md.j2"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(name)
    data.mkdir()
    (data / "tickets.csv").write_text("number\n1\n")
    (project / "mkdocs.yml").write_text("copyright: us")
    return Inputs(project, data, (date(2026, 10, 15), "employees", None))


CHANGES: dict[str, Callable[[Path], object]] = {
    "an edit": lambda top: (top / "project/catalogue/services/mail.yaml").write_text("other"),
    "a template": lambda top: (top / "project/site_templates/pages/about.md.j2").write_text("other"),
    "the configuration": lambda top: (top / "project/mkdocs.yml").unlink(),
    "data of the project": lambda top: (top / "project/indicators/data/a.csv").write_text("other"),
    "data beside it": lambda top: (top / "data/tickets.csv").write_text("number\n2\n"),
    "a new file": lambda top: (
        (top / "project/segments.yaml").touch() or (top / "project/catalogue/.hidden").touch()
    ),
    "another name": lambda top: (top / "data/tickets.csv").rename(top / "data/calls.csv"),
    "a link": lambda top: (top / "project/catalogue/b.yaml").symlink_to("services/mail.yaml"),
    "a linked folder": lambda top: (top / "project/catalogue/linked").symlink_to("services"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_the_site_changes_the_digest(
    inputs: Inputs, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    digest, stamp = inputs.digest(), inputs.stamp()
    assert (inputs.digest(), inputs.stamp()) == (digest, stamp)
    change(tmp_path)
    assert inputs.digest() != digest
    assert inputs.stamp() != stamp


def test_choices_count(inputs: Inputs) -> None:
    tomorrow = Inputs(inputs.project, inputs.data, (date(2026, 10, 16), *inputs.choices[1:]))
    assert tomorrow.digest() != inputs.digest()
    assert Inputs(inputs.project, None, inputs.choices).digest() != inputs.digest()


def test_other_files_do_not_count(inputs: Inputs) -> None:
    digest, stamp = inputs.digest(), inputs.stamp()
    (inputs.project / "README.md").write_text("of no account")
    (inputs.project / "build").mkdir()
    (inputs.project / "build" / "kept.json").write_text("{}")
    assert (inputs.digest(), inputs.stamp()) == (digest, stamp)


def test_a_file_written_anew_with_the_same_text_is_the_same_input(inputs: Inputs) -> None:
    digest, stamp = inputs.digest(), inputs.stamp()
    service = inputs.project / "catalogue" / "services" / "mail.yaml"
    text = service.read_text()
    service.unlink()
    service.write_text(text)
    os.utime(service, (1, 1))
    assert inputs.digest() == digest
    assert inputs.stamp() != stamp, "it may have held another text meanwhile"


def test_what_links_lead_to_is_not_read(tmp_path: Path) -> None:
    tree, outside = tmp_path / "tree", tmp_path / "secret"
    tree.mkdir()
    outside.write_text("secret")
    (tree / "link").symlink_to(outside)
    (tree / "nowhere").symlink_to("nothing")
    os.mkfifo(tree / "pipe")
    first = digest_tree(tree)
    assert digest_tree(tree) == first
    outside.unlink()
    assert digest_tree(tree) != first


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "closed").touch(mode=0)
    assert digest_tree(tmp_path) == digest_tree(tmp_path)
