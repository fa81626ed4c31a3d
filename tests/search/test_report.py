"""Search in the admin: who may see it, what it shows, and who keeps synonyms and promoted results."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from heritage.accounts.groups import group_of, synchronise
from heritage.accounts.roles import Role
from heritage.core.models import Change
from heritage.search import indexing, tallies
from heritage.search.models import PromotedResult, SynonymGroup
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db
REPORT = "/admin/search-report/"


@pytest.fixture(autouse=True)
def nothing_asked_yet(index_folder):
    tallies._asked.clear()
    tallies._empty.clear()


def permissions_of(role):
    return set(Permission.objects.filter(group=group_of(role)).values_list("codename", flat=True))


def test_department_editors_and_librarians_keep_synonyms_others_do_not():
    synchronise()
    wanted = {f"{action}_synonymgroup" for action in ("view", "add", "change", "delete")}
    for role in (Role.DEPARTMENT_EDITOR, Role.LIBRARIAN):
        assert wanted <= permissions_of(role)
        assert "change_promotedresult" in permissions_of(role)
    for role in (Role.VIEWER, Role.COMMUNE_EDITOR, Role.REVIEWER, Role.MUSEUM_EDITOR, Role.TOURISM_OFFICER):
        assert not wanted & permissions_of(role)


@pytest.mark.parametrize(("role", "status"), [(Role.DEPARTMENT_EDITOR, 200), (Role.VIEWER, 302), (None, 302)])
def test_the_report_is_for_those_who_keep_what_search_goes_by(client, role, status):
    synchronise()
    client.force_login(UserFactory(role=role))
    assert client.get(REPORT).status_code == status
    assert client.post(f"{REPORT}rebuild/").status_code == 302
    assert not Change.objects.filter(model=indexing.WHOLE_INDEX).exists()


def test_it_explains_counts_and_has_the_index_built(client):
    RecordFactory(number="XX01", name_vi="Đình Thử")
    indexing.rebuild()
    for _time in range(3):
        client.get("/vi/tim-kiem/", {"q": "đình <b>lạ</b>"})
        client.get("/vi/tim-kiem/", {"q": "đình thử"})
        client.get("/vi/tim-kiem/", {"q": "đình thử", "page": 2})
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    body = client.get(REPORT, {"q": "dinh thu"}).content.decode()
    assert "XX01" in body
    assert "“dinh”" in body
    assert "đình &lt;b&gt;lạ&lt;/b&gt;" in body
    assert body.count("<td>3</td>") >= 2
    client.post(f"{REPORT}rebuild/")
    assert Change.objects.filter(model=indexing.WHOLE_INDEX).exists()


def test_without_an_index_the_report_stands(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(REPORT, {"q": "dinh"}).status_code == 200


def test_a_promoted_result_names_what_exists(client):
    with pytest.raises(ValidationError, match="NOSUCH"):
        PromotedResult(sayings="chùa", number="NOSUCH").full_clean()
    with pytest.raises(ValidationError):
        PromotedResult(sayings=" ", number="NOSUCH").full_clean()
    with pytest.raises(ValidationError):
        SynonymGroup(sayings="chỉ một").full_clean()
