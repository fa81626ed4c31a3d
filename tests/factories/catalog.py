"""Records for tests; named as in the register but invented."""

import factory
from factory.django import DjangoModelFactory

from heritage.catalog.models import Act, Designation, Kind, Rank, Record


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
