"""An English message that two apps mean differently is found: in one process it would have one Vietnamese for both."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "check_messages.py"


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("check_messages", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(folder, app, *entries):
    path = folder / app / "locale/vi/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    path.write_text("\n".join([head, *entries]), "utf-8")


def said(message, vietnamese, context=""):
    return f'{f"""msgctxt "{context}"{chr(10)}""" if context else ""}msgid "{message}"\nmsgstr "{vietnamese}"\n'


def test_one_message_with_two_meanings_is_named_with_both(tool, tmp_path):
    catalogue(tmp_path, "catalog", said("Plan", "Sơ đồ"), said("Line", "Đường"), said("Save", "Lưu lại"))
    catalogue(
        tmp_path, "maps", said("Plan", "Kế hoạch"), said("Line", "Dòng", "of a list"), '#~ msgid "Old"\n#~ msgstr "Cũ"'
    )
    catalogue(tmp_path, "iiif", said("Line", "Đường"), said("Old", "Xưa"))
    found = tool.meanings(tmp_path)
    assert [line for line in found if line.startswith("'Plan'")] == ["'Plan': catalog 'Sơ đồ'; maps 'Kế hoạch'"]
    assert any(line.startswith("'Save'") and "wagtail" in line for line in found)  # its buttons would change too
    assert len(found) == 2


def test_a_term_of_the_law_that_is_called_otherwise_is_named(tool, tmp_path):
    catalogue(
        tmp_path,
        "catalog",
        said("National monuments", "Di tích quốc gia"),
        said("Monument of the day", "Công trình trong ngày"),
        said("Heritage of %(province)s", "Di sản của %(province)s"),
        said("Intangible heritage", "Di sản văn hoá phi vật thể"),
    )
    found = tool.against_glossary(tmp_path)
    assert found == ["catalog 'Monument of the day': 'monument' is 'di tích'"]
    assert tool.against_glossary(TOOL.parents[1] / "heritage") == []
