"""`manage.py library`: what it prints and what it leaves behind."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from heritage.library.models import Edition, Work
from tests.library.epub import books

pytestmark = pytest.mark.django_db


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("library", *words, stdout=out)
    return out.getvalue()


def stored() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_an_import_is_tried_first_and_leaves_nothing_then_done(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain("Sách một", identifier="urn:1"))
    (tmp_path / "b.epub").write_bytes(b"no book")
    (tmp_path / "c.mobi").write_bytes(b"x")
    before = stored()
    tried = told("import", str(tmp_path), "--dry-run")
    assert [line.split("  ")[0] for line in tried.splitlines()] == [
        *("created", "refused", "refused"),
        "created 1, updated 0, unchanged 0, refused 2",
    ]
    assert "Sách một" in tried
    assert str(tmp_path / "b.epub") in tried
    report = json.loads(told("import", str(tmp_path), "--dry-run", "--json"))
    assert (report["dry_run"], report["created"], report["refused"]) == (True, 1, 2)
    assert (Work.objects.count(), Edition.objects.count(), stored()) == (0, 0, before)

    done = json.loads(told("import", str(tmp_path), "--json", "--copies", "2", "--draft", "--licence", "cc-by"))
    assert (done["dry_run"], done["created"], done["refused"]) == (False, 1, 2)
    edition = Edition.objects.get()
    assert (edition.access, edition.copies, edition.work.live, edition.work.licence) == ("lending", 2, False, "cc-by")
    assert told("import", str(tmp_path), "--dry-run").endswith("created 0, updated 0, unchanged 1, refused 2\n")


def test_what_cannot_be_done_is_said(tmp_path):
    for words in (["import", str(tmp_path / "no")], ["import", str(tmp_path), "--access", "lending"],
                  ["import", str(tmp_path), "--copies", "-1"], ["records", str(tmp_path / "no.csv")]):  # fmt: skip
        with pytest.raises(CommandError):
            told(*words)
