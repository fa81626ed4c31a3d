"""Many records at once: seen before, rights asked for each, told after, kept in the history, undone as a whole."""

import json
import re
from dataclasses import replace

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import Revision

from heritage.accounts.models import Role, UnitRole
from heritage.catalog import services
from heritage.catalog.batches import ACTIONS, jobs
from heritage.catalog.models import Batch, Designation, Kind, Record, RecordTag, Term
from heritage.catalog.publication import publish_many
from heritage.core import identifiers, outbox
from heritage.core.models import Change
from heritage.reports import tallies
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune(db):
    return UnitFactory()


@pytest.fixture
def office(client, commune):
    client.force_login(UserFactory(username="so", role=Role.DEPARTMENT_EDITOR, unit=commune.province))
    return client


def address(name: str, records, **more) -> str:
    query = "&".join([f"id={getattr(each, 'pk', each)}" for each in records] + [f"{k}={v}" for k, v in more.items()])
    return f"/admin/bulk/catalog/record/{name}/?{query}"


def done(client, name, records, **values):
    """The page of a batch that was previewed and confirmed."""
    preview = client.post(address(name, records), values)
    assert "confirmed" in preview.content.decode(), preview.context["form"].errors
    return client.post(address(name, records), {**values, "confirmed": "1"}, follow=True).context


def outcomes(batch) -> dict[int, str]:
    return dict(batch.rows.values_list("record", "outcome"))


def undone(client, batch):
    page = client.post(reverse("register_batch_undo", args=[batch.pk]), follow=True)
    return page.context["job"]


def test_fields_are_changed_in_what_is_public_in_drafts_and_brought_back(office, commune):
    tower = Term.objects.create(code="thap-cham", name_vi="Tháp Chăm")
    public, draft, waiting, has_it = (RecordFactory(unit=commune, live=live) for live in (True, False, True, False))
    services.publish(waiting)
    waiting.refresh_from_db()
    waiting.name_vi = "Tên trong bản nháp"
    waiting.save_revision()
    has_it.terms.set([tower])
    has_it.licence_vi = "cc_by"
    has_it.save()
    records = [public, draft, waiting, has_it]
    values = {"add_terms": tower.pk, "licence_vi": "cc_by", "add_tags": "Thủy lợi", "reason": "Rà soát năm nay"}
    nothing = office.post(address("edit", records), {"reason": "x"})
    assert nothing.context["form"].non_field_errors()[0] in nothing.content.decode()
    unsaid = values | {"add_tags": "", "reason": " "}
    assert "reason" in office.post(address("edit", records), unsaid).context["form"].errors
    assert office.post(address("edit", [draft, has_it]), unsaid).context["is_preview"]  # nothing of it is public
    preview = office.post(address("edit", records), values | {"add_tags": ""}).context
    assert [row["stays"] for row in preview["rows"]] == [False, False, False, True]
    assert "Tháp Chăm" in preview["rows"][0]["then"]
    assert not Record.objects.filter(pk=public.pk, licence_vi="cc_by").exists()

    batch = done(office, "edit", records, **values)["job"]
    assert set(outcomes(batch).values()) == {"updated"}
    for record in Record.objects.filter(pk__in=[public.pk, draft.pk]):
        assert (record.licence_vi, list(record.terms.all()), list(record.tags.names())) == (
            "cc_by", [tower], ["Thủy lợi"],
        )  # fmt: skip
    waiting = Record.objects.get(pk=waiting.pk)
    assert (waiting.licence_vi, waiting.name_vi) == ("", f"Đình mẫu {waiting.name_vi.split()[-1]}")
    assert waiting.get_latest_revision_as_object().licence_vi == "cc_by"
    assert waiting.get_latest_revision_as_object().name_vi == "Tên trong bản nháp"
    told = registry.get_logs_for_instance(public)
    assert told.filter(action="wagtail.edit").first().data["reason"] == "Rà soát năm nay"
    assert told.filter(action="accounts.batch").first().data["batch"] == batch.pk

    services.amend(Record.objects.get(pk=draft.pk), lambda one: setattr(one, "licence_vi", "cc0"), may_publish=True)
    back = undone(office, batch)
    assert outcomes(back) == {
        public.pk: "updated", waiting.pk: "updated", has_it.pk: "updated", draft.pk: "refused",
    }  # fmt: skip
    public = Record.objects.get(pk=public.pk)
    assert (public.licence_vi, public.terms.count(), public.tags.count(), public.live) == ("", 0, 0, True)
    assert Record.objects.get(pk=draft.pk).licence_vi == "cc0"
    assert list(Record.objects.get(pk=has_it.pk).terms.all()) == [tower]
    assert office.post(reverse("register_batch_undo", args=[batch.pk])).status_code in (302, 403)
    assert Batch.objects.filter(undo_of=batch).count() == 1
    assert RecordTag.objects.filter(name="Thủy lợi").count() == 1


