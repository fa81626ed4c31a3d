"""Every address of the admin for records, every role: nothing of another unit leaks, nothing of it changes."""

from collections.abc import Iterable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState

from heritage.accounts.models import Role, UnitLogEntry
from heritage.catalog.models import EditHold, Record, RecordObject
from heritage.core.models import Identifier
from tests.catalog.admin.addresses import Address, lists, of_record
from tests.catalog.admin.conftest import SECRET
from tests.factories.accounts import UserFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db

READS = {"inspect", "request_change"}
MAKES = {"duplicate"}
EDITS = READS | {
    "edit",
    "history",
    "history_results",
    "revisions_view",
    "revisions_revert",
    "revisions_compare",
    "scans",
    "scan",
    "condition",
    "preview_on_edit",
    "usage",
    "version",
    "comments",
    "workflow_history",
    "workflow_history_detail",
}
REVIEWS = EDITS | {"workflow_preview"}
PUBLISHES = REVIEWS | MAKES | {"revisions_unschedule", "unpublish", "withdraw", "unite", "split"}
OPENS = {
    Role.VIEWER: READS,
    Role.COMMUNE_EDITOR: EDITS | MAKES,
    Role.MUSEUM_EDITOR: EDITS | MAKES,
    Role.REVIEWER: REVIEWS,
    Role.DEPARTMENT_EDITOR: PUBLISHES,
    Role.LIBRARIAN: READS,
    Role.TOURISM_OFFICER: READS,
    Role.ADMINISTRATOR: PUBLISHES,
}
"""Screens that a role opens (200 to a GET) for a record of the own unit; all others are refused."""


def everything(*records: Record) -> list[object]:
    """All that could change of `records`: rows, revisions, moderation, identifiers, history."""
    keys = [record.pk for record in records]
    texts = [str(key) for key in keys]
    return [
        list(Record.objects.filter(pk__in=keys).order_by("pk").values()),
        list(
            Revision.objects.filter(object_id__in=texts).order_by("pk").values("pk", "content", "approved_go_live_at")
        ),
        list(WorkflowState.objects.filter(object_id__in=texts).order_by("pk").values("pk", "status")),
        list(TaskState.objects.filter(revision__object_id__in=texts).order_by("pk").values("pk", "status", "comment")),
        list(Identifier.objects.filter(object_id__in=keys).order_by("pk").values("pk", "state", "reason_vi")),
        UnitLogEntry.objects.filter(object_id__in=texts).count() + ModelLogEntry.objects.count(),
        list(EditHold.objects.filter(object_id__in=keys).values("object_id", "user")),
        list(RecordObject.objects.filter(record__in=keys).order_by("pk").values()),
    ]


