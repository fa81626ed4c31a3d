"""Captions of film and sound: handed in beside them or in the admin, served and found as the recording itself."""

import contextlib
import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from heritage.core import webvtt
from heritage.iiif import captions, services
from heritage.iiif.models import Access, Audience, Canvas, Caption
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.iiif.test_recordings import film_file

pytestmark = pytest.mark.django_db
VI = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Nghệ nhân>Rước nước từ sông\n\n2\n00:05.500 --> 00:09.000\n[Tiếng trống]\n"
EN = "WEBVTT\n\n00:01.000 --> 00:04.000\nFetching water from the river\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def film(tmp_path) -> Canvas:
    one = DigitalObjectFactory(identifier="HOI", label_vi="Lễ hội")
    canvas = services.ingest(film_file(tmp_path), one).canvases[0]
    captions.keep(canvas, "vi", VI)
    captions.keep(canvas, "en", EN, kind="subtitles")
    return canvas


@pytest.fixture
def staff(client, admin_user):
    client.force_login(admin_user)
    return client


def ingest(folder):
    out = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("iiif", "ingest", str(folder), "--json", stdout=out)
    return json.loads(out.getvalue())


def test_files_beside_a_recording_are_its_captions_and_bad_ones_are_told_by_line(tmp_path):
    folder = tmp_path / "le hoi"
    folder.mkdir()
    film_file(folder)
    (folder / "le-hoi.vtt").write_text(VI, encoding="utf-8")
    (folder / "le-hoi.en.vtt").write_text(
        "WEBVTT\n\n00:04.000 --> 00:01.000\nBack\n\n1:2 --> x\nOdd\n", encoding="utf-8"
    )
    (folder / "khac.vtt").write_text(VI, encoding="utf-8")
    report = ingest(folder)
    assert report["created"] == 1
    assert list(Caption.objects.values_list("language", "source")) == [("vi", "le-hoi.vtt")]
    reasons = {row["file"]: row["reason"] for row in report["refused_rows"]}
    assert "dòng 3" in reasons["le-hoi.en.vtt"]
    assert "dòng 6" in reasons["le-hoi.en.vtt"]
    assert "film.mp4" in reasons["khac.vtt"]
    (folder / "le-hoi.tlh.vtt").write_text(VI, encoding="utf-8")
    reasons = {row["file"]: row["reason"] for row in ingest(folder)["refused_rows"]}
    assert "tlh" in reasons["le-hoi.tlh.vtt"]
    assert "tyz" in reasons["le-hoi.tlh.vtt"]


