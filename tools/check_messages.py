#!/usr/bin/env python3
"""Every message that a visitor or a member of staff can see has its Vietnamese, Wagtail's own included.

Extracts the archive's messages afresh with gettext (`apt-get install gettext`) into a copy and compares; reads those of
Wagtail and wagtail-localize from their English catalogues. Prints each message without Vietnamese and where it stands,
and each that apps say differently: in one process an English message has one Vietnamese, that of the app listed first.
Terms of the law are called as `heritage/vietnamese/glossary.csv` says, wherever they occur.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = ROOT / "heritage" / "vietnamese" / "glossary.csv"
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w*\}|<[^>]*>")
VIETNAMESE = "vietnamese"
"""The app whose catalogue overrules Wagtail's own."""


def main() -> int:
    if not shutil.which("xgettext"):
        print("xgettext is missing; apt-get install gettext")
        return 1
    known = catalogue(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "heritage")
        shutil.copytree(ROOT / "heritage", copy, ignore=shutil.ignore_patterns("build", "*.mo"))
        extract(copy)
        differing, astray = meanings(copy), against_glossary(ROOT / "heritage")
        wanted = {
            (entry.msgctxt, entry.msgid): f"{path.relative_to(folder)}: {entry.msgid[:100]!r}"
            for path in copy.glob("**/locale/vi/LC_MESSAGES/*.po")
            for entry in polib.pofile(str(path))
            if not entry.obsolete
        }
    wanted.update(of_packages())
    missing = [place for key, place in wanted.items() if key not in known]
    for line in missing:
        print(f"no Vietnamese: {line}")
    for line in differing:
        print(f"two meanings (give one of them a msgctxt, or both the same Vietnamese): {line}")
    for line in astray:
        print(f"not as the glossary says: {line}")
    told = f"{len(missing)} without Vietnamese, {len(differing)} with two meanings, {len(astray)} against the glossary"
    print(f"{len(wanted)} messages, {told}")
    return 1 if missing or differing or astray else 0


Key = tuple[str | None, str, bool]


def meanings(extracted: Path) -> list[str]:
    """Messages that are in use with different Vietnamese in different apps, Wagtail's screens taken as one app.

    Args:
        extracted: the folder of the apps, their catalogues just brought in step with their texts.
    """
    said: dict[Key, dict[str, str]] = {}
    for path in extracted.glob("*/locale/vi/LC_MESSAGES/django.po"):
        if path.parents[3].name != VIETNAMESE:
            for key, text in spoken(path).items():
                said.setdefault(key, {})[path.parents[3].name] = text
    of_wagtail: dict[Key, str] = {}
    for package in packages()[1:]:
        for path in package.glob("**/locale/vi/LC_MESSAGES/django.po"):
            of_wagtail |= spoken(path)
    of_wagtail |= spoken(ROOT / "heritage" / VIETNAMESE / "locale/vi/LC_MESSAGES/django.po")
    for key, by_app in said.items():
        if key in of_wagtail:
            by_app["wagtail"] = of_wagtail[key]
    return sorted(
        f"{key[1][:60]!r}: " + "; ".join(f"{app} {text!r}" for app, text in sorted(by_app.items()))
        for key, by_app in said.items()
        if len(set(by_app.values())) > 1
    )


def against_glossary(folder: Path) -> list[str]:
    """Messages below `folder` that name a term of the law in English and call it otherwise in Vietnamese.

    The longest term is looked for first: a national monument is no monument besides.
    """
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: -len(row["English"]))
    terms = [
        (
            re.compile(rf"\b{re.escape(row['English'])}s?\b", re.IGNORECASE),
            row["English"],
            [row["Vietnamese"], *row["Also"].split("|")],
        )
        for row in rows
    ]
    found = []
    for path in sorted(folder.glob("*/locale/vi/LC_MESSAGES/*.po")):
        for key, text in spoken(path).items():
            rest = PLACEHOLDER.sub("", key[1])
            for pattern, english, called in terms:
                rest, count = pattern.subn(" ", rest)
                if count and not any(folded(name) in folded(text) for name in called if name):
                    found.append(f"{path.parents[3].name} {key[1][:70]!r}: {english!r} is {called[0]!r}")
    return found


def folded(text: str) -> str:
    """In small letters, and with the tone of `hóa` and `hoá` in one place."""
    return unicodedata.normalize("NFC", text).lower().replace("oá", "óa").replace("oà", "òa")


def spoken(catalogue: Path) -> dict[Key, str]:
    """By context, message and whether it has a plural, what a catalogue says; gettext keeps plurals apart."""
    return {
        (entry.msgctxt, entry.msgid, bool(entry.msgid_plural)): entry.msgstr or str(entry.msgstr_plural.get(0, ""))
        for entry in polib.pofile(str(catalogue))
        if entry.msgid and not entry.obsolete and entry.translated() and "fuzzy" not in entry.flags
    }


def catalogue(root: Path) -> set[tuple[str | None, str]]:
    """Every message that any catalogue of the project, or of an installed package, says in Vietnamese."""
    own = list(root.glob("heritage/**/vi/LC_MESSAGES/*.po"))
    theirs = [path for package in packages() for path in package.glob("**/locale/vi/LC_MESSAGES/*.po")]
    return {
        (entry.msgctxt, entry.msgid)
        for path in [*own, *theirs]
        for entry in polib.pofile(str(path))
        if entry.translated() and "fuzzy" not in entry.flags
    }


def packages() -> list[Path]:
    """Folders of the packages whose screens staff see."""
    return [Path(find_spec(name).origin).parent for name in ("django", "wagtail", "wagtail_localize")]


def of_packages() -> dict[tuple[str | None, str], str]:
    """Wagtail's messages, those of its parts that are not installed left out."""
    absent = ("search_promotions", "simple_translation", "styleguide")
    return {
        (entry.msgctxt, entry.msgid): f"{path.parents[3].name}: {entry.msgid[:100]!r}"
        for package in packages()[1:]
        for path in package.glob("**/locale/en/LC_MESSAGES/*.po")
        if not any(part in path.parts for part in absent)
        for entry in polib.pofile(str(path))
        if entry.msgid and not entry.obsolete
    }


def extract(heritage: Path) -> None:
    """Run makemessages as a developer does; each message lands in the nearest app's catalogue."""
    for app in heritage.iterdir():
        if (app / "apps.py").exists():
            (app / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "-l", "vi", "--no-location", "--no-wrap", "-v", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=heritage, env=environment, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
