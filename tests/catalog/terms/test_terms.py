"""Terms and periods go out as SKOS and come back, hostile files are refused, a merge moves every use."""

import contextlib
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.log_actions import registry

from heritage.accounts.models import Role
from heritage.catalog import terms
from heritage.catalog.models import Kind, Period, Record, Term
from heritage.core import outbox, skos
from heritage.core.models import Change
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db
SCHEME = "https://example.org/terms"


@pytest.fixture
def tree(db):
    Term.objects.all().delete()
    building = Term.objects.create(code="cong-trinh", name_vi="Công trình", name_en="Building", kind=Kind.MONUMENT)
    house = Term.objects.create(code="dinh-lang", name_vi="Đình làng", name_en="Communal house", parent=building)
    return building, house


@pytest.fixture
def chief(client, db):
    client.force_login(UserFactory(username="quan-tri", role=Role.ADMINISTRATOR))
    return client


def rows():
    return sorted(Term.objects.values_list("code", "name_vi", "name_en", "parent__code", "kind"))


@pytest.mark.parametrize("form", list(skos.FORMS))
def test_what_goes_out_comes_back(tree, form):
    before, file = rows(), skos.write(SCHEME, terms.concepts(Term), form)
    found = skos.read(file, f"terms.{form}")
    assert {row.outcome for row in terms.take_in(Term, found, None, dry_run=False)} == {"unchanged"}
    Term.objects.filter(code="dinh-lang").delete()
    Term.objects.update(name_en="", kind=Kind.MONUMENT)
    assert [row.outcome for row in terms.take_in(Term, found, None, dry_run=True)] == ["updated", "created"]
    assert Term.objects.count() == 1  # it only looked
    terms.take_in(Term, found, None, dry_run=False)
    assert [row[:4] for row in rows()] == [row[:4] for row in before]
    assert Term.objects.get(code="cong-trinh").kind == Kind.MONUMENT  # SKOS says nothing of it


@pytest.mark.parametrize("form", list(skos.FORMS))
def test_a_term_below_several_others_with_further_names_comes_back_whole(tree, form):
    building, house = tree
    rite = Term.objects.create(code="noi-te-le", name_vi="Nơi tế lễ")
    house.also_within.add(rite)
    Term.objects.filter(pk=house.pk).update(other_names_vi="Đình\nĐình thờ", other_names_en="Village hall")
    file = skos.write(SCHEME, terms.concepts(Term), form)
    assert file.count(b"narrower") >= 2  # said from above too, for who reads a vocabulary downwards
    found = skos.read(file, f"terms.{form}")
    assert {row.outcome for row in terms.take_in(Term, found, None, dry_run=False)} == {"unchanged"}
    house.also_within.clear()
    Term.objects.filter(pk=house.pk).update(other_names_vi="Đình thờ", other_names_en="")
    terms.take_in(Term, found, None, dry_run=False)
    house.refresh_from_db()
    assert (house.parent, list(house.also_within.all())) == (building, [rite])
    assert set(house.other_names_vi.splitlines()) == {"Đình", "Đình thờ"}
    assert house.other_names_en == "Village hall"


def test_a_way_around_is_refused_by_its_whole_way(tree, chief):
    """Over any of the rows above, in a file and in the form."""
    building, house = tree
    small = Term.objects.create(code="dinh-nho", name_vi="Đình nhỏ", parent=house)
    found = [skos.Concept("cong-trinh", {"vi": "Công trình"}, ("dinh-nho",))]
    (told,) = terms.take_in(Term, found, None, dry_run=False)
    assert told.outcome == "refused"
    assert "Công trình → Đình nhỏ → Đình làng → Công trình" in told.reason
    assert not building.also_within.exists()
    small.also_within.add(building)
    sent = {"code": building.code, "name_vi": "Công trình", "also_within": [small.pk], "sort_order": 0}
    page = chief.post(reverse("wagtailsnippets_catalog_term:edit", args=[building.pk]), sent)
    assert "→" in str(page.context["form"].errors["also_within"])
    other = Term.objects.create(code="khac", name_vi="Khác")
    chief.post(reverse("wagtailsnippets_catalog_term:edit", args=[small.pk]), {
        "code": small.code, "name_vi": "Đình nhỏ", "parent": house.pk, "also_within": [other.pk], "sort_order": 0,
    })  # fmt: skip
    assert list(small.also_within.all()) == [other]


