"""Records for tests; named as in the register but invented."""

import factory
from factory.django import DjangoModelFactory

from heritage.catalog.models import Act, Designation, Kind, ProtectionZone, Rank, Record, ZoneKind


class RecordFactory(DjangoModelFactory):
    class Meta:
        model = Record
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"XX{n:04d}")
    kind = Kind.MONUMENT
    name_vi = factory.Sequence(lambda n: f"Đình mẫu {n}")
    name_en = factory.Sequence(lambda n: f"Sample communal house {n}")
    live = True


class DesignationFactory(DjangoModelFactory):
    class Meta:
        model = Designation

    record = factory.SubFactory(RecordFactory)
    act = Act.RANK
    rank = Rank.NATIONAL
    decision_number = factory.Sequence(lambda n: f"{n}/QĐ-MAU")


class ZoneFactory(DjangoModelFactory):
    """A square of about a hectare in Thái Nguyên."""

    class Meta:
        model = ProtectionZone

    record = factory.SubFactory(RecordFactory)
    kind = ZoneKind.ONE
    geometry = factory.LazyFunction(lambda: square())


def square(longitude: float = 105.60, latitude: float = 21.90, side: float = 0.001) -> dict:
    """A GeoJSON square by its south-west corner and its side in degrees."""
    east, north = longitude + side, latitude + side
    ring = [[longitude, latitude], [east, latitude], [east, north], [longitude, north], [longitude, latitude]]
    return {"type": "Polygon", "coordinates": [ring]}
