"""A person is seen as far as a consent in force opens it, and on no road once it is withdrawn."""

import datetime as dt
import itertools

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from heritage.accounts.models import UnitLogEntry
from heritage.catalog.models import Consent, Lineage, Person, PersonalData, PersonTitle, Practice
from heritage.catalog.models.person import PersonalField, Purpose, TitleKind
from heritage.catalog.people import queries, services
from heritage.core import outbox
from heritage.iiif.models import Access
from tests.factories.catalog import RecordFactory
from tests.factories.iiif import DigitalObjectFactory
from tests.factories.people import ConsentFactory, PersonFactory

NAME = "Lò Thị Xuyến"
DAY = dt.timedelta(days=1)


@pytest.fixture
def artisan(db):
    """A consenting artisan who practises a public record with an open scan, learned from one and taught another."""
    person = PersonFactory(
        name=NAME, birth_year=1950, home="Bản Mẫu", phone="0900 000 000", biography_vi="Hát từ nhỏ.", ethnicity="Tày"
    )
    record = RecordFactory(kind="ich", name_vi="Hát mẫu")
    record.record_objects.create(digital_object=DigitalObjectFactory(access=Access.OPEN, identifier="ban-mau"))
    Practice.objects.create(person=person, record=record)
    PersonTitle.objects.create(person=person, kind=TitleKind.MERITED_ARTISAN, decided_year=2019)
    Lineage.objects.create(person=person, master=PersonFactory(name="Thầy Mẫu"))
    Lineage.objects.create(person=PersonFactory(name="Trò Mẫu"), master=person)
    return person


def roads(person):
    """Every public address on which a person could be seen, all of them asked."""
    record = Practice.objects.get(person=person).record
    other = Lineage.objects.get(person=person).master
    yield person.get_absolute_url()
    yield other.get_absolute_url()
    yield reverse("people")
    yield reverse("people") + "?q=lo+thi+xuyen"
    yield record.get_absolute_url()
    for query in ("?q=lo+thi+xuyen", "?q=Lò+Thị+Xuyến&format=json", "?q=Lò+Thị+Xuyến&format=csv", "?q=hat+mau"):
        yield reverse("search") + query
    yield reverse("suggest") + "?q=lo thi"
    yield f"/api/v1/records/{record.number}"
    yield "/api/v1/records"
    yield "/api/v1/search?q=xuyen"
    yield f"/id/{record.number}.json"
    yield "/iiif/presentation/3/ban-mau/manifest"
    yield from (reverse("export", args=["records", kind]) for kind in ("csv", "jsonl", "geojson"))
    yield "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    yield "/sitemap.xml"


def seen(client, person):
    """The roads on which the name is read."""
    found = set()
    for road in roads(person):
        answer = client.get(road)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if NAME in body.decode():
            found.add(road)
            assert answer["Cache-Control"] == queries.NOTHING_KEPT, f"{road} may be kept"
    return found


def test_withdrawn_the_person_is_gone_from_every_road_at_once(client, artisan):
    record = Practice.objects.get(person=artisan).record
    before = seen(client, artisan)
    assert before >= {
        artisan.get_absolute_url(),
        reverse("people"),
        record.get_absolute_url(),
        reverse("search") + "?q=lo+thi+xuyen",
        f"/api/v1/records/{record.number}",
        f"/id/{record.number}.json",
    }
    waiting = outbox.waiting()
    services.withdraw_consent(artisan.consents.get(), "Theo đơn")
    assert seen(client, artisan) == set()  # nothing was drained, no cache was emptied
    assert outbox.waiting() > waiting
    assert client.get(artisan.get_absolute_url()).status_code == 404


def test_neither_index_nor_cache_nor_log_ever_holds_a_name(client, artisan):
    list(map(client.get, roads(artisan)))
    services.withdraw_all(artisan)
    kept = str(getattr(cache, "_cache", {}))
    assert NAME not in kept
    entries = itertools.chain(ModelLogEntry.objects.all(), UnitLogEntry.objects.all())
    assert not any(NAME in f"{entry.label}{entry.data}" for entry in entries)
    assert NAME not in str(artisan)


def test_an_erased_person_leaves_a_shell_and_the_proof_of_consent(client, artisan):
    services.erase(artisan)
    assert not PersonalData.objects.filter(person=artisan).exists()
    assert Consent.objects.filter(person=artisan, withdrawn_on__isnull=False).count() == 1
    assert client.get(artisan.get_absolute_url()).status_code == 404


