"""Several pictures on one page, missing pages, and contents of pieces, as staff type them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from heritage.iiif import checking, contents, layers, services, structure
from heritage.iiif.models import Canvas, State
from tests.factories.iiif import CanvasFactory, DigitalObjectFactory, image_file

pytestmark = pytest.mark.django_db
PAGES = [Canvas(pk=n, width=300, height=200, pyramid="a", media_type="image/png") for n in range(1, 5)]
PAGES.append(Canvas(pk=5, duration=9, media_type="audio/mpeg"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2", "hãy ghi trang"),
        ("2 | 9", "1 đến 5"),
        ("2 | 2", "chỉ được đặt một lần"),
        ("2 | 1\n2 | 3", "Dòng 2"),
        ("5 | 1", "phải là ảnh"),
        ("2 | 1 | 0,0,400,20", "300 × 200"),
        ("2 | 1 | 1,2,3", "trái,trên,rộng,cao"),
        ("2 | 1\n3 | 2", "Trang 2 đã nằm trên trang khác"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(text, reason):
    with pytest.raises(ValidationError) as wrong:
        layers.parse(text, PAGES)
    assert reason in " ".join(wrong.value.messages)


@given(st.text(alphabet="0123456789|, \n²", max_size=60))
def test_no_text_does_worse_than_a_refusal_and_what_passes_is_written_back(text):
    try:
        found = layers.parse(text, PAGES)
    except ValidationError:
        return
    assert all(one.page != one.on and one.on <= 4 for one in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A | | 1; 2-3", "dấu chấm phẩy"),
        ("A | | 1 | order", "sequence, no-nav"),
        ("A | | 1 | picture=9", "picture="),
        ("A | | 1\n- B | | 2; 1 | sequence", "Dòng 2"),
        ("A | | 2; 1 | sequence\n- B | | 2", "Dòng 2"),
        ("A | | 1; 9", "1 đến 5"),
    ],
)
def test_wrong_pieces_and_uses_are_named(text, reason):
    with pytest.raises(ValidationError) as wrong:
        contents.parse(text, 5)
    assert reason in " ".join(wrong.value.messages)


def test_pieces_and_uses_are_written_back_as_they_were_typed():
    text = "Tin | News | 2 xywh=1,2,3,4; 5\nNhư viết |  | 3; 1; 2 | sequence\nẢnh |  | 1 | thumbnail-nav picture=3"
    assert contents.format_entries(contents.parse(text, 5)) == text


def test_staff_lay_pictures_and_the_form_shows_them_again(client, admin_user, tmp_path):
    one = DigitalObjectFactory(identifier="BIA")
    for number in (1, 2, 3):
        services.ingest(image_file(tmp_path, f"{number}.png", 300 + number, 200), one, label_vi=f"Tờ {number}")
    client.force_login(admin_user)
    name = type(one).snippet_viewset.get_url_name("edit")
    form = client.get(reverse(name, args=[one.pk])).context["form"]
    assert form.fields["layers"].initial == ""
    pages = list(one.canvases.order_by("order"))
    structure.set_layers(one, layers.parse("2 | 1\n3 | 1 | 9,9,90,60", pages), pages)
    form = client.get(reverse(name, args=[one.pk])).context["form"]
    assert form.fields["layers"].initial == "2 | 1\n3 | 1 | 9,9,90,60"
    manifest = client.get("/iiif/presentation/3/BIA/manifest").json()
    assert len(manifest["items"]) == 1
    assert len(client.get("/iiif/presentation/2/BIA/manifest").json()["sequences"][0]["canvases"][0]["images"]) == 2
    assert client.get("/iiif/3/BIA.2/full/90,/0/default.jpg").status_code == 200
    pages = list(one.canvases.order_by("order"))
    structure.set_layers(one, [], pages)
    assert len(client.get("/iiif/presentation/3/BIA/manifest").json()["items"]) == 3


def test_a_missing_page_keeps_its_place_until_it_is_found(client, admin_user, tmp_path):
    one = DigitalObjectFactory(identifier="SO")
    services.ingest(image_file(tmp_path, "1.png", 300, 200), one)
    client.force_login(admin_user)
    assert client.post(reverse("scan_pages_missing", args=["SO"])).status_code == 303
    gap = one.canvases.get(state=State.MISSING)
    assert (gap.image_identifier, gap.width, gap.label_vi, gap.label_en) == ("SO.2", 300, "Trang thiếu", "Missing page")
    assert "Trang thiếu" in client.get("/vi/ban-so/SO/").content.decode()
    for road in ("/iiif/3/SO.2/info.json", "/iiif/3/SO.2/full/max/0/default.jpg", "/iiif/recording/SO.2"):
        assert client.get(road).status_code == 404
    third = client.get("/iiif/presentation/3/SO/manifest").json()
    second = client.get("/iiif/presentation/2/SO/manifest").json()
    assert (third["items"][1]["items"], second["sequences"][0]["canvases"][1]["images"]) == ([], [])
    pdf = client.get("/iiif/pdf/SO.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert list(checking.problems()) == []
    with pytest.raises(services.RefusedError):
        services.ingest(tmp_path / "1.png", one, replace=gap, name="x") if (tmp_path / "1.png").write_bytes(b"x") else 0
    gap.refresh_from_db()
    assert gap.state == State.MISSING
    found = services.ingest(image_file(tmp_path, "2.png", 500, 400), one, replace=gap).canvases[0]
    assert (found.state, found.width, found.image_identifier) == (State.READY, 500, "SO.2")


def test_layers_cost_one_query_however_many_there_are(client, django_assert_max_num_queries):
    one = DigitalObjectFactory(identifier="BIA")
    pages = [CanvasFactory(digital_object=one, image_identifier=f"BIA.{n}", order=n) for n in range(1, 13)]
    client.get("/vi/ban-so/BIA/")
    with django_assert_max_num_queries(40) as before:
        client.get("/vi/ban-so/BIA/")
    lines = "\n".join(f"{n + 1} | {n}" for n in range(1, 13, 2))
    structure.set_layers(one, layers.parse(lines, pages), pages)
    with django_assert_max_num_queries(len(before.captured_queries) + 1):
        assert client.get("/vi/ban-so/BIA/").status_code == 200
