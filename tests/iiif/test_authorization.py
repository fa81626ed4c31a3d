"""Who sees what: every road, every audience, every visitor; and the services by which viewers let people in."""

import json
import re

import pytest
from django.contrib.auth import get_user_model

from heritage.iiif import passes, services
from heritage.iiif.models import PageText
from tests.factories.iiif import DigitalObjectFactory, image_file

pytestmark = pytest.mark.django_db
IMAGE = "/iiif/3/TN01.1"
TILE = f"{IMAGE}/0,0,512,512/512,/0/default.jpg"
WHOLE = f"{IMAGE}/full/max/0/default.jpg"
SMALL = f"{IMAGE}/full/!200,200/0/default.jpg"
REDUCED = "/iiif/3/TN01.1-reduced"
MANIFEST = "/iiif/presentation/3/TN01/manifest"
TEXT = "/iiif/presentation/3/TN01/canvas/TN01.1/text"
ROADS = {
    "info": f"{IMAGE}/info.json",
    "info 2": "/iiif/2/TN01.1/info.json",
    "tile": TILE,
    "tile 2": "/iiif/2/TN01.1/0,0,512,512/512,/0/default.jpg",
    "whole": WHOLE,
    "small": SMALL,
    "reduced": f"{REDUCED}/full/max/0/default.jpg",
    "manifest": MANIFEST,
    "text": TEXT,
    "alto": "/iiif/presentation/3/TN01/canvas/TN01.1/alto.xml",
    "plain": "/iiif/text/TN01.txt",
    "search": "/iiif/search/2/TN01?q=chua",
    "page": "/vi/ban-so/TN01/",
}
IMAGES = {"info", "info 2", "tile", "tile 2", "whole", "small", "reduced"}
TEXTS = {"text", "alto", "plain", "search"}


@pytest.fixture
def obj(settings, tmp_path):
    settings.IIIF_REDUCED_SIDE = 700
    found = DigitalObjectFactory(identifier="TN01", label_vi="Bia")
    scan = services.ingest(image_file(tmp_path, "1.png"), found).canvases[0]
    PageText.objects.create(canvas=scan, text="chùa", folded="chua", words=[[0, 4, 1, 2, 3, 4]])
    services.touch(found)
    return found


def with_audience(obj, audience, access="open"):
    obj.audience = audience
    obj.save()
    services.set_access(obj, access)
    return obj


def statuses(client):
    return {name: client.get(path).status_code for name, path in ROADS.items()}


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("head", "a@b.vn", "x"))
    return client


def expected(**others):
    return {name: others.get(name.replace(" ", "_"), 200) for name in ROADS}


ANSWERS = {
    ("open", "full"): expected(reduced=404),
    ("open", "reduced"): expected(info=302, info_2=302, tile=401, tile_2=401, whole=401),
    ("open", "staff"): {name: 401 if name in IMAGES | TEXTS else 200 for name in ROADS} | {"reduced": 404},
    ("open", "on-site"): {name: 401 if name in IMAGES | TEXTS else 200 for name in ROADS} | {"reduced": 404},
    ("staff", "full"): dict.fromkeys(ROADS, 401) | {"reduced": 404, "page": 403},
    ("staff", "reduced"): dict.fromkeys(ROADS, 401) | {"page": 403},
    ("closed", "full"): dict.fromkeys(ROADS, 404),
    ("closed", "reduced"): dict.fromkeys(ROADS, 404),
}


@pytest.mark.parametrize(("access", "audience"), ANSWERS)
def test_the_public(client, obj, access, audience):
    for path in ROADS.values():
        client.get(path)  # every cache is warm from when all was open
    with_audience(obj, audience, access)
    assert statuses(client) == ANSWERS[access, audience]


@pytest.mark.parametrize("audience", ["full", "reduced", "staff", "on-site"])
def test_staff_see_everything_and_nothing_of_it_is_kept_for_others(staff, obj, audience):
    with_audience(obj, audience)
    assert statuses(staff) == expected(reduced=200 if audience == "reduced" else 404)
    for path in (TILE, WHOLE, f"{IMAGE}/info.json"):
        assert ("private" in staff.get(path)["Cache-Control"]) == (audience != "full")


