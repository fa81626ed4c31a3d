"""EPUBs and audiobooks as Readium manifests, and OPDS feeds: against the public JSON Schemas where a copy is at hand.

The schemas are not ours to keep here. A folder with checkouts of `readium/webpub-manifest` and `opds-community/drafts`
named by OPDS_SCHEMAS lets the last test run; the others need nothing.
"""

import json
import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from heritage.demo import samples
from heritage.library.imports import Terms, take_in
from heritage.library.models import Access, Work
from heritage.library.services import lending
from tests.factories.library import EditionFactory, ReaderCardFactory
from tests.library.epub import books

pytestmark = pytest.mark.django_db
SAMPLE = next(text for text in samples.texts() if text["audio"])
SCHEMAS = os.environ.get("OPDS_SCHEMAS", "")


def _in_python(schema: str) -> str:
    """Named groups as Python's expressions write them; the schemas write them as JavaScript's do."""
    return re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", schema)


@pytest.fixture
def work(tmp_path):
    (tmp_path / "a.epub").write_bytes(samples.epub_of(SAMPLE))
    take_in(samples.AUDIO / SAMPLE["slug"])
    return Work.objects.get(number=take_in(tmp_path / "a.epub").rows[0].number)


def test_an_epub_is_a_web_publication_whose_parts_run_nothing(client, work):
    edition = work.editions.get(kind="ebook")
    response = client.get(reverse("webpub", args=[edition.pk]))
    assert response["Content-Type"] == "application/webpub+json"
    manifest = response.json()
    assert [item["title"] for item in manifest["readingOrder"]] == [part["title"] for part in SAMPLE["parts"]]
    for link in [*manifest["readingOrder"], *manifest["resources"], *manifest["toc"]]:
        part = client.get(link["href"].partition("#")[0])
        assert part.status_code == 200
        assert part["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert part["X-Content-Type-Options"] == "nosniff"
    for name in ("META-INF/container.xml", "../settings.py", "EPUB/none.xhtml"):
        assert client.get(reverse("webpub_part", args=[edition.pk, name])).status_code == 404
    publication = client.get(reverse("opds2_work", args=[work.number])).json()
    assert response.request["PATH_INFO"] in str(publication["links"])


def test_a_lent_book_gives_no_manifest_and_no_part(client, tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain())
    number = take_in(tmp_path / "a.epub", Terms(access=Access.LENDING, copies=1)).rows[0].number
    edition = Work.objects.get(number=number).editions.get()
    addresses = [reverse("webpub", args=[edition.pk]), reverse("webpub_part", args=[edition.pk, "EPUB/part01.xhtml"])]
    assert [client.get(address).status_code for address in addresses] == [401, 401]
    assert "manifest.json" not in str(client.get(reverse("opds2_work", args=[number])).json())
    card = ReaderCardFactory()
    lending.borrow(card, edition)
    client.force_login(card.user)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


@pytest.mark.skipif(not SCHEMAS, reason="OPDS_SCHEMAS names no folder with the public schemas")
def test_feeds_and_manifests_pass_the_public_schemas(client, work):
    files = [json.loads(_in_python(path.read_text())) for path in Path(SCHEMAS).rglob("*.schema.json")]
    known = Registry().with_resources((f["$id"], Resource.from_contents(f, DRAFT7)) for f in files if "$id" in f)
    lent = EditionFactory(copies=1, work__number="TL-900001")
    lending.borrow(ReaderCardFactory(), lent)
    readium, opds = (
        "https://readium.org/webpub-manifest/schema/publication.schema.json",
        "https://drafts.opds.io/schema",
    )
    pairs = [
        (reverse("webpub", args=[work.editions.get(kind="ebook").pk]), readium),
        (reverse("audiobook", args=[work.number]), readium),
        (reverse("opds2"), f"{opds}/feed.schema.json"),
        (reverse("opds2") + "?query=khong+co+gi", f"{opds}/feed.schema.json"),
        (reverse("opds2_work", args=[lent.work.number]), f"{opds}/publication.schema.json"),
        (reverse("opds2_work", args=[work.number]), f"{opds}/publication.schema.json"),
        (reverse("opds_authentication"), f"{opds}/authentication.schema.json"),
    ]
    problems = []
    for address, schema in pairs:
        validator = Draft7Validator({"$ref": schema}, registry=known)
        found = validator.iter_errors(client.get(address).json())
        problems += [f"{address} {error.json_path} {error.message[:200]}" for error in found]
    assert problems == []
