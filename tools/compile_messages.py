#!/usr/bin/env python3
"""Compiles the message catalogues with Babel into the .mo files that Django reads."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from setup_steps import SetupError, compile_messages

if __name__ == "__main__":
    try:
        compile_messages()
    except SetupError as error:
        sys.exit(str(error))
