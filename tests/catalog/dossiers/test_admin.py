"""Screens of dossiers: nothing of another unit opens, no form loses what was typed, the law's opinion is waited for."""

import datetime as dt

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Workflow

from heritage.accounts.models import Role, UnitLogEntry
from heritage.catalog.dossiers import exports, publication, services
from heritage.catalog.models import Dossier, DossierExport, DossierFile, DossierItem, DossierLoan, Rank
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.dossiers import dossier_of, pdf_bytes, upload
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_catalog_dossier"
SECRET = "Mật-danh"


@pytest.fixture
def there(db):
    """A dossier of another unit with a file, a loan and an export."""
    dossier = dossier_of(unit=UnitFactory(), name_vi=f"Đình {SECRET}", live=False)
    item = dossier.items.first()
    file = services.add_file(item, upload(f"{SECRET}.pdf", pdf_bytes()))
    due = dt.date(2027, 1, 1)
    loan = services.lend(DossierLoan(dossier=dossier, borrower=SECRET, lent_on=dt.date(2026, 1, 1), due_on=due))
    export = services.order_export(dossier, "bag")
    exports.run_waiting()
    return dossier, item, file, loan, export


def addresses(dossier, item, file, loan, export):
    pk = dossier.pk
    names = ["edit", "history", "inspect", "usage", "unpublish", "lock", "unlock", "delete", "workflow_history"]
    return [
        *(reverse(f"{SPACE}:{name}", args=[pk]) for name in names),
        reverse(f"{SPACE}:add_item", args=[pk]),
        reverse(f"{SPACE}:item", args=[pk, item.pk]),
        reverse(f"{SPACE}:file", args=[pk, file.pk]),
        reverse(f"{SPACE}:set_aside", args=[pk, file.pk]),
        reverse(f"{SPACE}:lend", args=[pk]),
        reverse(f"{SPACE}:return", args=[pk, loan.pk]),
        reverse(f"{SPACE}:order_export", args=[pk]),
        reverse(f"{SPACE}:export", args=[pk, export.pk]),
        reverse(f"{SPACE}:export_file", args=[pk, export.pk]),
    ]


def state_of_all():
    models = (Dossier, DossierItem, DossierFile, DossierLoan, DossierExport, UnitLogEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("role", [Role.COMMUNE_EDITOR, Role.DEPARTMENT_EDITOR])
def test_nothing_of_another_unit_opens_or_changes(client, there, role):
    dossier, *_others = there
    own = UnitFactory(province=dossier.record.unit.province, parent=dossier.record.unit.province)
    client.force_login(UserFactory(role=role, unit=own))
    before = state_of_all()
    data = {"borrower": "x", "due_on": "2027-02-02", "lent_on": "2026-02-02", "title_vi": "x", "reason": "x"}
    for url in addresses(*there):
        for response in (client.get(url), client.post(url, {**data, "kind": "pdf", "action-publish": "1"})):
            assert response.status_code in (302, 403, 404, 405), url
            assert not response.streaming
            assert SECRET not in response.content.decode()
    for name in ("list", "list_results"):
        table = client.get(reverse(f"{SPACE}:{name}"), {"export": "csv"})
        assert SECRET not in (b"".join(table.streaming_content) if table.streaming else table.content).decode()
        assert SECRET not in client.get(reverse(f"{SPACE}:{name}")).content.decode()
    assert state_of_all() == before


def test_ones_own_dossier_does_not_open_anothers_parts(client, there):
    _dossier, item, file, loan, export = there
    mine = dossier_of(unit=UnitFactory(code="77777"))
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=mine.record.unit))
    for url in addresses(mine, item, file, loan, export)[10:]:
        if url.endswith((f"loans/{mine.pk}/", "order/")):
            continue
        assert {client.get(url).status_code, client.post(url, {"reason": "x"}).status_code} <= {404, 405}, url


