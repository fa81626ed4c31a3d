"""Each kind of sound that the library takes, made by a real encoder, is taken in and sent as what it is."""

import subprocess

import pytest

from heritage.library.imports import take_in
from heritage.library.models import AudioTrack, Chapter, Edition

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]

CHAPTERS = """;FFMETADATA1
title=Lời mở
album=Sách nói nhiều dạng
artist=Thư viện tỉnh
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1000
title=Phần một
[CHAPTER]
TIMEBASE=1/1000
START=1000
END=2000
title=Phần hai
"""
KINDS = {
    "a.mp3": ("libmp3lame", "audio/mpeg"),
    "a.m4a": ("aac", "audio/mp4"),
    "a.m4b": ("aac", "audio/mp4"),
    "a.ogg": ("libvorbis", "audio/ogg"),
    "a.opus": ("libopus", "audio/ogg"),
    "a.flac": ("flac", "audio/flac"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_sound_of_this_kind_is_taken_in_and_sent(client, tmp_path, name):
    codec, media_type = KINDS[name]
    (tmp_path / "meta.txt").write_text(CHAPTERS)
    form = ["-f", "ipod"] if name.endswith("b") else []
    sound = ["-f", "lavfi", "-i", "sine=frequency=300:duration=2", "-i", tmp_path / "meta.txt", "-map_metadata", "1"]
    command = ["ffmpeg", "-v", "error", "-y", *sound, "-map_chapters", "1", "-c:a", codec, *form, tmp_path / name]
    subprocess.run(command, check=True)
    (row,) = take_in(tmp_path / name).rows
    assert (row.outcome, row.title, row.reason) == ("created", "Sách nói nhiều dạng", "")
    edition, track = Edition.objects.get(), AudioTrack.objects.get()
    assert edition.duration_s == pytest.approx(2, abs=0.2)
    assert edition.work.contributors.get().name == "Thư viện tỉnh"
    if name.endswith("b"):
        assert list(Chapter.objects.values_list("title", "start_s")) == [("Phần một", 0), ("Phần hai", 1)]
    answer = client.get(f"/library/tracks/{track.pk}", headers={"range": "bytes=0-9"})
    assert (answer.status_code, answer["Content-Type"]) == (206, media_type)
    assert b"".join(answer.streaming_content) == (tmp_path / name).read_bytes()[:10]
