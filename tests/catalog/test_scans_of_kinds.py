"""A scan is of the kinds of the records it belongs to: a role for some kinds reaches no other scan, on no road."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.accounts.policies import policy_of
from heritage.catalog import services
from heritage.catalog.models import Kind
from heritage.iiif import addresses
from heritage.iiif import services as iiif
from heritage.iiif.models import Annotation, Canvas, DigitalObject
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
SECRET = "Bản dập của đình"


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def museum(client, unit):
    user = UserFactory(role=Role.MUSEUM_EDITOR, unit=unit, kinds=[Kind.OBJECT, Kind.TREASURE])
    client.force_login(user)
    return user


@pytest.fixture
def scans(settings, tmp_path, unit):
    """Of drafts in one unit, so for staff only: a jar's, a temple's, one of both, and one of no record."""
    for name in ("originals", "pyramids", "cache"):
        setattr(settings, f"IIIF_{name.upper()}_DIR", tmp_path / name)
    jar, temple = (RecordFactory(unit=unit, kind=kind, live=False) for kind in (Kind.OBJECT, Kind.MONUMENT))
    found = {}
    for name, records in (("JAR", [jar]), ("TEMPLE", [temple]), ("BOTH", [jar, temple]), ("LOOSE", [])):
        label = "Bản dập của chum" if jar in records else f"{SECRET} {name}"
        obj = DigitalObjectFactory(identifier=name, label_vi=label, access="staff", unit=unit)
        iiif.ingest(image_file(tmp_path, f"{name}.png", 600, 500), obj)
        for record in records:
            services.attach_object(record, obj)
        found[name] = DigitalObject.objects.get(pk=obj.pk)
    return found


def roads(obj):
    """Every address by which staff come to an object, its files and its pages."""
    image = Canvas.objects.get(digital_object=obj).image_identifier
    name = obj.identifier
    for view in ("manifest", "manifest_2", "remarks", "digital_object", "object_pdf", "object_text", "search_within_2"):
        yield reverse(view, args=[name]) + ("?q=chum" if view == "search_within_2" else "")
    for end in ("info.json", "full/max/0/default.jpg", "0,0,512,500/512,/0/default.jpg"):
        yield f"{addresses.image_path(image)}/{end}"
    for screen in ("edit", "history", "usage"):
        yield reverse(f"wagtailsnippets_iiif_digitalobject:{screen}", args=[obj.pk])


def test_a_role_for_some_kinds_reaches_their_scans_and_no_other_on_any_road(client, museum, scans):
    for name, obj in scans.items():
        is_own = name in ("JAR", "BOTH")
        for address in roads(obj):
            answer = client.get(address)
            assert answer.status_code in (200, 404) if is_own else answer.status_code in (302, 401, 403), address
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert SECRET.encode() not in content
        policy = policy_of(DigitalObject)
        assert policy.user_has_permission_for_instance(museum, "change", obj) is is_own
        assert (museum in policy.users_with_any_permission_for_instance(["change"], obj)) is is_own
    policy = policy_of(DigitalObject)
    assert {one.identifier for one in policy.instances_user_has_permission_for(museum, "view")} == {"JAR", "BOTH"}
    choosers = [
        DigitalObject.snippet_viewset.chooser_viewset.get_url_name(name) for name in ("choose", "choose_results")
    ]
    lists = [reverse("wagtailsnippets_iiif_digitalobject:list"), *map(reverse, choosers)]
    for address in lists:
        answer = client.get(address)
        shown = answer.json()["html"] if "json" in answer["Content-Type"] else answer.content.decode()
        assert "Bản dập của chum" in shown, address
        assert SECRET not in shown, address


def test_what_hangs_on_a_scan_is_of_its_kind_too(museum, scans):
    for obj in scans.values():
        canvas = Canvas.objects.get(digital_object=obj)
        Annotation.objects.create(canvas=canvas, text="Ghi chú")
    seen = policy_of(Annotation).instances_user_has_permission_for(museum, "view")
    assert {one.canvas.digital_object.identifier for one in seen} == {"JAR", "BOTH"}


def test_a_scan_follows_when_its_record_turns_out_to_be_of_another_kind(museum, scans):
    jar = scans["JAR"].record_objects.get().record
    type(jar).objects.filter(pk=jar.pk).update(kind=Kind.MONUMENT)
    assert not policy_of(DigitalObject).instances_user_has_permission_for(museum, "view").exists()


def test_whoever_holds_a_role_for_some_kinds_gives_a_new_scan_to_a_record_of_these(client, museum, scans, unit):
    add = reverse("wagtailsnippets_iiif_digitalobject:add")
    form = client.get(add).context["form"]
    sent = {field.html_name: field.value() or "" for field in form if field.html_name != "scans"}
    for formset in form.formsets.values():
        sent |= {field.html_name: field.value() or 0 for field in formset.management_form}
    sent |= {"identifier": "MOI", "label_vi": "Ảnh mới", "unit": unit.pk}
    jar, temple = (scans[name].record_objects.get().record for name in ("JAR", "TEMPLE"))
    for number in ("", temple.number):
        assert client.post(add, {**sent, "record_number": number}).context["form"].errors["record_number"]
    assert client.post(add, {**sent, "record_number": jar.number}).status_code == 302
    assert policy_of(DigitalObject).user_has_permission_for_instance(
        museum, "change", DigitalObject.objects.get(identifier="MOI")
    )
