#!/usr/bin/env python3
"""Sets up what developing and testing need; `make setup` calls it. Needs only Python's standard library."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from setup_steps import SetupError, build_front_end, compile_messages, install_npm, install_python


def main() -> int:
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    try:
        install_python("requirements-dev.txt")
        install_npm(production=False)
        build_front_end()
        compile_messages()
    except SetupError as error:
        print(f"\nStopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
