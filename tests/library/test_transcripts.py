"""Transcripts in the admin: handed in, edited, checked with the line, seen beside the sound; imports keep them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.log_actions import registry

from heritage.accounts.models import Role, UnitRole
from heritage.demo import samples
from heritage.library.imports import take_in
from heritage.library.models import AudioTrack, Transcript
from tests.factories.library import ReaderCardFactory

pytestmark = pytest.mark.django_db
GOOD = "WEBVTT\n\n00:00.000 --> 00:02.000\nCâu <b>một</b>.\n\nmot\n00:02.000 --> 00:03.500 align:start\nCâu hai.\n"


@pytest.fixture
def track(tmp_path):
    (tmp_path / "01.mp3").write_bytes((samples.AUDIO / "stele-rubbing" / "01.mp3").read_bytes())
    (tmp_path / "01.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nTừ tệp", encoding="utf-8")
    take_in(tmp_path)
    return AudioTrack.objects.select_related("edition").get()


def test_staff_edit_check_and_keep_a_transcript(client, track, tmp_path):
    user = get_user_model().objects.create_user("thu-thu", password="x")
    UnitRole.objects.create(user=user, role=Role.LIBRARIAN)
    client.force_login(user)
    url = reverse("library_transcript", args=[track.pk])
    assert "Từ tệp" in client.get(url).content.decode()
    wrong = client.post(url, {"text": "WEBVTT\n\n00:05.000 --> 00:01.000\nLùi", "save": "1"})
    assert "3" in wrong.context["form"].errors["text"][0]
    assert "Lùi" in wrong.content.decode()
    late = client.post(url, {"text": "WEBVTT\n\n50:00:00.000 --> 50:00:09.000\nMuộn", "check": "1"})
    assert late.context["form"].errors["text"]
    checked = client.post(url, {"file": SimpleUploadedFile("a.vtt", GOOD.encode()), "check": "1"})
    assert [cue[2] for cue in checked.context["cues"]] == ["Câu một.", "Câu hai."]
    assert Transcript.objects.get().edited_at is None
    assert client.post(url, {"text": GOOD, "save": "1"}).status_code == 302
    assert client.get(reverse("transcript", args=[track.pk])).content.decode() == GOOD
    assert registry.get_logs_for_instance(track.edition).filter(action="library.transcript", user=user).exists()
    listed = client.get(reverse("library_transcripts", args=[track.edition.pk])).content.decode()
    assert url in listed
    (tmp_path / "01.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nBản mới từ tệp", encoding="utf-8")
    assert take_in(tmp_path).rows[0].outcome == "updated"
    assert AudioTrack.objects.get().pk == track.pk
    assert Transcript.objects.get().text == GOOD
    assert client.post(url, {"text": " ", "save": "1"}).status_code == 302
    assert not Transcript.objects.exists()


def test_others_cannot(client, track):
    client.force_login(ReaderCardFactory().user)
    for name, pk in (("library_transcript", track.pk), ("library_transcripts", track.edition.pk)):
        assert client.get(reverse(name, args=[pk])).status_code in (302, 403)
