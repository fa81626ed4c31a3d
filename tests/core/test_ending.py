"""What ends or is divided says why, stands, and is not its own target: one check for every register."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from heritage.catalog.models import Record
from heritage.core import ending, identifiers
from heritage.maps.models import Place
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [RecordFactory, PlaceFactory])
def test_a_record_and_a_place_are_asked_the_same(factory):
    one, gone = factory(name_vi="Đình Cả"), factory(name_vi="Đình Hai")
    identifiers.withdraw(gone, "Trùng")
    ending.check_target(one, factory())
    assert (ending.has_ended(one), ending.has_ended(gone)) == (False, True)
    with translation.override("vi"):
        for target, said in ((one, "Không thể gộp"), (gone, "đã thu hồi hoặc đã gộp; hãy khôi phục trước")):
            with pytest.raises(ValidationError) as refused:
                ending.check_target(one, target)
            assert said in refused.value.message_dict["into"][0]
        for check in (ending.check_standing, lambda thing: ending.check_target(gone, thing)):
            with pytest.raises(ValidationError, match="Đình Hai"):
                check(gone)


def test_what_is_missing_is_named():
    with translation.override("vi"):
        with pytest.raises(ValidationError, match="Hãy ghi lý do"):
            ending.check_reason(" ")
        for model in (Record, Place):
            with pytest.raises(ValidationError) as refused:
                ending.check_name(model, "")
            assert refused.value.message_dict == {"name_vi": [f"Hãy đặt tên cho {model._meta.verbose_name} mới."]}