def test_rights_are_asked_for_each_record_and_again_when_its_turn_comes(client, office, commune):
    elsewhere = RecordFactory(unit=UnitFactory(province=ProvinceFactory(code="46")), live=False)
    mine = RecordFactory(unit=commune, live=False)
    editor = UserFactory(username="xa", role=Role.COMMUNE_EDITOR, unit=commune)
    client.force_login(editor)
    preview = client.post(address("edit", [mine, elsewhere]), {"kind": Kind.ICH}).context
    assert (preview["count"], preview["others"]) == (1, [])  # what lies elsewhere is not even named
    assert not client.post(address("edit", [mine]), {"unit": elsewhere.unit_id}).context["is_preview"]
    assert client.post(address("publish", [mine]), {"confirmed": "1"}).context["count"] == 0
    public = RecordFactory(unit=commune)
    done(client, "edit", [public], kind=Kind.ICH, reason="Nhầm loại")
    public.refresh_from_db()
    assert (public.kind, public.has_unpublished_changes) == (Kind.MONUMENT, True)  # waits for who may publish
    batch = Batch.objects.create(
        action="edit", user=editor, total=2,
        order={"keys": [mine.pk, elsewhere.pk], "values": {"kind": "ich"}, "language": "vi"},
    )  # fmt: skip
    UnitRole.objects.filter(user=editor).delete()
    jobs.run_waiting()
    assert set(outcomes(batch).values()) == {"refused"}
    office.force_login(UserFactory(username="khac", role=Role.DEPARTMENT_EDITOR, unit=commune.province))
    assert office.get(reverse("register_batch", args=[batch.pk])).status_code == 404


def test_all_that_the_filter_shows_is_published_by_the_worker_through_a_break(office, commune, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    monkeypatch.setitem(ACTIONS, "publish", replace(ACTIONS["publish"], step=2))
    chosen = [RecordFactory(unit=commune, live=False, kind=Kind.ICH) for _n in range(5)]
    other = RecordFactory(unit=commune, live=False)
    listed = reverse("wagtailsnippets_catalog_record:list")
    url = address("publish", ["all"], next=f"{listed}%3Fkind%3Dich")
    assert office.post(url).context["count"] == 5
    batch = office.post(url, {"confirmed": "1"}, follow=True).context["job"]
    assert (batch.state, batch.total, batch.order["keys"]) == ("waiting", 5, [each.pk for each in chosen])
    state = reverse("register_batch", args=[batch.pk]) + "?format=json"
    assert office.get(state).json() == {"is_open": True, "percent": 0, "done": 0}
    steps = []
    plain = Batch.keep_progress

    def killed(self):
        plain(self)
        steps.append(self.done)
        if len(steps) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Batch, "keep_progress", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.run_waiting()
    Batch.objects.update(state="waiting")  # as a worker does with what a killed one left
    monkeypatch.setattr(Batch, "keep_progress", plain)
    jobs.run_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.rows.count()) == ("done", 5, 5)
    assert Record.objects.filter(pk__in=[each.pk for each in chosen], live=True).count() == 5
    assert not Record.objects.get(pk=other.pk).live
    published = registry.get_logs_for_instance(chosen[0]).filter(action="wagtail.publish")
    assert (published.count(), published.first().data["batch"]) == (1, batch.pk)


def test_published_at_once_is_published_as_one_by_one(commune, django_assert_max_num_queries):
    term = Term.objects.create(code="dinh", name_vi="Đình")
    pairs = []
    for number in range(2):
        record = RecordFactory(unit=commune, live=False, name_vi=f"Đình đôi {number}")
        DesignationFactory(record=record)
        record.terms.set([term])
        record.save()
        pairs.append(Record.objects.get(pk=record.pk))
    alone, together = pairs
    services.publish(alone)
    outbox.drain_all()
    assert publish_many([together]) == {}
    alone, together = (Record.objects.get(pk=each.pk) for each in pairs)
    own = {"pk", "number", "name_vi", "name_en", "designations", "created_at", "modified_at", "folded", "sort_vi"}
    own |= {"sort_en", "live", "latest_revision"}

    def told(record):
        content = json.loads(json.dumps(record.live_revision.content, cls=DjangoJSONEncoder))
        return {name: value for name, value in content.items() if name not in own}

    assert told(alone) == told(together)
    assert len(together.live_revision.content["designations"]) == 1
    for name in ("live", "has_unpublished_changes", "expired"):
        assert getattr(alone, name) == getattr(together, name)
    assert together.live_revision_id == together.latest_revision_id
    assert together.first_published_at
    assert together.designations.count() == 1
    assert Change.objects.filter(model="catalog.record", object_id=together.pk, consumer="reports").exists()
    assert registry.get_logs_for_instance(together).get().action == "wagtail.publish"
    drafts = [RecordFactory(unit=commune, live=False) for _n in range(12)]
    with django_assert_max_num_queries(40 + 6 * 12):
        assert publish_many(drafts) == {}
    outbox.drain_all()
    assert tallies.recount() == 0


