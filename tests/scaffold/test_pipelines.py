"""Pipelines that `init --ci` writes: files that forges read, and commands that this version knows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from comptoir.cli import main, make_parser
from comptoir.scaffold.first_project import PIPELINES, pipeline_files


@pytest.mark.parametrize("forge", PIPELINES)
def test_every_command_is_one_of_this_version(forge: str) -> None:
    commands = [
        match[0].rstrip(" )")
        for text in pipeline_files(forge).values()
        for match in re.finditer(r"comptoir (check|build|diff)\b[^|>\n;)]*", text)
    ]
    assert {command.split()[1] for command in commands} == {"check", "build", "diff"}
    for command in commands:
        words = [
            word for word in shlex.split(command.replace("${ADDRESS:+", "").replace("}", ""))[1:] if word
        ]
        make_parser().parse_args(
            [
                word.replace("$CI_PAGES_URL/", "https://x.example/").replace(
                    "$ADDRESS/", "https://x.example/"
                )
                for word in words
            ]
        )


@pytest.mark.parametrize("forge", PIPELINES)
def test_files_are_yaml_with_what_the_forge_asks_for(forge: str) -> None:
    files = pipeline_files(forge)
    pipeline = yaml.load(files[PIPELINES[forge]], yaml.CBaseLoader)
    if forge == "gitlab":
        jobs = {
            name: job for name, job in pipeline.items() if name not in {"variables", "default", "workflow"}
        }
        assert {"check", "changes", "preview", "pages"} == set(jobs)
        assert all({"script", "stage"} <= job.keys() for job in jobs.values())
        assert jobs["check"]["artifacts"]["reports"] == {"codequality": "code-quality.json"}
    else:
        assert {"on", "jobs", "permissions"} <= pipeline.keys()
        for job in pipeline["jobs"].values():
            assert "runs-on" in job
            assert all(("run" in step) != ("uses" in step) for step in job["steps"])
            assert all(
                "github.event" not in step.get("run", "") for step in job["steps"]
            )  # no text of others in a shell
    hooks = yaml.safe_load(files[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert re.match(hooks[0]["files"], "catalogue/services/wifi.yaml")


def test_init_writes_them(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "a"), "--ci", "gitlab"]) == 0
    assert (tmp_path / "a" / ".gitlab-ci.yml").is_file()
    assert main(["init", str(tmp_path / "b")]) == 0
    assert not (tmp_path / "b" / "Containerfile").exists()
