"""Tourist places for tests."""

import factory
from factory.django import DjangoModelFactory

from heritage.maps.models import Place, PlaceKind


class PlaceFactory(DjangoModelFactory):
    """A guest house near the Thái Nguyên sites, marked as a sample."""

    class Meta:
        model = Place

    kind = PlaceKind.LODGING
    name_vi = factory.Sequence(lambda n: f"Nhà nghỉ {n} (mẫu)")
    name_en = factory.Sequence(lambda n: f"Guest house {n} (sample)")
    latitude = 21.594
    longitude = 105.848
    is_sample = True
