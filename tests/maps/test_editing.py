"""Places and works are edited by one person at a time, and two who saved all the same see both versions."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import EditingSession

from heritage.accounts.models import Role
from tests.catalog.moderation.forms import sent
from tests.factories.accounts import UserFactory
from tests.factories.library import WorkFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "role", "name", "other"),
    [
        (PlaceFactory, Role.TOURISM_OFFICER, "name_vi", "address"),
        (WorkFactory, Role.LIBRARIAN, "title_vi", "series"),
    ],
)
def test_two_editors_see_who_holds_it_and_merge_what_both_saved(factory, role, name, other):
    row = factory()
    namespace = f"wagtailsnippets_{row._meta.app_label}_{row._meta.model_name}"
    way = reverse(f"{namespace}:edit", args=[row.pk])
    first, second = Client(), Client()
    for window in (first, second):
        window.force_login(UserFactory(role=role))
    ours, theirs = sent(first.get(way)), second.get(way)
    assert theirs.context["locked_for_user"]
    assert reverse(f"{namespace}:take_over", args=[row.pk]) in theirs.content.decode()
    EditingSession.objects.all().delete()  # the first closed the page, with what was typed still in it
    theirs = sent(second.get(way))
    second.post(way, theirs | {name: "Tên Một"})
    EditingSession.objects.all().delete()
    answer = first.post(way, ours | {name: "Tên Hai", other: "Thôn A"})
    assert "/merge/" in answer["Location"]
    page = first.get(answer["Location"])
    assert [each.key for each in page.context["conflicts"]] == [name]
    first.post(answer["Location"], {"seen": page.context["seen"], f"choice:{name}": "mine"})
    merged = type(row).objects.get(pk=row.pk).get_latest_revision_as_object()
    assert (getattr(merged, name), getattr(merged, other)) == ("Tên Hai", "Thôn A")
