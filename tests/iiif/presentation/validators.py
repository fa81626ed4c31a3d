"""The validators of others, run over documents of ours: a JSON schema of the standard and the parser of viewers."""

import json
import subprocess
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("validate.mjs")


def complaints(documents: dict[str, Any]) -> dict[str, list[str]]:
    """What the schema and the strict parser say against each document, by its name; those without fault left out."""
    answer = subprocess.run(
        ["node", str(SCRIPT)], input=json.dumps(documents), capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    return {name: found for name, found in json.loads(answer.stdout).items() if found}
