"""Books made by other programs open: described, with their contents, their text whole and nothing in the way."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from heritage.library import epub

TEXT = """% Truyện làng Đình
% Lê Văn Mẫu

# Chương một

Đoạn **một** của làng, có chú thích.[^1]

[^1]: Chú thích cuối chương.

# Chương hai

| Năm | Việc |
|-----|------|
| 1802 | Dựng đình |

Hết.
"""
SPHINX = """Truyện làng Đình
================

.. toctree::

   mot
   hai
"""


def pandoc(folder: Path, version: str) -> Path:
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    made = folder / "a.epub"
    command = ["pandoc", "a.md", "-t", version, "-M", "lang=vi", "--toc", "-o", str(made)]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return made


def sphinx(folder: Path) -> Path:
    (folder / "index.rst").write_text(SPHINX, encoding="utf-8")
    for name, title in (("mot", "Chương một"), ("hai", "Chương hai")):
        (folder / f"{name}.rst").write_text(f"{title}\n{'=' * len(title)}\n\nĐoạn của làng. Hết.\n", encoding="utf-8")
    said = ['project = epub_title = "Truyện làng Đình"', 'author = epub_author = "Lê Văn Mẫu"', 'language = "vi"']
    (folder / "conf.py").write_text("\n".join(said), encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "epub", ".", "out"]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return next(folder.glob("out/*.epub"))


PRODUCERS = [
    pytest.param(lambda folder: pandoc(folder, "epub3"), id="pandoc-epub3", marks=pytest.mark.pandoc),
    pytest.param(lambda folder: pandoc(folder, "epub2"), id="pandoc-epub2", marks=pytest.mark.pandoc),
    pytest.param(sphinx, id="sphinx"),
]


@pytest.mark.parametrize("make", PRODUCERS)
def test_a_book_of_another_program_opens(tmp_path, make):
    book = epub.read(make(tmp_path))
    assert "Truyện làng Đình" in book.package.title
    assert "Lê Văn Mẫu" in [person for person, _role in book.package.creators]
    assert book.package.language == "vi"
    assert {"Chương một", "Chương hai"} <= {heading.title for heading in book.package.contents}
    (tmp_path / "kept.epub").write_bytes(book.data)
    with zipfile.ZipFile(tmp_path / "kept.epub") as kept:
        words = "".join(kept.read(entry).decode() for entry in kept.namelist() if entry.endswith("html"))
    assert "Hết." in words
    assert "<script" not in words
    assert epub.read(tmp_path / "kept.epub").removed == {}