def test_a_draft_that_cannot_stand_is_withdrawn_or_locked_stays_with_the_reason(office, commune):
    bad, gone, locked, changed = (RecordFactory(unit=commune, live=False) for _n in range(4))
    Record.objects.filter(pk=bad.pk).update(latitude=120.0, longitude=105.0)
    services.withdraw(gone, "Ghi trùng.")
    locked.locked, locked.locked_by = True, UserFactory(username="khac", role=Role.DEPARTMENT_EDITOR)
    locked.save()
    changed.name_vi = "Tên mới"
    changed.save_revision()  # the row still has the old one
    batch = done(office, "publish", [bad, gone, locked, changed])["job"]
    assert outcomes(batch) == {
        bad.pk: "refused", gone.pk: "refused", locked.pk: "refused", changed.pk: "updated",
    }  # fmt: skip
    assert all(row.reason for row in batch.rows.filter(outcome="refused"))
    assert Record.objects.get(pk=changed.pk).name_vi == "Tên mới"
    assert identifiers.of(gone).state == "withdrawn"


def test_a_change_of_what_is_public_is_not_published_among_others_without_a_reason(office, commune):
    said, unsaid, new = (RecordFactory(unit=commune, live=live) for live in (True, True, False))
    for record, why in ((said, "Theo quyết định mới"), (unsaid, "")):
        services.publish(record)
        record = Record.objects.get(pk=record.pk)
        services.amend(record, lambda one: setattr(one, "licence_vi", "cc0"), may_publish=False, reason=why)
    batch = done(office, "publish", [said, unsaid, new])["job"]
    assert outcomes(batch) == {said.pk: "updated", unsaid.pk: "refused", new.pk: "updated"}
    assert "ghi lý do" in batch.rows.get(record=unsaid.pk).reason
    assert Record.objects.get(pk=unsaid.pk).has_unpublished_changes


def test_publication_and_withdrawal_are_brought_back(office, commune):
    draft, public, edited = (RecordFactory(unit=commune, live=live) for live in (False, True, True))
    name = edited.name_vi
    new_name = {"change": lambda one: setattr(one, "name_vi", "Bản nháp chưa duyệt"), "reason": "Tên mới"}
    services.amend(edited, **new_name, may_publish=False)
    batch = done(office, "publish", [draft, public, edited])["job"]
    assert outcomes(batch) == {draft.pk: "updated", public.pk: "unchanged", edited.pk: "updated"}
    for record in (draft, edited):  # each, though one request published both
        history = office.get(reverse("wagtailsnippets_catalog_record:history", args=[record.pk]))
        assert "wagtail.publish" in {entry.action for entry in history.context["object_list"]}
    undone(office, batch)
    assert not Record.objects.get(pk=draft.pk).live
    edited = Record.objects.get(pk=edited.pk)
    assert (edited.name_vi, edited.live, edited.has_unpublished_changes) == (name, True, True)
    assert edited.get_latest_revision_as_object().name_vi == "Bản nháp chưa duyệt"

    batch = done(office, "unpublish", [draft, public, edited])["job"]
    assert outcomes(batch) == {draft.pk: "unchanged", public.pk: "updated", edited.pk: "updated"}
    assert not Record.objects.filter(live=True).exists()
    undone(office, batch)
    assert Record.objects.get(pk=edited.pk).name_vi == name
    assert Record.objects.filter(live=True).count() == 2

    batch = done(office, "withdraw", [draft, public], reason_vi="Nhập nhầm")["job"]
    assert client_status(office, public) == 410
    undone(office, batch)
    assert client_status(office, public) == 200
    assert not Record.objects.get(pk=draft.pk).live
    assert identifiers.of(draft).state == "active"
    assert Designation.objects.count() == 0
    assert Revision.objects.for_instance(public).exists()


def client_status(client, record) -> int:
    return client.get(record.get_absolute_url()).status_code


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.VIEWER, {"labels"}),
        (Role.COMMUNE_EDITOR, {"labels", "edit"}),
        (Role.DEPARTMENT_EDITOR, {"labels", "edit", "publish", "unpublish", "withdraw"}),
    ],
)
def test_the_bar_offers_what_the_role_allows(client, commune, role, offered):
    RecordFactory(unit=commune)
    client.force_login(UserFactory(role=role, unit=commune.province if role == Role.DEPARTMENT_EDITOR else commune))
    page = client.get(reverse("wagtailsnippets_catalog_record:list")).content.decode()
    assert set(re.findall(r"/admin/bulk/catalog/record/([a-z-]+)/", page)) == offered