def test_each_field_is_opened_by_itself(client, artisan):
    said = {
        PersonalField.YEARS: "1950",
        PersonalField.HOME: "Bản Mẫu",
        PersonalField.CONTACT: "0900 000 000",
        PersonalField.BIOGRAPHY: "Hát từ nhỏ.",
        PersonalField.TITLES: "Nghệ nhân ưu tú",
        PersonalField.PRACTICE: "Hát mẫu",
        PersonalField.LINEAGE: "Thầy Mẫu",
        PersonalField.ETHNICITY: "Tày",
    }
    for opened in (None, *said):
        Consent.objects.filter(person=artisan).update(
            fields=[PersonalField.NAME, *([opened] if opened else [])], purposes=[Purpose.WEB]
        )
        page = client.get(artisan.get_absolute_url()).content.decode()
        assert NAME in page
        assert {name for name, words in said.items() if words in page} == ({opened} if opened else set()), opened


def test_consent_to_pages_is_not_consent_to_open_data(client, artisan):
    record = Practice.objects.get(person=artisan).record
    Consent.objects.filter(person=artisan).update(purposes=[Purpose.WEB])
    assert client.get(f"/api/v1/records/{record.number}").json()["practitioners"] == []
    assert NAME in client.get(record.get_absolute_url()).content.decode()
    Consent.objects.filter(person=artisan).update(purposes=[Purpose.OPEN_DATA])
    found = client.get(f"/api/v1/records/{record.number}").json()["practitioners"]
    assert found == [{"name": NAME, "role": "practitioner", "is_sample": True}]
    assert NAME not in client.get(record.get_absolute_url()).content.decode()


def test_a_master_who_does_not_consent_is_not_named_by_the_pupil(client, artisan):
    master = Lineage.objects.get(person=artisan).master
    services.withdraw_all(master)
    page = client.get(artisan.get_absolute_url()).content.decode()
    assert "Thầy Mẫu" not in page
    assert "Trò Mẫu" in page


dates = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 12))


@settings(max_examples=50)
@given(given_on=dates, expires=st.none() | dates, withdrawn=st.none() | dates, day=dates)
@pytest.mark.django_db
def test_the_database_and_the_model_agree_on_what_is_in_force(given_on, expires, withdrawn, day):
    consent = Consent(
        person=_somebody(), given_on=given_on, expires_on=expires, withdrawn_on=withdrawn, evidence="x",
        purposes=[Purpose.WEB], fields=[PersonalField.NAME],
    )  # fmt: skip
    consent.save()
    found = queries.in_force(Purpose.WEB, day).filter(pk=consent.pk).exists()
    assert found is consent.is_in_force(day)
    assert found is (given_on <= day and not (expires and expires < day) and not (withdrawn and withdrawn <= day))
    consent.delete()


def _somebody():
    return Person.objects.first() or PersonFactory(consent=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"fields": [PersonalField.HOME]}, "fields"),
        ({"purposes": []}, "purposes"),
        ({"withdrawn_on": dt.date(2025, 1, 1)}, "withdrawn_on"),
        ({"expires_on": dt.date(2025, 1, 1)}, "expires_on"),
        ({"evidence": ""}, "evidence"),
    ],
)
def test_a_consent_that_proves_nothing_is_refused(values, field):
    consent = ConsentFactory.build(person=PersonFactory(consent=None), **values)
    with pytest.raises(ValidationError) as refused:
        services.record_consent(consent)
    assert field in refused.value.message_dict


@pytest.mark.django_db
def test_a_consent_of_tomorrow_opens_nothing_today(client):
    person = PersonFactory(consent=None)
    ConsentFactory(person=person, given_on=timezone.localdate() + DAY)
    assert client.get(person.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_masters_do_not_learn_from_their_pupils():
    one, two, three = (PersonFactory(consent=None) for _ in range(3))
    Lineage.objects.create(person=two, master=one)
    Lineage.objects.create(person=three, master=two)
    for pupil, master in ((one, three), (one, one)):
        with pytest.raises(ValidationError) as refused:
            Lineage(person=pupil, master=master).full_clean()
        assert "master" in refused.value.message_dict


@pytest.mark.django_db
def test_a_list_of_people_costs_the_same_at_any_length(client, django_assert_max_num_queries):
    record = RecordFactory(kind="ich")
    for size in (1, 8):
        for _ in range(size):
            Practice.objects.create(person=PersonFactory(), record=record)
        for address in (reverse("people"), record.get_absolute_url()):
            client.get(address)
            with django_assert_max_num_queries(12):
                client.get(address)
