"""What makes VS Code complete and check the YAML of a project: settings, recommended extension, schemas."""

from __future__ import annotations

import json
from typing import Final

from comptoir.brand import pictogram_names, shipped_fonts
from comptoir.model.schema import json_schemas, schema_files, schema_globs

SCHEMA_FOLDER: Final = ".vscode/schemas"


def editor_schemas() -> dict[str, str]:
    """File name → text of the JSON Schema of each kind."""
    return schema_files(json_schemas(pictogram_names(), [font.family for font in shipped_fonts()]))


def editor_files() -> dict[str, str]:
    """Path in a project → text: everything of .vscode/."""
    globs = {f"./{SCHEMA_FOLDER}/{name}": glob for name, glob in schema_globs().items()}
    settings = {
        "yaml.schemas": globs,
        "yaml.format.enable": False,
        "[yaml]": {
            "editor.tabSize": 2,
            "editor.insertSpaces": True,
            "editor.quickSuggestions": {"strings": "on"},
        },
        "files.encoding": "utf8",
        "files.eol": "\n",
    }
    extensions = {"recommendations": ["redhat.vscode-yaml"]}
    return {
        ".vscode/settings.json": json.dumps(settings, indent=2, ensure_ascii=False) + "\n",
        ".vscode/extensions.json": json.dumps(extensions, indent=2) + "\n",
        **{f"{SCHEMA_FOLDER}/{name}": text for name, text in editor_schemas().items()},
    }