def test_a_viewer_reads_no_private_file(client, there):
    dossier, _item, file, _loan, export = there
    client.force_login(UserFactory(role=Role.VIEWER, unit=dossier.record.unit))
    for name, args in (("file", [file.pk]), ("export_file", [export.pk]), ("export", [export.pk])):
        assert client.get(reverse(f"{SPACE}:{name}", args=[dossier.pk, *args])).status_code == 302
    assert client.get(reverse(f"{SPACE}:inspect", args=[dossier.pk])).status_code == 200


def test_an_editor_walks_from_record_to_bag(client):
    unit = UnitFactory()
    record, editor = RecordFactory(unit=unit), UserFactory(role=Role.COMMUNE_EDITOR, unit=unit)
    client.force_login(editor)
    page = client.get(reverse("wagtailsnippets_catalog_record:edit", args=[record.pk])).content.decode()
    add = reverse(f"{SPACE}:add") + f"?record={record.pk}"
    assert add in page
    assert record.name_vi in client.get(add).content.decode()
    client.post(reverse(f"{SPACE}:add"), {"record": record.pk, "candidate_rank": "provincial", "checklist": ""})
    dossier = Dossier.objects.get()
    assert dossier.items.count() == 11
    item = dossier.items.get(line__code="history")
    url = reverse(f"{SPACE}:item", args=[dossier.pk, item.pk])
    edit = reverse(f"{SPACE}:edit", args=[dossier.pk])
    for language, title in (("vi", item.title_vi), ("en", item.title_en)):
        assert f". {title}</a>" in client.get(edit, headers={"accept-language": language}).content.decode()
    typed = {"pages": 9, "paper_form": "original", "shelf_mark": "HS-09", "is_checked": "on", "is_public": "on"}
    bad = client.post(url, {**typed, "new_files": [upload("ly-lich", pdf_bytes())]})
    assert bad.status_code == 200
    assert "ly-lich" in bad.content.decode()
    assert 'value="HS-09"' in bad.content.decode()
    item.refresh_from_db()
    assert (item.shelf_mark, item.checked_on) == ("", None)  # all or nothing
    good = client.post(url, {**typed, "new_files": [upload("a.pdf", pdf_bytes()), upload("b.pdf", pdf_bytes(2))]})
    assert good.status_code == 302
    item.refresh_from_db()
    assert (item.checked_by, item.files.count(), item.is_public) == (
        editor,
        2,
        False,
    )  # showing is a publisher's to say
    stored = client.get(reverse(f"{SPACE}:file", args=[dossier.pk, item.files.first().pk]))
    assert b"".join(stored.streaming_content).startswith(b"%PDF")
    assert "no-store" in stored["Cache-Control"]
    ordered = client.post(reverse(f"{SPACE}:order_export", args=[dossier.pk]), {"kind": "bag"})
    exports.run_waiting()
    assert client.get(ordered.url + "?format=json").json() == {"is_open": False, "percent": 100, "done": 3}
    page = client.get(ordered.url).content.decode()
    assert f"{ordered.url}file/" in page
    others = reverse(f"{SPACE}:order_export", args=[dossier.pk])
    assert f'href="{others}">Mọi bản xuất của hồ sơ khoa học này</a>' in page
    assert client.get(f"{ordered.url}file/").headers["Content-Type"] == "application/zip"
    edit = client.get(reverse(f"{SPACE}:edit", args=[dossier.pk])).content.decode()
    assert "Lý lịch di tích" in edit


def test_a_record_of_another_unit_takes_no_dossier(client, there):
    public = RecordFactory(unit=UnitFactory(code="55555"), live=True)
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=UnitFactory(code="66666")))
    response = client.post(reverse(f"{SPACE}:add"), {"record": public.pk, "candidate_rank": "provincial"})
    assert response.status_code == 200
    assert not Dossier.objects.filter(record=public).exists()


