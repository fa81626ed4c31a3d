"""The installed app, errors and crawlers' files."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory

from heritage.home import drawings
from heritage.home.views import errors
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("wanted", "name"), [("vi", "Kho di sản số"), ("en", "Heritage archive")])
def test_the_manifest_speaks_the_visitors_language(wanted, name):
    answer = Client().get("/manifest.webmanifest", headers={"accept-language": wanted})
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == (name, wanted, f"/{wanted}/")
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


@pytest.mark.front_end
def test_the_service_worker_serves_the_whole_site_and_is_never_stale():
    answer = Client().get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert (answer["Service-Worker-Allowed"], answer["Cache-Control"]) == ("/", "no-cache")
    kept = json.loads(answer.content.decode().partition("self.ARCHIVE=")[2].partition(";\n")[0])["precache"]
    assert all(entry["revision"] for entry in kept)
    assert {"/offline/?lang=vi", "/offline/?lang=en"} <= {entry["url"] for entry in kept}


@pytest.mark.parametrize(("language", "words"), [("vi", "Không có mạng"), ("en", "No network")])
def test_the_offline_page_is_the_same_for_everybody(admin_client, language, words):
    for client in (Client(), admin_client):
        page = client.get(f"/offline/?lang={language}").content.decode()
        assert words in page
        assert "admin" not in page


def test_pages_for_a_person_are_marked_private(home):
    client = Client()
    assert "private" not in client.get("/vi/tro-giup/").get("Cache-Control", "")
    client.force_login(get_user_model().objects.create_user("lan", password="x"))
    assert "private" in client.get("/vi/tro-giup/")["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "words"), [("/vi/khong-co/", "Không tìm thấy trang"), ("/en/nonesuch/", "Page not found")]
)
def test_a_missing_page_says_so_in_its_language_and_offers_the_search(home, path, words):
    answer = Client().get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert words in page
    assert 'role="search"' in page


@pytest.mark.parametrize(("view", "status"), [(errors.bad_request, 400), (errors.permission_denied, 403)])
def test_errors_are_answered_in_our_design(rf: RequestFactory, view, status):
    answer = view(rf.get("/en/anything/"), None)
    assert answer.status_code == status
    assert b'class="error-page"' in answer.content


def test_a_failed_server_asks_nothing_of_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.server_error(rf.get("/vi/"))
    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in answer.content.decode()


def test_the_site_map_names_both_languages_of_public_records_only(home):
    shown, hidden = RecordFactory(), RecordFactory(live=False)
    assert "/sitemap-records.xml</loc>" in Client().get("/sitemap.xml").content.decode()
    text = Client().get("/sitemap-records.xml").content.decode()
    assert f"/vi/di-san/{shown.number}/" in text
    assert f"/en/heritage/{shown.number}/" in text
    assert hidden.number not in text


@pytest.mark.parametrize("path", ["/sitemap-records.xml?p=999", "/sitemap-records.xml?p=x", "/sitemap-none.xml"])
def test_no_such_part_of_the_site_map(path):
    assert Client().get(path).status_code == 404


def test_robots_keep_out_of_private_pages():
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http" in text


def test_the_style_guide_is_for_staff(client, admin_client, home):
    assert client.get("/styleguide/").status_code == 302
    page = admin_client.get("/styleguide/").content.decode()
    assert page.count('data-theme="dark"') == 2


@pytest.mark.parametrize("name", drawings.names())
def test_every_drawing_is_there_as_the_script_draws_it(name):
    from heritage.home.drawings.make import svg

    with open(finders.find(f"drawings/{name}.svg"), encoding="utf-8") as file:  # noqa: PTH123
        assert file.read() == svg(name)


@pytest.mark.parametrize(
    ("kind", "name", "drawing"),
    [
        ("monument", "Cửu đỉnh", "urn"),
        ("monument", "An toàn khu (ATK) Định Hóa", "mountains"),
        ("monument", "Đình Phú Đình", "communal-house"),
        ("monument", "Keo Pagoda", "pagoda"),
        ("ich", "Lễ hội Đền Đuổm", "drum"),
        ("lodging", "Nhà nghỉ", "stilt-house"),
        ("unheard-of", "", "lotus"),
    ],
)
def test_a_name_chooses_its_drawing(kind, name, drawing):
    assert drawings.path_for(kind, name) == f"drawings/{drawing}.svg"
