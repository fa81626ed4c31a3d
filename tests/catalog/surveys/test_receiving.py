"""Surveys sent from a device: once each, only for one's own unit, private until published."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from heritage.accounts.models import Role
from heritage.catalog.models import Survey, SurveyPhotograph
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.dossiers import huge_png
from tests.factories.places import UnitFactory
from tests.factories.surveys import SurveyFactory, photograph, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def record(db):
    return RecordFactory(number="XX01", unit=UnitFactory(), latitude=21.5, longitude=105.8)


@pytest.fixture
def editor(client, record):
    user = UserFactory(role=Role.COMMUNE_EDITOR, unit=record.unit)
    client.force_login(user)
    return user


def post(client, values):
    return client.post(reverse("survey_receive"), values, content_type="application/json")


def post_photograph(client, survey_key, key, content=None, name="IMG_1.jpg", **more):
    upload = SimpleUploadedFile(name, content or photograph(), "image/jpeg")
    url = reverse("survey_receive_photograph", args=[survey_key])
    return client.post(url, {"key": key, "file": upload, **more})


def test_a_survey_arrives_once_however_often_it_is_sent(client, record, editor):
    values, key = sent("xx01"), uuid.uuid4()
    assert [post(client, values).status_code for _time in range(3)] == [201, 200, 200]
    survey = Survey.objects.get()
    assert (survey.record, survey.sent_by, survey.grade) == (record, editor, "poor")
    assert (survey.threats, survey.is_urgent, survey.is_public) == (["damp", "pests"], True, False)
    assert [post_photograph(client, survey.key, key).status_code for _time in range(3)] == [201, 200, 200]
    assert SurveyPhotograph.objects.count() == 1


def test_a_photograph_says_its_time_and_place_and_the_copy_nothing(client, record, editor):
    values = sent("XX01")
    post(client, values)
    post_photograph(client, values["key"], uuid.uuid4())
    row = SurveyPhotograph.objects.get()
    assert (round(row.latitude, 5), round(row.longitude, 5)) == (21.5, 105.8)
    assert row.taken_at.isoformat() == "2026-05-04T02:30:00+00:00"
    with row.shown.open() as file, Image.open(file) as shown:
        assert shown.size == (60, 80)  # upright
        assert not dict(shown.getexif())
    with row.file.open() as file:
        assert file.read() == photograph()  # staff keep it as it came
    post_photograph(client, values["key"], uuid.uuid4(), latitude="10.5", longitude="106.5")
    assert SurveyPhotograph.objects.filter(latitude=10.5, longitude=106.5).exists()  # what the device says goes first


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"number": "KHONG-CO"}, "number", "KHONG-CO"),
        ({"visited_on": "2999-01-01"}, "visited_on", "01/01/2999"),
        ({"visited_on": "31/02/2026x"}, "visited_on", ""),
        ({"grade": "tuyệt"}, "grade", "tuyệt"),
        ({"threats": ["ma"]}, "threats", "ma"),
        ({"surveyor": " "}, "surveyor", ""),
        ({"latitude": 210, "longitude": 21}, "latitude", "90"),
        ({"latitude": 21.5}, "latitude", ""),
        ({"photographs_expected": 5000}, "photographs_expected", "60"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_stored(client, record, editor, change, field, value):
    response = post(client, sent("XX01", **change))
    assert response.status_code == 400
    assert value in " ".join(response.json()["errors"][field])
    assert not Survey.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"key": "x"}', b"\xff\xfe", b"[" * 5000])
def test_what_is_no_survey_at_all_is_refused(client, record, editor, body):
    response = client.post(reverse("survey_receive"), body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["errors"]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", photograph()[:300], huge_png(30_000, 30_000)])
def test_what_is_no_photograph_is_refused_with_its_name(client, record, editor, content):
    values = sent("XX01")
    post(client, values)
    response = post_photograph(client, values["key"], uuid.uuid4(), content or b" ", name="la.jpg")
    assert response.status_code == 400
    assert "la.jpg" in str(response.json()["errors"])
    assert not SurveyPhotograph.objects.exists()


def test_other_units_neither_see_nor_touch_it(client, record, editor):
    values, key = sent("XX01"), uuid.uuid4()
    post(client, values)
    post_photograph(client, values["key"], key)
    stranger = UserFactory(role=Role.COMMUNE_EDITOR, unit=UnitFactory(code="22222"))
    client.force_login(stranger)
    assert post(client, sent("XX01")).status_code == 400  # for a stranger the record is as good as absent
    assert post(client, values).status_code == 409
    assert post_photograph(client, values["key"], uuid.uuid4()).status_code == 403
    assert client.get(reverse("survey_photograph", args=[key])).status_code == 404
    assert client.get(reverse("survey_session")).json()["records"] == []
    client.force_login(UserFactory(role=Role.VIEWER, unit=record.unit))
    assert post(client, sent("XX01")).status_code == 400
    client.logout()
    assert post(client, values).status_code == 401
    assert Survey.objects.count() == SurveyPhotograph.objects.count() == 1


def test_a_photograph_is_private_until_it_its_survey_and_its_record_are_public(client, record, editor):
    values, key = sent("XX01"), uuid.uuid4()
    post(client, values)
    post_photograph(client, values["key"], key)
    url = reverse("survey_photograph", args=[key])
    assert client.get(url).status_code == 200
    assert b"".join(client.get(url + "?original").streaming_content) == photograph()
    client.logout()
    assert client.get(url).status_code == 404
    SurveyPhotograph.objects.update(is_public=True)
    assert client.get(url).status_code == 404
    Survey.objects.update(is_public=True)
    page = client.get(record.get_absolute_url()).content.decode()
    assert str(key) in page
    assert client.get(url).status_code == 200
    assert client.get(url + "?original").status_code == 404
    record.live = False
    record.save()
    assert client.get(url).status_code == 404


def test_the_form_is_the_same_for_everybody_and_its_worker_keeps_it(client, record, editor):
    mine = client.get(reverse("survey_form")).content
    client.logout()
    assert client.get(reverse("survey_form")).content == mine
    assert b"Save the survey" in client.get(reverse("survey_form"), {"lang": "en"}).content
    script = client.get(reverse("survey_service_worker"))
    assert b"/survey/?lang=vi" in script.content


def test_a_photograph_without_a_place_or_with_broken_data_is_taken_as_it_is(client, record, editor):
    survey = SurveyFactory(record=record)
    post_photograph(client, survey.key, uuid.uuid4(), photograph(place=None))
    assert SurveyPhotograph.objects.get().latitude is None
    damaged = Image.new("RGB", (9, 9))
    out = io.BytesIO()
    damaged.save(out, "JPEG", exif=b"Exif\0\0garbage")
    assert post_photograph(client, survey.key, uuid.uuid4(), out.getvalue()).status_code == 201
