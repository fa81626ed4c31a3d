"""Works as OPDS 2.0 publications (drafts.opds.io/opds-2.0) and audiobooks as Readium manifests.

Blank values and empty arrays are left out: the schemas refuse them.
"""

from typing import Any

from django.urls import reverse

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.library.models import Access, AudioTrack, Edition, EditionKind, Role, Work
from heritage.library.queries.lending import Availability

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
AUDIOBOOK = "application/audiobook+json"
REL = "http://opds-spec.org/acquisition"
AUDIOBOOK_PROFILE = "https://readium.org/webpub-manifest/profiles/audiobook"
ROLES = {
    Role.AUTHOR: "author",
    Role.TRANSLATOR: "translator",
    Role.EDITOR: "editor",
    Role.ILLUSTRATOR: "illustrator",
    Role.NARRATOR: "narrator",
    Role.PUBLISHER: "publisher",
}


def can_be_had(edition: Edition) -> bool:
    """Whether a reading program can acquire the edition at all."""
    return edition.kind in (EditionKind.EBOOK, EditionKind.AUDIOBOOK) and edition.access != Access.STAFF


def publication(work: Work, stocks: dict[int, Availability]) -> dict[str, Any]:
    """One publication. `stocks` has the availability of each lent edition by its primary key."""
    links = [{"rel": "self", "href": absolute(reverse("opds2_work", args=[work.number])), "type": PUBLICATION}]
    editions = filter(can_be_had, work.editions.all())
    links.extend(_acquisition(edition, stocks.get(edition.pk)) for edition in editions)
    links.append({"rel": "alternate", "href": absolute(work.get_absolute_url()), "type": "text/html"})
    result: dict[str, Any] = {"metadata": metadata(work), "links": links}
    if work.cover:
        rendition = work.cover.get_rendition("width-480|format-jpeg")
        image = {"href": absolute(rendition.url), "type": "image/jpeg"}
        result["images"] = [{**image, "width": rendition.width, "height": rendition.height}]
    return result


def metadata(work: Work) -> dict[str, Any]:
    """The description that publication and manifest share."""
    kinds = {edition.kind for edition in work.editions.all()}
    is_audio = EditionKind.AUDIOBOOK in kinds and EditionKind.EBOOK not in kinds
    result: dict[str, Any] = {
        "@type": "http://schema.org/Audiobook" if is_audio else "http://schema.org/Book",
        "identifier": absolute(f"/id/{work.number}"),
        "title": languages.pair(work, "title"),
        "language": work.language,
        "modified": work.modified_at.isoformat(),
    }
    if description := languages.in_language(work, "description"):
        result["description"] = description
    if work.publication_year:
        result["published"] = f"{work.publication_year:04d}-01-01"
    for one in work.contributors.all():
        result.setdefault(ROLES.get(Role(one.role), "contributor"), []).append({"name": one.name})
    if subjects := [subject.label_vi for subject in work.subjects.all()]:
        result["subject"] = subjects
    return result


def audiobook_manifest(work: Work, edition: Edition, tracks: list[AudioTrack], chapters: list) -> dict[str, Any]:
    """The Readium audiobook manifest of an edition; chapters inside tracks are `#t=` fragments of its contents."""
    href = {track.pk: absolute(reverse("track_file", args=[track.pk])) for track in tracks}
    return {
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": {
            **metadata(work),
            "@type": "http://schema.org/Audiobook",
            "conformsTo": AUDIOBOOK_PROFILE,
            "duration": round(sum(track.duration_s for track in tracks), 3),
        },
        "links": [{"rel": "self", "href": absolute(reverse("audiobook", args=[work.number])), "type": AUDIOBOOK}],
        "readingOrder": [
            {
                "href": href[track.pk],
                "type": track.media_type,
                "title": track.title,
                "duration": track.duration_s,
                "bitrate": round(track.size * 8 / 1000 / track.duration_s, 1),
            }
            for track in tracks
        ],
        "toc": [
            {
                "href": href[c.track_id] + (f"#t={c.start_s:g}" if c.start_s else ""),
                "title": c.title,
            }
            for c in chapters
            if c.track_id in href
        ],
    }


def _acquisition(edition: Edition, stock: Availability | None) -> dict[str, Any]:
    if edition.is_lent and stock is not None:
        return {
            "rel": f"{REL}/borrow",
            "href": absolute(edition.work.get_absolute_url()),
            "type": "text/html",
            "properties": {
                "availability": {"state": "available" if stock.free else "unavailable"},
                "copies": {"total": stock.copies, "available": stock.free},
                "holds": {"total": stock.waiting},
                "indirectAcquisition": [{"type": _type(edition)}],
            },
        }
    if edition.kind == EditionKind.AUDIOBOOK:
        href = reverse("audiobook", args=[edition.work.number])
    else:
        href = reverse("edition_file", args=[edition.pk])
    return {"rel": f"{REL}/open-access", "href": absolute(href), "type": _type(edition)}


def _type(edition: Edition) -> str:
    return AUDIOBOOK if edition.kind == EditionKind.AUDIOBOOK else edition.media_type
