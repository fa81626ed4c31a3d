"""Administrative units for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from heritage.places.models import Unit
from heritage.places.models.unit import REORGANISATION, Level


class ProvinceFactory(DjangoModelFactory):
    """A province in force, such as the demo's."""

    class Meta:
        model = Unit
        django_get_or_create = ("level", "code", "valid_from")

    code = "19"
    level = Level.PROVINCE
    name = "Tỉnh Thái Nguyên"
    valid_from: dt.date | None = REORGANISATION


class UnitFactory(DjangoModelFactory):
    """A commune in force; each has its own code and name."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"{30000 + n:05d}")
    level = Level.COMMUNE
    name = factory.Sequence(lambda n: f"Xã Mẫu {n}")
    province = factory.SubFactory(ProvinceFactory)
    parent = factory.SelfAttribute("province")
    valid_from: dt.date | None = REORGANISATION