@pytest.fixture
def special(db):
    record = RecordFactory(unit=UnitFactory(), live=True)
    DesignationFactory(record=record, rank=Rank.SPECIAL_NATIONAL, decided_on=dt.date(2016, 12, 22))
    dossier = services.open_dossier(record, Rank.PROVINCIAL)
    item = dossier.items.first()
    item.is_public = True
    item.save()
    services.add_file(item, upload("don.pdf", pdf_bytes()))
    return dossier


def posted(dossier, **more):
    return {
        "record": dossier.record_id,
        "candidate_rank": dossier.candidate_rank,
        "checklist": dossier.checklist_id,
        "shelf_mark": "HS-77",
        "internal_note": "",
        **more,
    }


def public_address(dossier):
    file = DossierFile.objects.get(item__dossier=dossier)
    return reverse("dossier_file", args=[dossier.record.number, file.pk])


def test_no_road_publishes_without_the_opinion_that_the_law_asks_for(client, special):
    client.force_login(UserFactory(is_superuser=True))
    url = reverse(f"{SPACE}:edit", args=[special.pk])
    for action in ("publish", "submit"):
        response = client.post(url, posted(special, **{f"action-{action}": "1"}))
        text = response.content.decode()
        assert response.status_code == 200
        assert "308/2025" in text
        assert "HS-77" in text
    special.refresh_from_db()
    assert not special.live
    workflow = Workflow.objects.get(workflow_content_types__content_type__model="dossier")
    special.save_revision()
    state = workflow.start(special, UserFactory())
    task = state.current_task_state
    client.post(reverse(f"{SPACE}:workflow_action", args=[special.pk, "approve", task.pk]), {"comment": ""})
    special.refresh_from_db()
    assert not special.live
    assert client.get(public_address(special)).status_code == 404


def test_with_the_opinion_the_public_reads_what_is_marked_and_nothing_else(client, special):
    editor = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=special.record.unit)
    client.force_login(editor)
    url = reverse(f"{SPACE}:edit", args=[special.pk])
    opinion = {"opinion_number": "12/BVHTTDL-MAU", "opinion_on": "2026-02-03", "action-publish": "1"}
    assert client.post(url, posted(special, **opinion)).status_code == 200  # a refusal by the ministry is no agreement
    response = client.post(url, posted(special, **opinion, opinion_agrees="on"))
    assert response.status_code == 302
    special.refresh_from_db()
    assert special.live
    hidden = special.items.last()
    secret = services.add_file(hidden, upload("rieng.pdf", pdf_bytes(2)))
    client.logout()
    page = client.get(special.record.get_absolute_url()).content.decode()
    shown = DossierFile.objects.get(name="don.pdf")
    answer = client.get(reverse("dossier_file", args=[special.record.number, shown.pk]))
    assert answer.status_code == 200
    assert "don.pdf" in page
    assert "rieng.pdf" not in page
    assert client.get(reverse("dossier_file", args=[special.record.number, secret.pk])).status_code == 404
    Dossier.objects.filter(pk=special.pk).update(opinion_agrees=False)
    assert client.get(reverse("dossier_file", args=[special.record.number, shown.pk])).status_code == 404


def test_the_rule_of_the_opinion_is_dated(special):
    assert publication.opinion_rule(special, dt.date(2026, 1, 14)) is None
    assert publication.opinion_rule(special, dt.date(2026, 1, 15)) is not None


def test_the_form_of_a_record_and_of_a_dossier_ask_as_often_for_200_items(client):
    record = RecordFactory(unit=UnitFactory())
    dossier = services.open_dossier(record, Rank.NATIONAL)
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=record.unit))
    urls = [
        reverse("wagtailsnippets_catalog_record:edit", args=[record.pk]),
        reverse(f"{SPACE}:edit", args=[dossier.pk]),
    ]

    def counts():
        from django.db import connection

        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        return found

    few = counts()
    DossierItem.objects.bulk_create(
        DossierItem(dossier=dossier, title_vi=f"Giấy {n}", sort_order=20 + n) for n in range(189)
    )
    assert counts() == few
