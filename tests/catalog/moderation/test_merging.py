"""Two editors of one record (the pain of arches#6627: two provisional editors on one field): nothing typed is lost."""

import json

import pytest

from heritage.accounts.models import Role
from heritage.catalog.models import KeptVersion, Record
from heritage.catalog.moderation import parts
from tests.catalog.moderation.conftest import address, latest
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db


def conflicts(answer):
    return [row.key for row in answer.context["conflicts"]]


def choose(desk, answer, **choices):
    sent = {f"choice:{key}": side for key, side in choices.items()}
    return desk.client.post(answer.request["PATH_INFO"], {"seen": answer.context["seen"], **sent})


def test_the_second_saver_sees_both_versions_and_chooses(desk, record):
    """Pain 9: two editors on one field."""
    first, second = desk().open(record), desk().open(record)
    first.type(name_vi="Đình Một", address="Thôn A").add_source("Của người thứ nhất").save(record)
    second.type(name_vi="Đình Hai", summary_vi="Hai dòng.").add_source("Của người thứ hai")
    page = second.client.get(second.save(record)["Location"])

    assert conflicts(page) == ["name_vi"]
    shown = page.content.decode()
    assert "Đình Một" in shown
    assert "Đình Hai" in shown
    assert latest(record).name_vi == "Đình Một"
    assert choose(second, page).status_code == 200  # a choice is missing: nothing is saved
    assert choose(second, page, name_vi="mine").status_code == 302

    merged = latest(record)
    assert (merged.name_vi, merged.address, merged.summary_vi) == ("Đình Hai", "Thôn A", "Hai dòng.")
    cited = {source.citation for source in merged.sources.all()}
    assert cited == {"Sách cũ", "Của người thứ nhất", "Của người thứ hai"}
    assert Record.objects.get(pk=record.pk).name_vi == "Đình Mẫu"  # nothing became public
    history = second.client.get(address("history", record)).content.decode()
    assert "Hai phiên bản được gộp làm một" in history


def test_a_version_that_grows_by_autosaving_is_merged_too(desk, record):
    """The second opened a draft that the first went on writing over, under the same number."""
    first = desk().open(record).type(address="Thôn A")
    assert first.autosave(record).status_code == 200
    second = desk().open(record)
    first.type(address="Thôn A, gần chợ", name_en="First")
    assert first.autosave(record).status_code == 200
    second.type(name_en="Second")
    assert second.autosave(record).status_code == 400  # Wagtail refuses; the page then leads to both versions
    page = second.client.get(second.save(record)["Location"])
    assert conflicts(page) == ["name_en"]
    choose(second, page, name_en="theirs")
    merged = latest(record)
    assert (merged.address, merged.name_en) == ("Thôn A, gần chợ", "First")
    assert first.type(summary_vi="Thêm.").autosave(record).status_code == 400
    page = first.client.get(first.save(record)["Location"])
    assert conflicts(page) == []
    choose(first, page)
    assert latest(record).summary_vi == "Thêm."


def test_a_row_taken_out_here_and_changed_there_is_asked_about(desk, record):
    key = record.sources.get().pk
    first, second = desk().open(record), desk().open(record)
    first.type(**{"sources-0-DELETE": "on"}).save(record)
    second.type(**{"sources-0-citation": "Sách cũ, bản mới"})
    page = second.client.get(second.save(record)["Location"])
    assert conflicts(page) == [f"sources:{key}"]
    choose(second, page, **{f"sources:{key}": "mine"})
    assert [source.citation for source in latest(record).sources.all()] == ["Sách cũ, bản mới"]


def test_what_is_not_decided_waits_and_may_be_left_aside(desk, record):
    first, second = desk().open(record), desk().open(record)
    first.type(name_vi="Đình Một").save(record)
    way = second.type(name_vi="Đình Hai").save(record)["Location"]
    assert way in second.client.get(address("edit", record)).content.decode()
    assert desk().client.get(way).status_code == 404  # one's own only
    page = second.client.get(way)
    first.leave()
    third = desk(Role.REVIEWER).open(record)
    third.type(name_vi="Đình Ba").save(record)
    answer = choose(second, page, name_vi="mine")
    assert answer.status_code == 200  # saved once more while choosing: look again
    assert latest(record).name_vi == "Đình Ba"
    second.client.post(way, {"set-aside": "1"})
    assert latest(record).name_vi == "Đình Ba"
    assert KeptVersion.objects.get().content["name_vi"] == "Đình Hai"
    assert second.client.get(way).status_code == 302


def test_an_empty_story_is_not_taken_for_a_changed_one(desk, record):
    """The text editor sends a paragraph with nothing in it."""
    empty = json.dumps({"blocks": [{"key": "abcde", "type": "unstyled", "text": "", "inlineStyleRanges": [],
                                    "entityRanges": [], "depth": 0, "data": {}}], "entityMap": {}})  # fmt: skip
    first, second = desk().open(record), desk().open(record)
    first.type(name_vi="Đình Một", text_vi=empty, text_en=empty).save(record)
    answer = second.type(address="Thôn A", text_vi=empty, text_en=empty).save(record)
    page = second.client.get(answer["Location"])
    changed = {name: [row.key for row in page.context[name]] for name in ("conflicts", "own_changes", "other_changes")}
    assert changed == {"conflicts": [], "own_changes": ["address"], "other_changes": ["name_vi"]}
    story = Record._meta.get_field("text_vi")
    assert parts.plain(story, '<p data-block-key="abcde"></p>\n<p data-block-key="f">\xa0<br/></p>') is None
    assert parts.plain(story, '<p data-block-key="abcde">Một chữ</p>') == "<p>Một chữ</p>"


@pytest.mark.parametrize("deed", ["action-publish", "action-submit"])
def test_neither_publishing_nor_submitting_writes_over_another(desk, record, deed):
    editor, office = desk().open(record), desk(Role.DEPARTMENT_EDITOR).open(record)
    editor.type(name_vi="Đình Một").save(record)
    assert "/merge/" in office.type(summary_vi="Của phòng.").save(record, **{deed: "1"})["Location"]
    assert latest(record).name_vi == "Đình Một"
    assert Record.objects.get(pk=record.pk).summary_vi == "Một dòng."


def test_the_first_version_of_a_record_without_any_is_not_lost(desk, commune):
    """Imported records have no revision yet; Wagtail then notices nothing."""
    record = RecordFactory(unit=commune, live=False, name_vi="Đình Nhập")
    first, second = desk().open(record), desk().open(record)
    first.type(name_vi="Đình Một").save(record)
    answer = second.type(summary_vi="Hai.").save(record)
    choose(second, second.client.get(answer["Location"]))
    merged = Record.objects.get(pk=record.pk)
    assert (merged.name_vi, merged.summary_vi) == ("Đình Một", "Hai.")


def test_a_form_sent_back_with_errors_still_knows_what_it_was_opened_with(desk, record):
    first, second = desk().open(record), desk().open(record)
    first.type(name_vi="Đình Một").save(record)
    answer = second.type(name_vi="Đình Hai", latitude="bắc").save(record)
    assert answer.status_code == 200
    assert answer.context["opened_version"] == second.form["opened_version"]


def test_whose_part_has_not_changed_is_not_asked(desk, record):
    """Saving alone, again and again, never leads to a comparison."""
    one = desk().open(record)
    for name in ("Đình Một", "Đình Hai"):
        assert one.type(name_vi=name).autosave(record).status_code == 200
    assert "/edit/" in one.save(record)["Location"]
    assert latest(record).name_vi == "Đình Hai"
