"""What staff declare to mean the same is found either way, at once."""

import pytest
from django.core.exceptions import ValidationError

from heritage.core import outbox
from heritage.search import service
from heritage.search.contract import Query
from heritage.search.models import SynonymGroup
from tests.factories.catalog import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def found(text):
    return [hit.number for hit in service.search(Query(text=text)).hits]


def test_a_group_widens_either_saying_until_it_is_switched_off():
    RecordFactory(number="XX01", name_vi="Lăng Ông Thượng")
    RecordFactory(number="XX02", name_vi="Miếu Nghinh Ông")
    outbox.drain_all()
    assert found("đền cá voi") == []
    group = SynonymGroup.objects.create(sayings="cá voi\nNghinh Ông\nông Nam Hải")
    assert found("cá voi") == ["XX02"]
    assert found("ca voi") == ["XX02"]
    assert found("ông nam hải") == ["XX02"]
    group.is_active = False
    group.save()
    assert found("cá voi") == []


@pytest.mark.parametrize("sayings", ["", "một", "đình\nĐình", "a b c d e f\nx"])
def test_a_group_needs_two_different_sayings_of_five_words_at_most(sayings):
    with pytest.raises(ValidationError):
        SynonymGroup(sayings=sayings).full_clean()


def test_staff_add_a_group_in_the_admin(admin_client):
    answer = admin_client.post(
        "/admin/snippets/search/synonymgroup/add/", {"sayings": "cá voi\nông Nam Hải", "is_active": "on", "note": ""}
    )
    assert answer.status_code == 302
    assert SynonymGroup.objects.get().lines() == ["cá voi", "ông Nam Hải"]
