"""Writes a .mo beside each .po named on the command line; runs inside the environment, for it needs Babel.

Not `pybabel compile`: it refuses plurals whose one Vietnamese form names a number that the English singular spells out.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for name in sys.argv[1:]:
    source = Path(name)
    with source.open("rb") as file:
        catalogue = read_po(file, locale="vi", abort_invalid=True)
    unfinished = source.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.rename(source.with_suffix(".mo"))