def body(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def by_url(addresses: Iterable[Address]) -> dict[str, list[Address]]:
    """Several deeds are sent to one address; it is opened once."""
    found: dict[str, list[Address]] = {}
    for address in addresses:
        found.setdefault(address.url, []).append(address)
    return found


def visited(
    client: Client, addresses: Iterable[Address]
) -> Iterator[tuple[Address, HttpResponse | None, HttpResponse]]:
    """Each deed with the answer to it, and with that to opening its address where that was not opened before."""
    for url, deeds in by_url(addresses).items():
        get = client.get(url)
        for address in deeds:
            yield address, get, client.post(url, address.data)
            get = None


NO_SCREENS = ("bulk:", "collect_", "workflow_action")
TYPICAL = {Role.COMMUNE_EDITOR, Role.DEPARTMENT_EDITOR}
"""Who works in one unit, and who in all below one: the other roles ask a database the same questions."""


def roles(*without: Role) -> list[object]:
    """Every role, those of the matrix's quick part and of a second database unmarked."""
    rare = (pytest.mark.slow, pytest.mark.any_database)
    return [role if role in TYPICAL else pytest.param(role, marks=rare) for role in Role if role not in without]


@pytest.mark.parametrize("role", roles())
def test_nothing_of_another_unit_leaks_or_changes(client, here, there, role):
    client.force_login(UserFactory(role=role, unit=here.unit))
    for record in (there.public, there.draft, there.waiting):
        nothing_is_had_of(record, f"{SECRET} Bên Kia", client)
    records = [there.public, there.draft, there.waiting]
    before = everything(*records)
    for address in lists():
        for response in (client.get(address.url), client.post(address.url, address.data)):
            assert f"{SECRET} Bên Kia" not in body(response), f"{address.name} leaks to {role}"
    assert everything(*records) == before


def nothing_is_had_of(record: Record, secret: str, client: Client) -> None:
    """No address of `record` shows `secret` or opens to who is logged in, and nothing of it changes by any of them."""
    addresses, taken = list(of_record(record)), []
    before = everything(record)
    for address, get, post in visited(client, addresses):
        for response in filter(None, (get, post)):
            assert secret not in body(response), f"{address.name} leaks"
            opened = response.status_code == 200 and address.name not in ("chosen", "chosen_multiple")
            assert not opened or address.name.startswith("bulk:"), f"{address.name} opens"
        if post.status_code not in (403, 404):
            taken.append(address.name)
    assert everything(record) == before, f"a record of another is changed by one of {taken}"


@pytest.mark.slow
@pytest.mark.parametrize("role", roles())
def test_a_role_opens_its_screens_and_no_other(client, here, role):
    """And to open them changes nothing."""
    client.force_login(UserFactory(role=role, unit=here.unit))
    records = [here.draft, here.waiting, here.public]
    live = dict(Record.objects.values_list("pk", "live"))
    opened = set()
    for record in records:
        for url, addresses in by_url(of_record(record)).items():
            if client.get(url).status_code == 200:
                opened |= {address.name for address in addresses}
    opened = {name.partition(":")[0] for name in opened if not name.startswith(NO_SCREENS)}
    assert opened - {"confirm_workflow_cancellation", "chosen", "chosen_multiple"} == OPENS[role]
    assert dict(Record.objects.values_list("pk", "live")) == live


@pytest.mark.slow
@pytest.mark.parametrize("role", roles(*(role for role in Role if "unpublish" in OPENS[role])))
def test_nobody_else_makes_a_draft_public_by_any_road(client, here, role):
    """What a screen sends; that to open it does nothing is told by the test of screens."""
    user = UserFactory(role=role, unit=here.unit)
    client.force_login(user)
    public = Record.objects.get(pk=here.public.pk).name_vi
    for record in (here.draft, here.waiting, here.public):
        for address in of_record(record):
            client.post(address.url, address.data)
            live = dict(Record.objects.values_list("pk", "live"))  # a duplicate is one more, and a draft
            assert {pk for pk, is_live in live.items() if is_live} == {here.public.pk}, address.name
            assert {here.draft.pk, here.waiting.pk} <= live.keys(), address.name
            assert Record.objects.get(pk=here.public.pk).name_vi == public, address.name


@pytest.mark.slow
def test_nothing_of_another_kind_leaks_or_changes(client, here):
    """A role for festivals in the very unit: monuments stay closed at every address."""
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here.unit, kinds=["festival"]))
    nothing_is_had_of(here.draft, f"{SECRET} Bên Này", client)
    for address in lists():
        assert f"{SECRET} Bên Này" not in body(client.get(address.url)), address.name


def test_nothing_is_deleted_by_anybody(client, here):
    keys = set(Record.objects.values_list("pk", flat=True))
    users = [UserFactory(role=role, unit=here.unit) for role in Role]
    for user in [*users, UserFactory(is_superuser=True)]:
        client.force_login(user)
        for record in (here.public, here.draft):
            for address in of_record(record):
                if "delete" in address.name:
                    assert client.post(address.url, address.data).status_code in (302, 403, 404)
    assert set(Record.objects.values_list("pk", flat=True)) == keys


def test_ones_own_record_does_not_open_anothers_task(client, here, there):
    """The address names a record and a task state; Wagtail does not ask whether they belong together."""
    reviewer = UserFactory(role=Role.REVIEWER, unit=here.unit)
    client.force_login(reviewer)
    own = {address.name: address.url for address in of_record(here.waiting)}
    state = TaskState.objects.get(revision__object_id=str(there.waiting.pk))
    mine = TaskState.objects.get(revision__object_id=str(here.waiting.pk))
    for action in ("approve", "reject"):
        url = own[f"workflow_action:{action}"].replace(f"/{mine.pk}/", f"/{state.pk}/")
        assert client.post(url, {"comment": "x"}).status_code == 404
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS


def test_no_role_no_admin(client, here):
    client.force_login(UserFactory())
    for address in [*of_record(here.public), *lists()]:
        response = client.get(address.url)
        assert response.status_code in (302, 403, 404), address.name
        assert SECRET not in body(response)


def test_a_role_elsewhere_is_no_role_here(client, here):
    other = UnitFactory(province=ProvinceFactory(code="52", name="Tỉnh Gia Lai"))
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=other.province))
    for address in lists():
        assert SECRET not in body(client.get(address.url)), address.name


def test_the_province_sees_all_its_communes(client, here, there):
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here.unit.province))
    listed = body(client.get(next(lists()).url))
    assert f"{SECRET} Bên Kia nháp" in listed
    assert f"{SECRET} Bên Này nháp" in listed
    assert get_user_model().objects.count() == 3
