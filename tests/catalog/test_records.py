"""What records of each kind say of themselves: in the form, on the page, to machines; and what is refused."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import (
    Dimension,
    Kind,
    Measure,
    Period,
    Record,
    RecordName,
    RecordTag,
    Source,
    SourceKind,
    TaggedRecord,
    Term,
)
from heritage.catalog.models.particulars import ALL_FIELDS, FIELDS_OF
from tests.catalog.admin.addresses import NAMESPACE, form_data
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasure():
    """A treasure with something of everything."""
    record = RecordFactory(
        kind=Kind.TREASURE,
        inventory_number="BT.1234",
        material_vi="đồng",
        material_en="bronze",
        item_count=9,
        licence_vi="cc_by",
        text_vi="<p>Một câu chuyện.</p>",
        internal_note="Chỉ cán bộ đọc",
    )
    Dimension.objects.create(record=record, measure=Measure.HEIGHT, value="250.500", unit="cm", part="thân")
    Dimension.objects.create(record=record, measure=Measure.WEIGHT, value="2", unit="t")
    RecordName.objects.create(record=record, kind="han_nom", text="九鼎", first_year=1835)
    Source.objects.create(record=record, citation="Sách mẫu", authors="Tác giả mẫu", kind=SourceKind.READING)
    TaggedRecord.objects.create(content_object=record, tag=RecordTag.objects.create(name="đồ đồng", slug="do-dong"))
    bell = Term.objects.create(code="bell", name_vi="Chuông", name_en="Bell")
    record.terms.set([Term.objects.create(code="temple-bell", name_vi="Chuông chùa", parent=bell)])
    above = Period.objects.create(code="le", name_vi="Thời Lê", first_year=1428, last_year=1789)
    record.periods.set([Period.objects.create(code="le-so", name_vi="Lê sơ", parent=above, first_year=1428)])
    record.save()
    return record


def test_the_page_says_what_a_treasure_has(client, treasure):
    html = client.get(treasure.get_absolute_url()).content.decode()
    for words in ("BT.1234", "đồng", "250,5 cm (thân)", "Cân nặng 2 t", "九鼎", "1835–…", "Sách mẫu", "Tác giả mẫu",
                  "đồ đồng", "Chuông chùa", "Lê sơ", "1428–…", "CC BY 4.0"):  # fmt: skip
        assert words in html, words
    assert treasure.internal_note not in html


def test_machines_get_the_same(client, treasure):
    answer = client.get(f"/api/v1/records/{treasure.number}")
    found = answer.json()
    assert found["particulars"] == {
        "inventory_number": "BT.1234",
        "material": {"vi": "đồng", "en": "bronze"},
        "item_count": 9,
    }
    assert found["dimensions"][0] == {"measure": "height", "value": 250.5, "unit": "cm", "part": "thân"}
    assert [term["code"] for term in found["terms"]] == ["temple-bell"]
    assert found["periods"][0]["first_year"] == 1428
    assert found["tags"] == ["đồ đồng"]
    assert found["licences"] == {"vi": "https://creativecommons.org/licenses/by/4.0/"}
    assert found["sources"][0]["kind"] == "reading"
    assert treasure.internal_note not in answer.content.decode()


@pytest.mark.parametrize("query", ["?term=bell", "?term=temple-bell", "?period=le", "?period=le-so", "?tag=do-dong"])
def test_a_vocabulary_narrows_the_list_by_all_that_is_narrower(client, treasure, query):
    RecordFactory()
    page = client.get(reverse("records") + query)
    assert [record.pk for record in page.context["page"]] == [treasure.pk]
    assert page.context["page"].paginator.count == 1
    assert client.get(reverse("records") + "?term=none&period=none&tag=%00").status_code == 200


def test_the_form_has_the_fields_of_its_kind_and_keeps_those_of_others(client, treasure):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    address = reverse(f"{NAMESPACE}:edit", args=[treasure.pk])
    form = client.get(address).context["form"]
    assert set(ALL_FIELDS) & set(form.fields) == set(FIELDS_OF[Kind.TREASURE])
    assert "dimensions" in form.formsets
    data = form_data(treasure, kind=Kind.MONUMENT, inventory_number="BT.1234", material_vi="đồng", terms=[])
    assert client.post(address, data).status_code == 302
    page = client.get(address)
    assert "dimensions" not in page.context["form"].formsets
    assert "inventory_number" not in page.context["form"].fields
    assert client.post(address, form_data(treasure, kind=Kind.MONUMENT, built_vi="năm 1632")).status_code == 302
    newest = Record.objects.get(pk=treasure.pk).get_latest_revision_as_object()
    assert (newest.built_vi, newest.inventory_number) == ("năm 1632", "BT.1234")


@pytest.mark.parametrize(("measure", "unit"), [(Measure.WEIGHT, "cm"), (Measure.HEIGHT, "kg")])
def test_a_weight_in_centimetres_is_refused(measure, unit):
    with pytest.raises(ValidationError, match="kg"):
        Dimension(record=RecordFactory(), measure=measure, value=1, unit=unit).full_clean()


@pytest.mark.parametrize("model", [Period, Term])
def test_a_vocabulary_has_no_circles(model):
    top = model.objects.create(code="a", name_vi="A")
    middle = model.objects.create(code="b", name_vi="B", parent=top)
    top.parent = model.objects.create(code="c", name_vi="C", parent=middle)
    with pytest.raises(ValidationError) as refused:
        top.full_clean()
    assert "parent" in refused.value.message_dict


def test_a_period_lies_within_the_one_above_it():
    above = Period.objects.create(code="le", name_vi="Thời Lê", first_year=1428, last_year=1789)
    for years in ({"first_year": 1400}, {"last_year": 1802}):
        with pytest.raises(ValidationError) as refused:
            Period(code="x", name_vi="X", parent=above, **years).full_clean()
        assert next(iter(years)) in refused.value.message_dict


def test_parts_do_not_go_round():
    one, two, three = RecordFactory.create_batch(3)
    Record.objects.filter(pk=two.pk).update(part_of=one)
    Record.objects.filter(pk=three.pk).update(part_of=two)
    one.part_of = three
    with pytest.raises(ValidationError) as refused:
        one.full_clean()
    (message,) = refused.value.message_dict["part_of"]
    assert f"{one.number} → {three.number} → {two.number} → {one.number}" in message
    assert "để trống" in message


def test_a_name_is_not_given_up_before_it_is_taken():
    with pytest.raises(ValidationError) as refused:
        RecordName(record=RecordFactory(), text="x", first_year=1900, last_year=1800).full_clean()
    assert "last_year" in refused.value.message_dict


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_page_and_an_answer_for_machines(client, kind):
    record = RecordFactory(kind=kind, latitude=21.5, longitude=105.8, named_on=dt.date(1999, 1, 1))
    assert client.get(record.get_absolute_url()).status_code == 200
    assert client.get(f"/api/v1/records/{record.number}").json()["kind"] == kind
