"""Edit, publish, withdraw, rebuild: the index follows the database, and what is withdrawn is gone at once."""

import datetime as dt
import os
import signal

import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, PageViewRestriction

from heritage.catalog import services
from heritage.catalog.models import Record
from heritage.core import outbox
from heritage.core.management.commands import worker
from heritage.core.models import Change
from heritage.home.models import ArticlePage, StandardPage
from heritage.library.models import Chapter, Contributor, Subject
from heritage.maps.models import Place
from heritage.search import engines, indexing, service
from heritage.search.contract import Kind, Query
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.library import EditionFactory, WorkFactory
from tests.search.conftest import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def a_page(title, kind=Page, slug="tin", **values):
    locale = Locale.objects.get(language_code="vi")
    page = kind(title=title, slug=slug, locale=locale, **values)
    Page.objects.filter(depth=2).first().add_child(instance=page)
    page.save_revision().publish()
    return page


def test_an_edit_is_found_when_the_worker_has_run():
    RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    assert found("thử nghiệm") == []
    outbox.drain_all()
    assert found("thu nghiem") == ["XX01"]


def test_the_worker_as_it_runs_brings_an_edit_into_either_engine_at_its_next_look(fresh, monkeypatch):
    """The loop of `manage.py worker` itself: it pauses less than two seconds between looks, and one look is enough."""
    monkeypatch.setattr(engines, "current", lambda: fresh)
    monkeypatch.setattr(worker.periodic, "run_due", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # the test holds a transaction in it
    outbox.drain_all()
    pauses, seen = [], []

    def pausing(seconds):
        pauses.append(seconds)
        if len(pauses) == 1:
            RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
        else:
            seen.extend(found("thu nghiem"))
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(worker.time, "sleep", pausing)
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("worker")
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    assert seen == ["XX01"]
    assert len(pauses) == 2
    assert max(pauses) < 2


def test_what_is_withdrawn_is_gone_before_the_worker_runs():
    record = RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    DesignationFactory(record=record)
    outbox.drain_all()
    assert service.search(Query(text="thử nghiệm")).facets["rank"]
    services.withdraw(record, "Trùng hồ sơ")
    assert Change.objects.filter(consumer="search").exists()
    result = service.search(Query(text="thử nghiệm"))
    assert (result.total, result.hits) == (0, ())
    assert not any(result.facets.values())
    assert service.suggest("thu nghiem") == []
    outbox.drain_all()
    assert found("thử nghiệm") == []


def test_withdrawn_or_made_private_it_is_gone_at_once_from_either_engine(fresh, monkeypatch):
    """No hit, count, facet or suggestion, before any worker has run."""
    monkeypatch.setattr(engines, "current", lambda: fresh)
    kept, record = (RecordFactory(number=number, name_vi="Đình Kín Đáo") for number in ("XX01", "XX02"))
    page = a_page("Trang Kín Đáo")
    indexing.rebuild(fresh)
    Change.objects.all().delete()

    def seen():
        result = service.search(Query(text="kin dao", facets=("kind",)))
        counts = {one.value: one.count for one in result.facets["kind"] if not one.depth}
        return result.total, counts, len(service.suggest("kin d")), sorted(hit.title.text for hit in result.hits)

    assert seen() == (3, {"record": 2, "page": 1}, 3, ["Trang Kín Đáo", "Đình Kín Đáo", "Đình Kín Đáo"])
    services.withdraw(record, "Trùng hồ sơ")
    assert seen() == (2, {"record": 1, "page": 1}, 2, ["Trang Kín Đáo", "Đình Kín Đáo"])
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert seen() == (1, {"record": 1}, 1, ["Đình Kín Đáo"])
    outbox.drain_all()
    assert seen() == (1, {"record": 1}, 1, ["Đình Kín Đáo"])
    assert dict(fresh.contents()).keys() == {f"catalog.record:{kept.pk}"}


def test_what_is_restored_is_found_again():
    record = RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    services.withdraw(record, "Nhầm")
    services.restore(Record.objects.get(pk=record.pk))
    Record.objects.filter(pk=record.pk).update(live=True)
    outbox.changed(record)
    outbox.drain_all()
    assert found("thử nghiệm") == ["XX01"]


def test_a_deleted_row_leaves_the_index():
    record = RecordFactory(name_vi="Đình Thử Nghiệm")
    outbox.drain_all()
    record.delete()
    assert found("thử nghiệm") == []
    outbox.drain_all()
    assert engines.current().state().documents == 0


def test_drafts_are_never_found():
    RecordFactory(name_vi="Đình Bản Nháp", live=False)
    outbox.drain_all()
    assert found("bản nháp") == []


def test_a_record_is_found_by_decision_place_names_and_rank(make_unit_chain):
    commune = make_unit_chain("Tỉnh Thái Nguyên", "Xã Phú Đình")
    record = RecordFactory(
        number="XX02", unit=commune, commune_printed="Xã Điềm Mặc", district_printed="Huyện Định Hóa"
    )
    DesignationFactory(record=record, decision_number="548/QĐ-TTg")
    outbox.drain_all()
    for text in ("548 QD TTg", "huyện Định Hóa", "xã Điềm Mặc", "xa phu dinh", "di tích cấp quốc gia"):
        assert found(text) == ["XX02"], text
    (hit,) = service.search(Query(text="định hóa")).hits
    assert hit.facets["unit"] == ("Tỉnh Thái Nguyên/Huyện Định Hóa/Xã Phú Đình",)


@pytest.fixture
def make_unit_chain():
    from heritage.places.models import Unit

    def make(province, commune):
        above = Unit.objects.create(code="19", level="province", name=province)
        return Unit.objects.create(code="05602", level="commune", name=commune, parent=above, province=above)

    return make


def test_places_and_works_are_found_beside_records():
    from heritage.library.models import Work

    Place.objects.create(number="DD-000001", kind="lodging", name_vi="Nhà nghỉ Chùa Keo", live=True)
    work = Work.objects.create(number="TL-000001", title_vi="Chuyện kể Chùa Keo", live=True)
    outbox.changed(work)
    outbox.changed(Place.objects.get())
    outbox.drain_all()
    result = service.search(Query(text="chua keo"))
    assert {hit.kind for hit in result.hits} == {Kind.PLACE, Kind.WORK}
    assert {count.value: count.count for count in result.facets["kind"]} == {"place": 1, "work": 1}


def test_a_work_is_found_by_author_contents_and_isbn_and_help_by_its_text():
    edition = EditionFactory(work=WorkFactory(number="TL-000002", title_vi="Khảo cổ vùng cao"), isbn="9786041234563")
    Contributor.objects.create(work=edition.work, name="Nguyễn Văn Cửa", sort_order=1)
    Chapter.objects.create(edition=edition, sort_order=1, title="Mái đá Ngườm qua các mùa khai quật")
    outbox.changed(edition.work)
    a_page("Trợ giúp", StandardPage, "tro-giup", lead="Cách mượn sách nói bằng thẻ bạn đọc.")
    outbox.drain_all()
    for text in ("nguyen van cua", "mùa khai quật", "9786041234563", "978-604-1-23456-3"):
        assert found(text) == ["TL-000002"], text
    (hit,) = service.search(Query(text="muon sach noi")).hits
    assert (hit.kind, hit.title.text) == (Kind.PAGE, "Trợ giúp")


def test_subjects_open_level_by_level_on_the_page(client):
    history = Subject.objects.create(slug="lich-su", label_vi="Lịch sử")
    local = Subject.objects.create(slug="lich-su-tinh", label_vi="Lịch sử tỉnh", broader=history)
    for number, subject in enumerate((history, local, local)):
        work = WorkFactory(title_vi=f"Sách hiếm {number}")
        work.subjects.add(subject)
        work.save()
    indexing.rebuild()

    def counted(**chosen):
        query = Query(text="sach hiem", facets=("subject",), filters={"subject": tuple(chosen.values())})
        result = service.search(query)
        return result.total, [(one.value, one.count, one.depth) for one in result.facets["subject"]]

    assert counted() == (3, [("lich-su", 3, 0)])
    opened = [("lich-su", 3, 0), ("lich-su/lich-su-tinh", 2, 1)]
    assert counted(top="lich-su") == (3, opened)
    assert counted(below="lich-su/lich-su-tinh") == (2, opened)
    page = client.get("/vi/tim-kiem/", {"q": "sach hiem", "subject": "lich-su"}).content.decode()
    assert "Lịch sử tỉnh" in page
    assert "subject=lich-su%2Flich-su-tinh" in page or "subject=lich-su/lich-su-tinh" in page


def test_pages_are_found_in_their_own_language_and_private_ones_not():
    Locale.objects.get_or_create(language_code="en")
    page = a_page("Tin khai hội thử")
    outbox.drain_all()
    assert len(service.search(Query(text="khai hội thử")).hits) == 1
    assert len(service.search(Query(text="khai hội thử", language="en")).hits) == 0
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert service.search(Query(text="khai hội thử")).total == 0
    outbox.drain_all()
    assert service.search(Query(text="khai hội thử")).total == 0


def test_of_pages_that_say_the_same_the_newest_stands_first():
    for year in (2019, 2026, 2023):
        day = dt.date(year, 3, 1)
        a_page("Khai hội chùa thử", ArticlePage, f"khai-hoi-{year}", published_on=day, summary=f"Năm {year}.")
    outbox.drain_all()
    listed = service.search(Query(text="khai hoi chua thu")).hits
    assert [hit.url.rpartition("-")[2] for hit in listed] == ["2026/", "2023/", "2019/"]


def test_a_festival_soon_to_come_and_news_of_this_week_stand_before_their_like(monkeypatch):
    today = dt.date(2026, 2, 20)
    monkeypatch.setattr(service.timezone, "localdate", lambda: today)
    for number, (month, day) in {"XX01": (8, 15), "XX02": (1, 13), "XX03": (3, 10)}.items():
        record = RecordFactory(number=number, name_vi="Lễ hội Thử Nghiệm", kind="ich")
        record.lunar_rules.create(month=month, day=day)
        record.save()
    day = today - dt.timedelta(days=3)
    a_page("Thử nghiệm mở hội", ArticlePage, "cu", published_on=dt.date(2026, 1, 2), summary="Cũ.")
    a_page("Thử nghiệm mở hội", ArticlePage, "moi", published_on=day, summary="Mới.")
    outbox.drain_all()
    assert found("le hoi thu nghiem")[:3] == ["XX02", "XX03", "XX01"]  # 1 March, 26 April, 25 September
    pages = [hit.url for hit in service.search(Query(text="thu nghiem mo hoi")).hits if hit.kind is Kind.PAGE]
    assert pages[0].endswith("/moi/")


def test_a_slip_in_the_box_still_suggests():
    RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    outbox.drain_all()
    assert [one.number for one in service.suggest("dinh thu ngiehm")] == []
    assert [one.number for one in service.suggest("dihn th")] == ["XX01"]
