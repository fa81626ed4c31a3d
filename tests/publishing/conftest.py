"""Public, hidden, withdrawn and merged objects."""

import datetime as dt

import pytest

from heritage.catalog import services
from heritage.core import identifiers
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.library import EditionFactory, WorkFactory
from tests.factories.places import UnitFactory


@pytest.fixture
def unit(db):
    return UnitFactory(code="05602", name="Xã Phú Đình")


@pytest.fixture
def record(unit):
    """A published national monument."""
    record = RecordFactory(
        number="TN01",
        name_vi="Chùa Mẫu",
        name_en="Sample Pagoda",
        types=["historical", "scenic"],
        unit=unit,
        commune_printed="Xã Phú Đình",
        district_printed="Huyện Định Hóa",
        province_printed="Tỉnh Bắc Thái",
        latitude=21.81,
        longitude=105.53,
        coord_accuracy_m=5000,
        coord_basis="commune",
        internal_note="bí mật",
    )
    DesignationFactory(record=record, decision_number="548/QĐ-TTg", decided_on=dt.date(2012, 5, 10))
    return record


@pytest.fixture
def draft(db):
    """A record that was never published."""
    return RecordFactory(number="TN02", name_vi="Bản nháp", live=False)


@pytest.fixture
def withdrawn(db):
    record = RecordFactory(number="TN03", name_vi="Đã rút")
    return services.withdraw(record, "Nhập trùng", "Entered twice")


@pytest.fixture
def merged(record):
    other = RecordFactory(number="TN04", name_vi="Đã gộp")
    return services.merge(other, record, "Cùng một ngôi chùa", "The same pagoda")


@pytest.fixture
def work(db):
    work = WorkFactory(number="TL-000001", title_vi="Sách mẫu", title_en="Sample book")
    EditionFactory(work=work)
    EditionFactory(work=work, kind="scan", format="", access="staff")
    return work


@pytest.fixture
def code():
    """The short code of an object."""
    return lambda instance: identifiers.of(instance).code
