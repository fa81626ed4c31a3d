"""The configuration of nginx that institutions are given, in a real nginx before an archive that counts."""

import threading
import urllib.error
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks import _library_servers as servers

pytestmark = pytest.mark.nginx

SOUND = bytes(range(256)) * 8


class Archive(BaseHTTPRequestHandler):
    """Sends track 1 to whoever has the session "reader", and says why not to everybody else."""

    protocol_version = "HTTP/1.1"
    asked: Counter[str] = Counter()
    is_open = True

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        reader = self.headers.get("Cookie", "").endswith("sessionid=reader") or self.headers.get("Authorization")
        if self.path.startswith("/library/") and self.path.partition("?")[0] != "/library/tracks/1":
            self._answer(404, b"no such track")
        elif not reader:
            self._answer(401, b"log in", WWW_Authenticate='Basic realm="library"')
        elif not self.is_open:
            self._answer(403, b"given back")
        else:
            sent = {"q": "/stored/tracks/a%20b.m4b", "s3": f"/bucket{SIGNED}"}.get(self.path.partition("?")[2], SENT)
            self._answer(200, b"", X_Accel_Redirect=sent, **KEPT)

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        pass


class Bucket(BaseHTTPRequestHandler):
    """Sends whatever it is asked for, and keeps how it was asked."""

    seen: list[tuple[str, str, str, str | None, str | None]] = []

    def do_GET(self) -> None:
        asked = self.headers
        self.seen.append((self.command, self.path, asked["Host"], asked["Cookie"], asked["Range"]))
        part = asked["Range"] == "bytes=10-19"
        body = SOUND[10:20] if part else SOUND
        self.send_response(206 if part else 200)
        for name, value in {"Content-Type": "audio/mp4", "ETag": '"of-the-bucket"', "Cache-Control": "public"}.items():
            self.send_header(name, value)
        if part:
            self.send_header("Content-Range", f"bytes 10-19/{len(SOUND)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        pass


SIGNED = "/books/library/tracks/L1-001.m4b?X-Amz-Credential=key%2F20260101%2Fs3&X-Amz-Signature=0f"
SENT = "/stored/tracks/L1-001.m4b"
KEPT = {"Cache_Control": "private, no-store", "Content_Type": "audio/mp4", "Set_Cookie": "other=1"}


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    root = tmp_path_factory.mktemp("media")
    (root / "tracks").mkdir()
    (root / "tracks/L1-001.m4b").write_bytes(SOUND)
    (root / "tracks/a b.m4b").write_bytes(SOUND)
    archive, bucket = (ThreadingHTTPServer(("127.0.0.1", 0), one) for one in (Archive, Bucket))
    for server in (archive, bucket):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    there = f"127.0.0.1:{bucket.server_port}"
    with servers.nginx(root, behind=f"http://127.0.0.1:{archive.server_port}", bucket=there) as address:
        yield address
    for server in (archive, bucket):
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def opened():
    Archive.asked.clear()
    Archive.is_open = True


def ask(url, method="GET", **headers):
    request = urllib.request.Request(url, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_parts_of_a_sound_are_sent_by_nginx_after_one_question(front):
    url, reader = f"{front}/library/tracks/1", {"Cookie": "sessionid=reader"}
    status, headers, body = ask(url, Range="bytes=100-199", **reader)
    assert (status, body, headers["Content-Range"]) == (206, SOUND[100:200], f"bytes 100-199/{len(SOUND)}")
    assert (headers["Content-Type"], headers["Cache-Control"]) == ("audio/mp4", "private, no-store")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Accel-Redirect" not in headers
    assert "Set-Cookie" not in headers
    assert ask(url, Range="bytes=-5", **reader)[2] == SOUND[-5:]
    assert ask(url, Range=f"bytes={len(SOUND)}-", **reader)[0] == 416
    assert ask(url, Range="bytes=0-1", If_Range='"another"', **reader)[0] == 200
    assert ask(url, Range="bytes=0-1", If_Range=headers["ETag"], **reader)[0] == 206
    assert ask(url, If_None_Match=headers["ETag"], **reader)[0] == 304
    assert ask(url, "HEAD", **reader)[1]["Content-Length"] == str(len(SOUND))
    status, headers, body = ask(url, Range="bytes=0-1,4-5", **reader)
    assert (status, headers.get_content_type()) == (206, "multipart/byteranges")
    assert Archive.asked == {"/library/tracks/1": 1}


def test_a_yes_to_one_reader_opens_nothing_to_another(front):
    url = f"{front}/library/tracks/1"
    assert ask(url, Cookie="sessionid=reader")[0] == 200
    status, headers, body = ask(url)
    assert (status, body, headers["WWW-Authenticate"]) == (401, b"log in", 'Basic realm="library"')
    assert ask(url, Cookie="sessionid=other; sessionid=reader")[0] == 200  # the last one counts for the archive
    assert ask(url, Cookie="sessionid=other")[0] == 401
    assert ask(f"{front}/library/tracks/2", Cookie="sessionid=reader")[::2] == (404, b"no such track")


def test_a_no_is_never_kept_and_a_password_is_asked_each_time(front):
    url = f"{front}/library/tracks/1"
    assert ask(url, Cookie="sessionid=late")[0] == 401
    for _turn in range(3):
        assert ask(url, Authorization="Basic eDp5")[0] == 200
    assert Archive.asked["/library/tracks/1"] == 5  # the "no" was asked for and then answered by the archive
    Archive.is_open = False
    assert ask(url, Authorization="Basic eDp5")[::2] == (403, b"given back")


def test_what_is_stored_cannot_be_had_by_its_path(front):
    assert ask(f"{front}/stored/tracks/L1-001.m4b", Cookie="sessionid=reader")[0] == 404
    assert ask(f"{front}/door", Cookie="sessionid=reader")[0] == 404


def test_other_files_go_the_way_of_the_header(front):
    status, headers, body = ask(f"{front}/dossiers/files/1?q", Cookie="sessionid=reader", Range="bytes=0-9")
    assert (status, body, headers["Content-Type"]) == (206, SOUND[:10], "audio/mp4")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_lies_in_a_bucket_is_fetched_at_its_signed_address(front):
    Bucket.seen.clear()
    url, reader = f"{front}/library/tracks/1?s3", {"Cookie": "sessionid=reader"}
    status, headers, body = ask(url, Range="bytes=10-19", **reader)
    assert (status, body, headers["Content-Range"]) == (206, SOUND[10:20], f"bytes 10-19/{len(SOUND)}")
    assert (headers["ETag"], headers["Cache-Control"]) == ('"of-the-bucket"', "private, no-store")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    status, headers, body = ask(url, "HEAD", **reader)
    assert (status, headers["Content-Length"], body) == (200, str(len(SOUND)), b"")
    host = Bucket.seen[0][2]
    assert host.startswith("127.0.0.1:")  # what is signed for, with the path and the query
    assert Bucket.seen == [("GET", SIGNED, host, None, "bytes=10-19"), ("GET", SIGNED, host, None, None)]
    assert ask(f"{front}/bucket{SIGNED}", **reader)[0] == 404
