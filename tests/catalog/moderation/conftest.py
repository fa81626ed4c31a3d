"""One commune with a public record, and forms as browsers send them."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import EditingSession

from heritage.accounts.models import Role
from heritage.catalog import services
from heritage.catalog.models import Record, Source
from tests.catalog.admin.addresses import NAMESPACE, form_data
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory


@pytest.fixture
def commune(db):
    return UnitFactory(name="Xã Mẫu Sơn")


@pytest.fixture
def record(commune):
    record = RecordFactory(unit=commune, live=False, name_vi="Đình Mẫu", name_en="", summary_vi="Một dòng.")
    Source.objects.create(record=record, citation="Sách cũ")
    record.save_revision()
    services.publish(record)
    return Record.objects.get(pk=record.pk)


def address(name, record, *arguments):
    return reverse(f"{NAMESPACE}:{name}", args=[record.pk, *arguments])


class Desk:
    """A browser window of one person: opens the form of a record, types, saves."""

    def __init__(self, user):
        self.user, self.client = user, Client()
        self.client.force_login(user)
        self.autosaved = None

    def open(self, record):
        page = self.client.get(address("edit", record)).content.decode()
        hidden = {
            name: unescape(value)
            for name, value in re.findall(
                r'<input type="hidden" name="(opened_version|loaded_revision_\w+)" value="([^"]*)"', page
            )
        }
        latest = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
        typed = {name: getattr(latest, name) or "" for name in ("name_vi", "name_en", "summary_vi", "address")}
        sources = list(latest.sources.all())
        rows = {"sources-TOTAL_FORMS": len(sources), "sources-INITIAL_FORMS": len(sources)}
        for place, source in enumerate(sources):
            rows |= source_row(place, source.citation, source.pk or "")
        self.form, self.autosaved = form_data(record, **typed, **rows) | hidden, None
        return self

    def leave(self):
        """The page is closed: others may open the record for editing."""
        EditingSession.objects.filter(user=self.user).delete()

    def type(self, **changes):
        self.form |= changes
        return self

    def add_source(self, citation):
        place = self.form["sources-TOTAL_FORMS"]
        return self.type(**source_row(place, citation), **{"sources-TOTAL_FORMS": place + 1})

    def save(self, record, **deed):
        return self.client.post(address("edit", record), self.form | deed)

    def autosave(self, record):
        """As Wagtail's script does: what it writes over is named in its own requests, not in the form's."""
        sent = self.form | ({"overwrite_revision_id": self.autosaved} if self.autosaved else {})
        answer = self.client.post(address("edit", record), sent, headers={"accept": "application/json"})
        if answer.status_code == 200:
            told = answer.json()
            self.autosaved = told["revision_id"]
            self.form |= {name: value for name, value in told["field_updates"].items() if name in self.form}
        return answer


def source_row(place, citation, pk=""):
    row = {"kind": "facts", "citation": citation, "id": pk, "ORDER": place + 1, "authors": "", "url": "", "pages": ""}
    return {f"sources-{place}-{name}": value for name, value in row.items()}


@pytest.fixture
def desk(commune):
    return lambda role=Role.COMMUNE_EDITOR: Desk(UserFactory(role=role, unit=commune))


def latest(record):
    return Record.objects.get(pk=record.pk).get_latest_revision_as_object()
