"""An office hands the boundaries of its units in, looks first, keeps them, and takes them away again."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heritage.accounts.models import User
from heritage.places.models import UnitBoundary
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
RING = [[105.5, 21.8], [105.6, 21.8], [105.6, 21.9], [105.5, 21.9], [105.5, 21.8]]
NASTY = "</script><img src=x onerror=alert(1)> {{ 7*7 }}"


def hand_in(client, rows, name="ranh-gioi.geojson", **more):
    features = [
        {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": [RING]}} for said in rows
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    form = {"file": SimpleUploadedFile(name, data), "source": NASTY, "licence": "CC BY 4.0", "action": "keep"} | more
    return client.post(reverse("unit_outlines"), form)


def test_looked_at_kept_listed_and_taken_away(client):
    client.force_login(User.objects.create_superuser("lan", password="mat-khau-dai"))
    unit = UnitFactory()
    rows = [{"code": unit.code}, {"code": NASTY[:5]}]
    assert client.get(reverse("unit_outlines")).status_code == 200
    assert hand_in(client, rows, action="look").context["loaded"].count == 1
    assert not UnitBoundary.objects.exists()
    html = hand_in(client, rows).content.decode()
    assert UnitBoundary.objects.get().unit == unit
    assert "<img src=x" not in html
    assert client.post(reverse("unit_outlines"), {"forget": NASTY}).status_code == 302
    assert not UnitBoundary.objects.exists()


def test_a_file_that_is_none_or_lacks_its_licence_is_refused_beside_the_field(client):
    client.force_login(User.objects.create_superuser("lan", password="mat-khau-dai"))
    for more, field in (({"name": "a.doc"}, "file"), ({"licence": ""}, "licence"), ({"name": "a.zip"}, "file")):
        assert field in hand_in(client, [], **more).context["form"].errors
    client.force_login(User.objects.create_user("minh", password="mat-khau-dai"))
    assert hand_in(client, []).status_code in (302, 403)