def test_what_cannot_be_taken_is_told_row_by_row(tree):
    building, _house = tree
    found = [
        skos.Concept("cong-trinh", {"vi": "Công trình"}, broader=("dinh-lang",)),
        skos.Concept("thap", {"en": "Tower"}),
        skos.Concept("chua", {"vi": "Chùa"}, broader=("khong-co",)),
    ]
    told = {row.code: row for row in terms.take_in(Term, found, None, dry_run=False)}
    assert (told["cong-trinh"].outcome, told["thap"].outcome, told["chua"].outcome) == ("refused", "refused", "created")
    assert all(row.reason for row in told.values())
    building.refresh_from_db()
    assert building.parent is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rdf", b'<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
        ("a.jsonld", b'{"@context": "http://127.0.0.1:1/context", "@graph": []}'),
        ("a.jsonld", b'{"@context": [{"@import": "http://127.0.0.1:1/c"}], "@graph": []}'),
        ("a.ttl", b"<a> <b"),
        ("a.ttl", b""),
        ("a.xlsx", b"PK"),
        ("a.ttl", b"#" * (skos.LARGEST + 1)),
    ],
)
def test_hostile_and_broken_files_are_refused_with_the_remedy(name, data):
    with pytest.raises(ValidationError):
        skos.read(data, name)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ttl", b"<a> a <b> .\n\n{{", "Tệp không đúng dạng Turtle từ dòng 3. Hãy sửa"),
        ("a.rdf", b"<a>\n<b></a>", "RDF/XML từ dòng 2"),
        ("a.jsonld", b'{"a":\n x}', "JSON-LD từ dòng 2"),
        ("a.ttl", "đình".encode("utf-16"), "mã UTF-8"),
        ("a.rdf", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "hãy bỏ đi"),
    ],
)
def test_a_broken_file_is_named_by_its_line_in_the_readers_language(name, data, said):
    with translation.override("vi"), pytest.raises(ValidationError, match=re.escape(said)):
        skos.read(data, name)


@given(st.binary(max_size=200), st.sampled_from(sorted(skos.ENDINGS)))
def test_any_bytes_are_read_or_refused(data, ending):
    with contextlib.suppress(ValidationError):
        skos.read(data, f"x.{ending}")


def test_a_merge_moves_every_use_in_public_in_drafts_and_below(tree, chief):
    _building, house = tree
    double = Term.objects.create(code="dinh", name_vi="Đình")
    narrower = Term.objects.create(code="dinh-nho", name_vi="Đình nhỏ", parent=double)
    beside = Term.objects.create(code="mieu", name_vi="Miếu")
    beside.also_within.add(double)
    public, both, draft = (RecordFactory() for _n in range(3))
    for record, held in ((public, [double]), (both, [double, house])):
        record.terms.set(held)
        record.save()
    draft.terms.set([double])
    draft.save_revision()
    outbox.drain_all()
    listed = chief.get(reverse("wagtailsnippets_catalog_term:list"))
    assert {row.code: row.uses for row in listed.context["object_list"]}["dinh"] == 2
    address = reverse("vocabulary_merge", args=["terms", double.pk])
    assert chief.post(address, {"into": narrower.pk}).context["form"].errors["into"]  # it stands below
    chief.post(address, {"into": house.pk})
    for record in (public, both):
        assert list(Record.objects.get(pk=record.pk).terms.all()) == [house]
    assert list(Record.objects.get(pk=draft.pk).get_latest_revision_as_object().terms.all()) == [house]
    narrower.refresh_from_db()
    assert narrower.parent == house
    assert list(beside.also_within.all()) == [house]
    house.refresh_from_db()
    assert house.other_names_vi == "Đình"  # found by its old name too
    assert not Term.objects.filter(code="dinh").exists()
    told = registry.get_logs_for_instance(house).get(action="catalog.merge_terms")
    assert (told.data["records"], told.user.username) == (3, "quan-tri")
    noted = Change.objects.filter(model="catalog.record").values_list("object_id", flat=True)
    assert {public.pk, both.pk, draft.pk} <= set(noted)


def test_a_term_is_called_by_its_label_in_the_readers_language(tree):
    building, house = tree
    house.name_en = ""
    for language, names in (("vi", ["Công trình", "Đình làng"]), ("en", ["Building", "Đình làng"])):
        with translation.override(language):
            assert [str(building), str(house)] == names


def test_the_screens_are_for_who_may_change_the_vocabulary(client, chief, tree):
    file = skos.write(SCHEME, terms.concepts(Term), "ttl")
    Term.objects.filter(code="dinh-lang").delete()
    upload = {"file": SimpleUploadedFile("terms.ttl", file), "only_look": "on"}
    english = {"accept-language": "en"}
    page = chief.post(reverse("vocabulary_take_in", args=["terms"]), upload, headers=english)
    assert [each["row"].outcome for each in page.context["rows"]] == ["created", "unchanged"]
    assert "created 1, unchanged 1" in page.content.decode()
    assert not Term.objects.filter(code="dinh-lang").exists()
    broken = {"file": SimpleUploadedFile("terms.ttl", b"<a")}
    assert chief.post(reverse("vocabulary_take_in", args=["terms"]), broken).context["form"].errors["file"]
    for form in skos.FORMS:
        assert skos.read(chief.get(reverse("vocabulary_skos", args=["terms"]), {"form": form}).content, f"x.{form}")
    Period.objects.create(code="nguyen", name_vi="Thời Nguyễn")
    assert "nguyen" in chief.get(reverse("vocabulary_skos", args=["periods"])).content.decode()
    assert chief.get(reverse("vocabulary_skos", args=["khac"])).status_code == 404
    client.force_login(UserFactory(username="xem", role=Role.VIEWER))
    for name in ("vocabulary_take_in", "vocabulary_skos"):
        assert client.get(reverse(name, args=["terms"])).status_code in (302, 403)