def test_they_are_served_as_vtt_and_as_words_alone(client, film):
    answer = client.get("/iiif/captions/HOI.1/vi.vtt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.content.decode() == VI
    words = client.get("/iiif/captions/HOI.1/vi.txt").content.decode()
    assert words == "Rước nước từ sông\n[Tiếng trống]\n"
    assert client.get("/iiif/captions/HOI.1/fr.vtt").status_code == 404
    page = client.get("/vi/ban-so/HOI/").content.decode()
    assert '<track kind="captions" src="/iiif/captions/HOI.1/vi.vtt" srclang="vi" label="Tiếng Việt" default>' in page
    assert '<track kind="subtitles" src="/iiif/captions/HOI.1/en.vtt" srclang="en" label="Tiếng Anh">' in page


@pytest.mark.parametrize(
    ("values", "status"),
    [({"access": Access.STAFF}, 401), ({"access": Access.CLOSED}, 404), ({"audience": Audience.REDUCED}, 401)],
)
def test_who_may_not_hear_it_does_not_read_it_on_any_road(client, film, values, status):
    type(film.digital_object).objects.filter(pk=film.digital_object_id).update(**values)
    for ending in ("vtt", "txt"):
        assert client.get(f"/iiif/captions/HOI.1/vi.{ending}").status_code == status
    for address in ("/iiif/search/2/HOI?q=sông", "/iiif/search/1/HOI/suggest?q=s", "/iiif/text/HOI.txt"):
        answer = client.get(address)
        assert answer.status_code == status or "sông" not in answer.content.decode().replace("q=sông", "")
    manifest = client.get("/iiif/presentation/3/HOI/manifest")
    assert manifest.status_code == status or "captions" not in manifest.content.decode()


def test_a_word_that_is_said_is_found_at_its_second(client, film):
    found = client.get("/iiif/search/2/HOI", {"q": "nuoc tu song"}).json()
    (item,) = found["items"]
    assert (item["body"]["value"], item["target"].rpartition("#")[2]) == ("nước từ sông", "t=1.000,4.000")
    assert client.get("/iiif/search/1/HOI", {"q": "trống"}).json()["resources"][0]["on"].endswith("#t=5.500,9.000")
    assert "river" in client.get("/iiif/text/HOI.txt").content.decode()
    manifest = client.get("/iiif/presentation/3/HOI/manifest").json()
    assert manifest["service"][0]["type"] == "SearchService2"


def test_staff_hand_them_in_see_them_and_take_them_away(staff, film):
    address = reverse("scan_captions", args=["HOI", film.pk])
    bad = SimpleUploadedFile("fr.vtt", b"WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n")
    shown = staff.post(address, {"language": "fr", "kind": "subtitles", "file": bad, "save": "1"})
    assert "dòng 6" in str(shown.context["form"].errors["file"])
    late = {
        "language": "fr",
        "kind": "subtitles",
        "text": "WEBVTT\n\n00:01.000 --> 09:00.000\nTrop long\n",
        "save": "1",
    }
    assert "540" in str(staff.post(address, late).context["form"].errors["text"])
    assert staff.post(address, {"language": "fr", "kind": "subtitles", "text": " "}).context["form"].errors["text"]
    good = late | {"text": "WEBVTT\n\n00:01.000 --> 00:03.000\nDe l'eau\n"}
    looked_at = staff.post(address, {key: value for key, value in good.items() if key != "save"})
    assert [cue.text for cue in looked_at.context["cues"]] == ["De l'eau"]
    assert not film.captions.filter(language="fr").exists()
    assert staff.post(address, good).status_code == 302
    assert film.captions.get(language="fr").words == "De l'eau"
    assert "De l&#x27;eau" in staff.get(f"{address}?language=fr").content.decode()
    assert staff.post(reverse("scan_captions_remove", args=["HOI", film.pk, "fr"])).status_code == 302
    assert not film.captions.filter(language="fr").exists()
    assert address in staff.get(reverse("scan_pages", args=["HOI"])).content.decode()


def test_only_who_may_change_the_object_does(client, film, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", "r@b.vn", "x"))
    assert client.get(reverse("scan_captions", args=["HOI", film.pk])).status_code in (302, 403, 404)


def test_pages_and_pictures_have_none(staff, tmp_path, settings):
    one = DigitalObjectFactory(identifier="ANH")
    canvas = services.ingest(image_file(tmp_path, "a.png"), one).canvases[0]
    assert staff.get(reverse("scan_captions", args=["ANH", canvas.pk])).status_code == 404


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4_000_000), st.integers(1, 9999), st.text(max_size=12)), max_size=6))
def test_what_is_read_is_what_was_written(cues):
    """Whatever the words, no letter of them makes a line with times of its own, and what passes reads back."""

    def clock(ms):
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"

    kept = sorted(cues)
    blocks = [f"{clock(b)} --> {clock(b + length)}\n{' '.join(w.split())}" for b, length, w in kept]
    data = "\n\n".join(["WEBVTT", *blocks]).encode()
    try:
        text = webvtt.checked("a.vtt", data)
    except webvtt.TranscriptError:
        assert not kept or "-->" in "".join(w for _b, _l, w in kept)
        return
    assert [round(cue.begin * 1000) for cue in webvtt.cues(text)] == [b for b, _l, _w in kept]
