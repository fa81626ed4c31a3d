"""Works as OPDS 2.0 publications (drafts.opds.io/opds-2.0) and audiobooks as Readium manifests.

Blank values and empty arrays are left out: the schemas refuse them.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.library.models import (
    Access,
    AudioTrack,
    Contributor,
    Edition,
    EditionKind,
    FileFormat,
    Hold,
    Loan,
    ReaderCard,
    Role,
    Work,
)
from heritage.library.opds import progression
from heritage.library.queries.lending import Availability, availabilities, holds_of, loans_of

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
AUDIOBOOK = "application/audiobook+json"
WEBPUB = "application/webpub+json"
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


@dataclass(frozen=True)
class Mine:
    """What one reader has on loan and waits for, by the edition's primary key."""

    loans: dict[int, Loan]
    holds: dict[int, Hold]


NOBODY = Mine({}, {})


def mine_of(card: ReaderCard) -> Mine:
    """In two queries."""
    loans = {loan.edition_id: loan for loan in loans_of(card)}
    return Mine(loans, {hold.edition_id: hold for hold in holds_of(card)})


def publication(work: Work, stocks: dict[int, Availability], mine: Mine = NOBODY) -> dict[str, Any]:
    """One publication. `stocks` has the availability of each lent edition by its primary key."""
    links = [{"rel": "self", "href": absolute(reverse("opds2_work", args=[work.number])), "type": PUBLICATION}]
    editions = list(filter(can_be_had, work.editions.all()))
    for edition in editions:
        links.extend(_acquisition(edition, stocks.get(edition.pk), mine))
        if edition.format == FileFormat.EPUB and edition.access == Access.OPEN:
            links.append({"rel": "alternate", "href": absolute(reverse("webpub", args=[edition.pk])), "type": WEBPUB})
    links.extend(map(progression.link, editions[:1]))  # of the edition that comes first; manifests name their own
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
        result.setdefault(ROLES.get(Role(one.role), "contributor"), []).append(_contributor(one))
    if subjects := [subject.label_vi for subject in work.subjects.all()]:
        result["subject"] = subjects
    return result


def _contributor(one: Contributor) -> dict[str, str]:
    links = one.authority.links if one.authority_id and one.authority else []
    return {"name": one.name, **({"identifier": links[0][1]} if links else {})}


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
        "links": [
            {"rel": "self", "href": absolute(reverse("audiobook", args=[work.number])), "type": AUDIOBOOK},
            progression.link(edition),
        ],
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


def shelf(works: list[Work], mine: Mine) -> dict[str, Any]:
    """The feed of a reader's own titles."""
    stocks = availabilities([edition for work in works for edition in work.editions.all() if edition.is_lent])
    feed: dict[str, Any] = {
        "metadata": {"title": _("My loans"), "numberOfItems": len(works)},
        "links": [
            {"rel": "self", "href": absolute(reverse("opds2_shelf")), "type": FEED},
            {"rel": "start", "href": absolute(reverse("opds2")), "type": FEED},
        ],
    }
    if works:
        feed["publications"] = [publication(work, stocks, mine) for work in works]
    else:
        feed["navigation"] = [{"href": absolute(reverse("opds2")), "title": _("Library"), "type": FEED}]
    return feed


def answer(body: dict[str, Any], media_type: str) -> HttpResponse:
    return answer_bytes(json.dumps(body, ensure_ascii=False).encode(), media_type)


def answer_bytes(body: bytes, media_type: str) -> HttpResponse:
    return HttpResponse(body, content_type=media_type, headers={"Content-Language": languages.current()})


def _acquisition(edition: Edition, stock: Availability | None, mine: Mine) -> list[dict[str, Any]]:
    if not (edition.is_lent and stock is not None):
        return [{"rel": f"{REL}/open-access", "href": _file(edition), "type": _type(edition)}]
    loan, hold = mine.loans.get(edition.pk), mine.holds.get(edition.pk)
    back = {
        "rel": "http://librarysimplified.org/terms/rel/revoke",
        "href": absolute(reverse("opds_return", args=[edition.pk])),
        "type": PUBLICATION,
    }
    if loan is not None:
        since, until = loan.borrowed_at.isoformat(), loan.due_at.isoformat()
        properties: dict[str, Any] = {"availability": {"state": "available", "since": since, "until": until}}
        return [{"rel": REL, "href": _file(edition), "type": _type(edition), "properties": properties}, back]
    return [_borrow_link(edition, stock, hold), *([back] if hold is not None else [])]


def _borrow_link(edition: Edition, stock: Availability, hold: Any) -> dict[str, Any]:
    availability = {"state": "available" if stock.free else "unavailable"}
    holds = {"total": stock.waiting}
    if hold is not None and hold.ready_until:
        until = hold.ready_until.isoformat()
        availability, holds = {"state": "ready", "until": until}, holds | {"position": 0}
    elif hold is not None:
        availability = {"state": "reserved", "since": hold.placed_at.isoformat()}
        holds |= {"position": hold.queue_place}
    return {
        "rel": f"{REL}/borrow",
        "href": absolute(reverse("opds_borrow", args=[edition.pk])),
        "type": PUBLICATION,
        "properties": {
            "availability": availability,
            "copies": {"total": stock.copies, "available": stock.free},
            "holds": holds,
            "indirectAcquisition": [{"type": _type(edition)}],
        },
    }


def _file(edition: Edition) -> str:
    if edition.kind == EditionKind.AUDIOBOOK:
        return absolute(reverse("audiobook", args=[edition.work.number]))
    return absolute(reverse("edition_file", args=[edition.pk]))


def _type(edition: Edition) -> str:
    return AUDIOBOOK if edition.kind == EditionKind.AUDIOBOOK else edition.media_type or "application/octet-stream"
