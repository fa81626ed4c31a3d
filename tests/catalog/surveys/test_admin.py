"""Screens of surveys, restorations and reports: own unit only, publication by who may publish, the yearly sheet."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import DamageReport, Restoration, Survey, SurveyPhotograph
from heritage.catalog.surveys import queries
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory
from tests.factories.surveys import DamageReportFactory, RestorationFactory, SurveyFactory, photograph

pytestmark = pytest.mark.django_db
SECRET = "Mật-danh"
MODELS = {
    "survey": (Survey, SurveyFactory, {"surveyor": SECRET}),
    "restoration": (Restoration, RestorationFactory, {"project": SECRET}),
    "damagereport": (DamageReport, DamageReportFactory, {"description": SECRET, "handled_by": SECRET}),
}
SCREENS = ("edit", "delete", "history", "inspect", "usage")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def record(db):
    return RecordFactory(number="XX01", unit=UnitFactory())


def address(name, screen, *args):
    return reverse(f"wagtailsnippets_catalog_{name}:{screen}", args=args)


def text_of(response):
    return b"".join(response if response.streaming else [response.content]).decode()


@pytest.mark.parametrize("name", MODELS)
def test_nothing_of_another_unit_opens_or_changes(client, record, name):
    model, factory, secret = MODELS[name]
    there = factory(record=record, **secret)
    own = UnitFactory(code="22222", province=record.unit.province, parent=record.unit.province)
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=own))
    before = list(model.objects.values())
    urls = [address(name, screen, there.pk) for screen in SCREENS]
    urls += [address("survey", "photographs", there.pk)] if name == "survey" else []
    urls += [address("record", "condition", record.pk)]
    for url in urls:
        for response in (client.get(url), client.post(url, {"record": record.pk, **secret})):
            assert response.status_code in (302, 403, 404, 405), url
            assert SECRET not in text_of(response)
    for response in (client.get(address(name, "list")), client.get(address(name, "list"), {"export": "csv"})):
        assert SECRET not in text_of(response)
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("name", MODELS)
def test_nothing_is_added_to_a_record_of_another_unit(client, record, name):
    model, _factory, secret = MODELS[name]
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=UnitFactory(code="22222")))
    data = {"record": record.pk, "visited_on": "2026-01-01", "grade": "good", "kind": "fire", **secret}
    for formset in ("phases", "pictures"):
        data |= {f"{formset}-TOTAL_FORMS": 0, f"{formset}-INITIAL_FORMS": 0}
    assert client.post(address(name, "add"), {**data, "reported_on": "2026-01-01"}).status_code == 200
    assert not model.objects.exists()


def survey_data(survey, **more):
    return {
        "record": survey.record_id,
        "visited_on": "2026-05-04",
        "surveyor": "Người khảo sát mẫu",
        "grade": "poor",
        "threats": ["damp"],
        "description": "Mô tả",
        "recommended": "",
        **more,
    }


def test_publication_is_for_who_may_publish(client, record):
    survey = SurveyFactory(record=record)
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=record.unit))
    url = address("survey", "edit", survey.pk)
    refused = client.post(url, survey_data(survey, is_public="on"))
    assert refused.status_code == 200
    assert "Mô tả" in text_of(refused)
    assert client.post(url, survey_data(survey)).status_code == 302
    survey.refresh_from_db()
    assert (survey.grade, survey.is_public) == ("poor", False)
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=record.unit))
    client.post(url, survey_data(survey, is_public="on"))
    survey.refresh_from_db()
    assert survey.is_public


def test_photographs_are_added_captioned_and_shown_at_a_desk(client, record):
    survey = SurveyFactory(record=record)
    url = address("survey", "photographs", survey.pk)
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=record.unit))
    files = [SimpleUploadedFile("a.jpg", photograph()), SimpleUploadedFile("b.jpg", b"khong phai anh")]
    refused = client.post(url, {"new_files": files})
    assert "b.jpg" in text_of(refused)
    assert not SurveyPhotograph.objects.exists()  # all or none
    client.post(url, {"new_files": [SimpleUploadedFile("a.jpg", photograph())]})
    row = SurveyPhotograph.objects.get()
    client.post(url, {f"caption-{row.pk}": "Gian giữa", "public": [row.pk]})
    row.refresh_from_db()
    assert (row.caption, row.is_public) == ("Gian giữa", False)
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=record.unit))
    client.post(url, {f"caption-{row.pk}": "Gian giữa", "public": [row.pk]})
    row.refresh_from_db()
    assert row.is_public


def test_the_sheet_of_a_year_holds_that_year(client, record):
    SurveyFactory(record=record, visited_on=dt.date(2024, 3, 1), grade="good")
    SurveyFactory(record=record, visited_on=dt.date(2025, 3, 1), grade="critical", description="Nứt cột.")
    RestorationFactory(record=record, project="Đảo ngói", started_on=dt.date(2025, 6, 1))
    DamageReportFactory(record=record, reported_on=dt.date(2024, 9, 1), settled_on=dt.date(2025, 1, 9), outcome="Xong")
    DamageReportFactory(record=record, reported_on=dt.date(2026, 1, 1))
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=record.unit))
    page = text_of(client.get(address("record", "condition", record.pk), {"year": "2025"}))
    for words in ("Nứt cột.", "Đảo ngói", "Xong", "1/3/2024"):
        assert words in page, words
    condition = queries.condition_of(record, 2025)
    assert (len(condition.surveys), len(condition.reports)) == (1, 1)
    assert condition.earlier.grade == "good"
    assert client.get(address("record", "condition", record.pk), {"year": "9" * 9}).status_code == 200


@pytest.mark.parametrize(
    ("factory", "change", "field"),
    [
        (RestorationFactory, {"started_on": dt.date(2025, 2, 1), "finished_on": dt.date(2025, 1, 1)}, "finished_on"),
        (RestorationFactory, {"cost": -5}, "cost"),
        (DamageReportFactory, {"deadline": dt.date(2020, 1, 1)}, "deadline"),
        (DamageReportFactory, {"settled_on": dt.date(2026, 4, 1)}, "outcome"),
        (SurveyFactory, {"visited_on": dt.date(2999, 1, 1)}, "visited_on"),
        (SurveyFactory, {"latitude": 21.0}, "latitude"),
    ],
)
def test_what_contradicts_itself_is_refused_by_field(record, factory, change, field):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refused:
        factory.build(record=record, **change).full_clean()
    assert field in refused.value.message_dict


def test_a_report_is_overdue_until_it_is_settled(record):
    report = DamageReportFactory(record=record, deadline=dt.date(2026, 3, 5))
    assert report.is_overdue
    report.settled_on = dt.date(2026, 3, 9)
    assert not report.is_overdue
