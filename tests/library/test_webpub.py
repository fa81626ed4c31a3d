"""EPUBs and audiobooks as Readium manifests, and OPDS feeds: against JSON Schemas of our own, and the public ones too.

The public ones are not ours to keep here: OPDS_SCHEMAS may name a folder with checkouts of `readium/webpub-manifest`
and `opds-community/drafts`. Ours (`opds_schemas`) are always asked.
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
from tests.library import opds_schemas
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


def test_feeds_and_manifests_pass_the_schemas(client, work):
    files = [
        json.loads(_in_python(path.read_text())) for path in (Path(SCHEMAS).rglob("*.schema.json") if SCHEMAS else ())
    ]
    known = Registry().with_resources((f["$id"], Resource.from_contents(f, DRAFT7)) for f in files if "$id" in f)
    lent = EditionFactory(copies=1, work__number="TL-900001")
    lending.borrow(ReaderCardFactory(), lent)
    readium, opds = (
        "https://readium.org/webpub-manifest/schema/publication.schema.json",
        "https://drafts.opds.io/schema",
    )
    pairs = [
        (reverse("webpub", args=[work.editions.get(kind="ebook").pk]), readium, opds_schemas.MANIFEST),
        (reverse("audiobook", args=[work.number]), readium, opds_schemas.AUDIOBOOK),
        (reverse("opds2"), f"{opds}/feed.schema.json", opds_schemas.FEED),
        (reverse("opds2") + "?query=khong+co+gi", f"{opds}/feed.schema.json", opds_schemas.FEED),
        (reverse("opds2_work", args=[lent.work.number]), f"{opds}/publication.schema.json", opds_schemas.PUBLICATION),
        (reverse("opds2_work", args=[work.number]), f"{opds}/publication.schema.json", opds_schemas.PUBLICATION),
        (reverse("opds_authentication"), f"{opds}/authentication.schema.json", opds_schemas.AUTHENTICATION),
    ]
    problems = []
    for address, public, ours in pairs:
        for schema in (ours, *([{"$ref": public}] if SCHEMAS else [])):
            found = Draft7Validator(schema, registry=known).iter_errors(client.get(address).json())
            problems += [f"{address} {error.json_path} {error.message[:200]}" for error in found]
    assert problems == []


def test_the_schemas_refuse_what_the_specifications_forbid(client, work):
    feed = client.get(reverse("opds2")).json()
    wrong = [feed | {"links": []}, feed | {"publications": []}, feed | {"metadata": {}}]
    wrong += [feed | {"publications": [one | {"links": []} for one in feed["publications"]]}]
    wrong += [feed | {"navigation": [{"href": "https://a.example/"}]}]
    assert not [one for one in wrong if Draft7Validator(opds_schemas.FEED).is_valid(one)]
