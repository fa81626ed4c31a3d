"""Portraits, confirmation and erasure: shown only by a consent that opens them, gone for good when they are erased."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image

from heritage.accounts.models import Role
from heritage.catalog.models import Consent, PersonalData
from heritage.catalog.models.person import PersonalField, Purpose
from heritage.catalog.people import services
from tests.catalog.people.test_admin import person_data
from tests.factories.accounts import UserFactory
from tests.factories.people import ConsentFactory, PersonFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
NAME = "Lò Thị Xuyến"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person():
    return PersonFactory(name=NAME, unit=UnitFactory(), consent=None)


def photograph():
    image = Image.new("RGB", (2000, 1000), (120, 90, 60))
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Máy ảnh của nhà"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("Lo Thi Xuyen.jpg", out.getvalue(), "image/jpeg")


def consent_row(*opened, **changes):
    values = {"purposes": [Purpose.WEB], "fields": list(opened), "given_on": "2026-01-02", "given_by": "self"}
    values |= {"evidence": "Cặp 1", "is_confirmed": "on", "ORDER": 1, "id": "", **changes}
    return {"consents-TOTAL_FORMS": 1, **{f"consents-0-{name}": value for name, value in values.items()}}


def post(client, person, role, **rows):
    client.force_login(UserFactory(role=role, unit=person.unit))
    return client.post(reverse("wagtailsnippets_catalog_person:edit", args=[person.pk]), person_data(person, **rows))


def files(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_portrait_needs_its_consent_is_shown_by_it_and_leaves_with_it(client, person, settings):
    with_name = consent_row(PersonalField.NAME)
    refused = post(client, person, Role.DEPARTMENT_EDITOR, **with_name, **{"personal_data-0-portrait": photograph()})
    assert refused.status_code == 200
    assert not files(settings)
    opened = consent_row(PersonalField.NAME, PersonalField.PORTRAIT)
    taken = post(client, person, Role.DEPARTMENT_EDITOR, **opened, **{"personal_data-0-portrait": photograph()})
    assert taken.status_code == 302
    (kept,) = files(settings)
    assert "uye" not in str(kept.relative_to(settings.MEDIA_ROOT)).lower()
    with Image.open(kept, formats=["JPEG"]) as image:
        assert image.size == (1600, 800)
        assert not image.getexif()
    client.logout()
    address = reverse("person_portrait", args=[person.code])
    assert address in client.get(person.get_absolute_url()).content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    services.withdraw_consent(Consent.objects.get())
    assert client.get(address).status_code == 404
    client.force_login(UserFactory(role=Role.VIEWER, unit=person.unit))
    assert client.get(address).status_code == 404
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=person.unit))
    assert client.get(address).status_code == 200


def test_what_is_no_picture_is_refused_with_its_name(client, person, settings):
    opened = consent_row(PersonalField.NAME, PersonalField.PORTRAIT)
    bad = {"personal_data-0-portrait": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")}
    answer = post(client, person, Role.DEPARTMENT_EDITOR, **opened, **bad)
    assert answer.status_code == 200
    assert "portrait" in answer.context["form"].formsets["personal_data"].forms[0].errors
    assert not files(settings)


def test_a_consent_recorded_in_the_commune_shows_nothing_until_it_is_confirmed(client, person):
    assert post(client, person, Role.COMMUNE_EDITOR, **consent_row(PersonalField.NAME)).status_code == 302
    consent = Consent.objects.get()
    assert not consent.is_confirmed
    client.logout()
    assert client.get(person.get_absolute_url()).status_code == 404
    again = consent_row(PersonalField.NAME, id=consent.pk) | {"consents-INITIAL_FORMS": 1}
    assert post(client, person, Role.DEPARTMENT_EDITOR, **again).status_code == 302
    assert client.get(person.get_absolute_url()).status_code == 200
    wider = consent_row(PersonalField.NAME, PersonalField.HOME, id=consent.pk) | {"consents-INITIAL_FORMS": 1}
    assert post(client, person, Role.COMMUNE_EDITOR, **wider).status_code == 302
    assert client.get(person.get_absolute_url()).status_code == 404
    Consent.objects.update(is_confirmed=True)
    gone = consent_row(PersonalField.NAME, PersonalField.HOME, id=consent.pk, withdrawn_on="2026-02-02")
    assert post(client, person, Role.COMMUNE_EDITOR, **gone, **{"consents-INITIAL_FORMS": 1}).status_code == 302
    assert Consent.objects.get().is_confirmed  # proof of what was shown
    assert client.get(person.get_absolute_url()).status_code == 404


def test_erasing_asks_for_the_code_and_deletes_the_picture(
    client, person, settings, django_capture_on_commit_callbacks
):
    ConsentFactory(person=person, fields=[PersonalField.NAME, PersonalField.PORTRAIT])
    data = person.personal_data.get()
    data.portrait = photograph()
    data.full_clean(exclude=["person"])
    data.save()
    address = reverse("wagtailsnippets_catalog_person:erase", args=[person.pk])
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=person.unit))
    assert client.post(address, {"code": person.code}).status_code in (302, 403)
    assert PersonalData.objects.exists()
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=person.unit))
    edit = client.get(reverse("wagtailsnippets_catalog_person:edit", args=[person.pk])).content.decode()
    assert address in edit
    assert NAME in edit
    assert client.post(address, {"code": "00000000"}).status_code == 200
    assert PersonalData.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"code": person.code.lower()}).status_code == 302
    assert not PersonalData.objects.exists()
    assert not files(settings)
    assert Consent.objects.get().withdrawn_on
    assert client.get(reverse("wagtailsnippets_catalog_person:edit", args=[person.pk])).status_code == 200
