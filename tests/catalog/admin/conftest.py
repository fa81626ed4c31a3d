"""Two communes of one province, each with a published record, a draft beside it, and one waiting for approval."""

from types import SimpleNamespace

import pytest
from wagtail.models import Workflow

from heritage.accounts.models import Role
from heritage.catalog import services
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

SECRET = "Mật-danh"


def a_unit_with_records(unit, name):
    """Names carry the unit's name and, in the parts not yet public, the word SECRET."""
    public = RecordFactory(unit=unit, live=False, name_vi=f"Đình {name}", summary_vi="Một dòng.")
    public.save_revision()
    services.publish(public)
    public.name_vi = f"{SECRET} {name} đổi"
    public.save_revision()
    public.refresh_from_db()
    draft = RecordFactory(unit=unit, live=False, name_vi=f"{SECRET} {name} nháp")
    draft.save_revision()
    waiting = RecordFactory(unit=unit, live=False, name_vi=f"{SECRET} {name} chờ")
    waiting.save_revision()
    editor = UserFactory(role=Role.COMMUNE_EDITOR, unit=unit)
    workflow = Workflow.objects.filter(workflow_content_types__content_type__model="record").get()
    workflow.start(waiting, editor)
    return SimpleNamespace(unit=unit, public=public, draft=draft, waiting=waiting, editor=editor)


@pytest.fixture
def here(db):
    return a_unit_with_records(UnitFactory(), "Bên Này")


@pytest.fixture
def there(here):
    return a_unit_with_records(UnitFactory(province=here.unit.province, parent=here.unit.province), "Bên Kia")