@pytest.mark.parametrize(("address", "status"), [("10.1.2.3", 200), ("10.2.0.1", 401), ("not an address", 401)])
def test_the_reading_room_is_a_network(client, obj, settings, address, status):
    settings.IIIF_ON_SITE_NETWORKS = ["10.1.0.0/16"]
    with_audience(obj, "on-site")
    assert client.get(TILE, REMOTE_ADDR=address).status_code == status
    assert client.get(TILE, REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": "10.1.2.3"}).status_code == 401


def test_a_reduced_size_is_an_image_of_its_own(client, obj):
    with_audience(obj, "reduced")
    moved = client.get(f"{IMAGE}/info.json")
    assert moved["Location"] == "http://testserver/iiif/3/TN01.1-reduced/info.json"
    info = client.get(f"{REDUCED}/info.json").json()
    assert (info["width"], info["height"]) == (650, 450)
    assert info["service"][0]["id"].endswith("/iiif/auth/probe/TN01.1")
    tile = client.get(f"{REDUCED}/0,0,512,450/512,/0/default.jpg")
    assert tile.status_code == 200
    assert "public" in tile["Cache-Control"]
    # every tile at full size is refused, so that nobody puts the whole together from pieces
    assert client.get(f"{IMAGE}/100,100,50,50/50,/0/default.jpg").status_code == 401
    assert client.get(f"{IMAGE}/100,100,50,50/25,/0/default.jpg").status_code == 200


def test_the_manifest_names_both_versions_and_pictures_that_everybody_sees(client, obj):
    with_audience(obj, "reduced")
    canvas = client.get(MANIFEST).json()["items"][0]
    third, second = canvas["items"][0]["items"][0]["body"]["service"]
    assert [one.get("type") or one["@type"] for one in third["service"]] == [
        "AuthProbeService2",
        "AuthCookieService1",
    ]
    assert second["service"][0]["service"][0]["profile"] == "http://iiif.io/api/auth/1/token"
    assert client.get(canvas["thumbnail"][0]["id"].removeprefix("http://testserver")).status_code == 200
    with_audience(obj, "staff")
    assert "thumbnail" not in client.get(MANIFEST).json()["items"][0]


def test_the_probe_says_what_would_become_of_a_request(client, obj, admin_user):
    probe = "/iiif/auth/probe/TN01.1"
    assert client.get(probe).json()["status"] == 200
    with_audience(obj, "reduced")
    answer = client.get(probe).json()
    assert (answer["status"], answer["substitute"]["id"]) == (401, "http://testserver/iiif/3/TN01.1-reduced")
    bearer = {"authorization": f"Bearer {passes.token(admin_user, False)}"}
    assert client.get(probe, headers=bearer).json()["status"] == 200
    assert client.get(f"{IMAGE}/info.json", headers=bearer).json()["width"] == 1300
    assert client.get(TILE, headers=bearer).status_code == 401, "a token opens no picture"
    assert client.get(probe, headers={"authorization": "Bearer forged"}).json()["status"] == 401
    services.set_access(obj, "staff")
    assert client.get(probe, headers=bearer).status_code == 401


def message_of(response):
    return json.loads(re.search(r'<script id="message"[^>]*>(.*?)</script>', response.content.decode())[1])


def test_the_token_service_tells_a_viewer_the_token_or_why_not(client, admin_user):
    path = "/iiif/auth/token?messageId=m1&origin=https://viewer.example"
    refused = client.get(path)
    assert message_of(refused)["profile"] == "missingAspect"
    assert "X-Frame-Options" not in refused
    assert 'data-origin="https://viewer.example"' in refused.content.decode()
    client.force_login(admin_user)
    granted = message_of(client.get(path))
    assert (granted["type"], granted["messageId"]) == ("AuthAccessToken2", "m1")
    wrong = client.get("/iiif/auth/token?messageId=m1&origin=javascript:alert(1)")
    assert message_of(wrong)["profile"] == "invalidOrigin"
    assert 'data-origin=""' in wrong.content.decode()


def test_the_token_service_of_version_1(client, admin_user):
    assert client.get("/iiif/auth/1/token").status_code == 401
    client.force_login(admin_user)
    assert client.get("/iiif/auth/1/token").json()["expiresIn"] == 3600
    framed = client.get("/iiif/auth/1/token?messageId=7&origin=http://localhost:1")
    assert message_of(framed)["messageId"] == "7"


def test_the_access_service_gives_a_pass_for_other_sites(client, obj, admin_user):
    with_audience(obj, "staff")
    asked = client.get("/iiif/auth/access")
    assert asked.status_code == 302
    assert "next=/iiif/auth/access" in asked["Location"]
    client.force_login(admin_user)
    given = client.get("/iiif/auth/access", secure=True).cookies["iiif-access"]
    assert (given["samesite"], bool(given["secure"]), given["path"]) == ("None", True, "/iiif/")
    value = given.value
    client.logout()
    client.cookies["iiif-access"] = value
    assert client.get(TILE).status_code == 200
    admin_user.set_password("another")
    admin_user.save()
    assert client.get(TILE).status_code == 401
    client.cookies["iiif-access"] = "forged"
    assert client.get(TILE).status_code == 401


def test_logging_out_takes_the_pass_away(client):
    client.cookies["iiif-access"] = "x"
    assert client.get("/iiif/auth/logout").cookies["iiif-access"].value == ""


def test_the_page_says_why_there_is_no_picture(client, obj):
    with_audience(obj, "on-site")
    page = client.get("/en/scans/TN01/").content.decode()
    assert "reading room" in page
    assert "/iiif/3/TN01.1/" not in page
    with_audience(obj, "reduced")
    page = client.get("/en/scans/TN01/").content.decode()
    assert "/iiif/3/TN01.1-reduced/" in page
    assert "/iiif/3/TN01.1/" not in page
