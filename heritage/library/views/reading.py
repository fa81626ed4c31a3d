"""The reading room: the reader of e-books and the player of audiobooks."""

import time
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heritage.core import languages
from heritage.library import access
from heritage.library.models import Edition, EditionKind, FileFormat, LibrarySettings, Loan, Work
from heritage.library.queries.listening import audiobooks_for
from heritage.library.queries.page import edition_of
from heritage.library.views.other_form import device_key, other_form, sync_url
from heritage.library.views.shelves import absent

# A book is drawn in frames of `blob:` documents, which inherit this policy: its scripts never run, it reaches no
# host, it can post no form. Its own styles must apply, so styles inside the page are let in, here only.
READER_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "connect-src": [SELF, "blob:"],
    "frame-src": ["blob:"],
    "style-src": [SELF, "blob:", "'unsafe-inline'"],
    "img-src": [SELF, "blob:", "data:"],
    "font-src": [SELF, "blob:", "data:"],
    "media-src": ["blob:"],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}

PDF_PARTS = ("book.js", "worker.js")
SLEEP_MINUTES = (5, 15, 30, 45, 60, 90)
SPEEDS = (0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3)


@csp_replace(READER_POLICY)
@require_safe
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The e-book of a work in the reader; a scanned book leads to the page that shows its scans."""
    work, edition, loan, refusal = _open(request, number, EditionKind.EBOOK, EditionKind.SCAN)
    if refusal is not None or work is None or edition is None:
        return refusal or absent(request, number)
    if edition.kind == EditionKind.SCAN:
        if edition.digital_object is None:
            raise Http404
        return redirect("digital_object", edition.digital_object.identifier)
    context = {
        "work": work,
        "edition": edition,
        "book": {
            "url": reverse("edition_file", args=[edition.pk]),
            "format": edition.format or "epub",
            "language": edition.language,
            "direction": edition.page_direction,
            **pdf_parts(edition),
            **of_this_device(request, edition, loan),
            **dictionary(),
            "title": languages.in_language(work, "title"),
            "other": other_form(request, work, edition, _places_in_text(edition)),
            "words": {**reader_words(), **aloud_words(), **keeping_words()},
        },
        "speeds": speeds(),
    }
    return render(request, "library/read.html", context)


@require_safe
def listen(request: HttpRequest, number: str) -> HttpResponse:
    """The audiobook of a work in the player."""
    work, edition, loan, refusal = _open(request, number, EditionKind.AUDIOBOOK)
    if refusal is not None or work is None or edition is None:
        return refusal or absent(request, number)
    tracks = list(edition.tracks.select_related("transcript").defer("transcript__text"))
    chapters = list(edition.chapters.select_related("track"))
    book = player_book(work, edition, tracks, chapters)
    context = {
        "work": work,
        "edition": edition,
        "tracks": tracks,
        "chapters": chapters,
        "creators": list(work.contributors.all()),
        "sleep_minutes": SLEEP_MINUTES,
        "speeds": speeds(),
        "book": {
            **book,
            **of_this_device(request, edition, loan),
            "page": request.path,
            "more": audiobooks_for(request.user, work),
            "other": other_form(request, work, edition, book["chapters"]),
        },
    }
    return render(request, "library/listen.html", context)


def player_book(work: Work, edition: Edition, tracks: list, chapters: list) -> dict[str, Any]:
    """What the player needs to know; chapters begin at a second of the whole book."""
    begins, total = {}, 0.0
    for track in tracks:
        begins[track.pk] = total
        total += track.duration_s
    return {
        "title": languages.in_language(work, "title"),
        "author": ", ".join(c.name for c in work.contributors.all() if c.role == "aut"),
        "duration": total,
        "tracks": [
            {
                "url": reverse("track_file", args=[track.pk]),
                "type": track.media_type,
                "begin": begins[track.pk],
                "duration": track.duration_s,
                "transcript": reverse("transcript", args=[track.pk]) if hasattr(track, "transcript") else "",
            }
            for track in tracks
        ],
        "chapters": [
            {"title": chapter.title, "begin": begins.get(chapter.track_id, 0) + chapter.start_s}
            for chapter in chapters
        ],
        "words": {"play": _("Play"), "pause": _("Pause"), "ended": _("The audiobook has ended."),
                  "failed": _("The sound could not be loaded. Check the connection and press Play again."),
                  "press_play": _("The browser waits for you: press Play."),
                  "sleep": _("The sleep timer has stopped the sound."),
                  "sleep_at": _("The sound stops at %(time)s."),
                  "sleep_chapter": _("The sound stops at the end of this chapter."),
                  "sleep_off": _("The sound does not stop by itself."), **listening_words(), **keeping_words()},
    }  # fmt: skip


def dictionary() -> dict[str, str]:
    """Where selected words are looked up, as staff set it; blank where they set nothing."""
    template = LibrarySettings.load().dictionary_url
    return {"dictionary": template, "dictionary_host": urlsplit(template).hostname or ""}


def speeds() -> list[dict[str, str]]:
    """The speeds of sound: `value` for the program, `label` in the page's way of writing numbers."""
    return [{"value": f"{speed:g}", "label": number_format(speed)} for speed in SPEEDS]


def _places_in_text(edition: Edition) -> list[dict[str, Any]]:
    return [{"title": chapter.title, "href": chapter.href} for chapter in edition.chapters.all() if chapter.href]


def pdf_parts(edition: Edition) -> dict[str, Any]:
    """Where the program that draws a PDF lies; nothing for other formats."""
    if edition.format != FileFormat.PDF:
        return {"pdf": "", "more": []}
    folder = static("build/library/pdf/")
    return {"pdf": folder, "more": [folder + name for name in PDF_PARTS]}


def of_this_device(request: HttpRequest, edition: Edition, loan: Loan | None) -> dict[str, Any]:
    """What a copy kept on the device is known by, and until when it may be opened (milliseconds since 1970)."""
    return {
        "key": device_key(request, edition),
        "sync": sync_url(request, edition),
        "due": int(loan.due_at.timestamp() * 1000) if loan else 0,
        "now": time.time_ns() // 1_000_000,
    }


def aloud_words() -> dict[str, str]:
    """What the reader says about reading aloud."""
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "page": _("page %(page)s"),
        "voice_recorded": _("Recorded voice of the book"),
        "voice_device": _("Voice of this device"),
        "no_voice": _(
            "This browser has no voice for the language of this text (%(language)s). Add one in the settings of your "
            "device, or try another browser."
        ),
        "mark_before": _("the mark comes before the sound"),
        "mark_after": _("the mark comes after the sound"),
        "mark_with": _("the mark goes with the sound"),
        "voice_failed": _("The voice stopped with an error. Press Read aloud again."),
    }


def listening_words() -> dict[str, str]:
    """What the player says about bookmarks, the queue and the transcript."""
    return {
        "saved": _("Bookmark kept."),
        "remove": _("Remove"),
        "note": _("Note"),
        "add": _("Add to the queue"),
        "queued": _("Added to the queue."),
        "next_title": _("Next from the queue: %(title)s"),
        "go_to": _("Go to %(time)s"),
    }


def reader_words() -> dict[str, str]:
    """What the reader's program says, in the page's language."""
    return {
        "loading": _("Opening the book"),
        "failed": _("The book could not be opened. Check the connection and load the page again."),
        "refused": _("This book is no longer on loan to you."),
        "frame": _("Text of the book"),
        "where": _("%(percent)s%% of the book"),
        "kept": _("You are back where you stopped reading."),
        "kept_from": _("You are where you stopped reading on %(device)s."),
        "saved": _("Bookmark kept."),
        "removed": _("Bookmark removed."),
        "none": _("Nothing found."),
        "found": _("%(count)s places found"),
        "searching": _("Searching: %(percent)s%%"),
        "no_page": _("There is no such page; the book has pages 1 to %(count)s."),
        "note": _("Note"),
        "footnote": _("Note %(sign)s"),
    }


def keeping_words() -> dict[str, str]:
    """What is said about keeping a title on the device."""
    return {
        "keep": _("Keep on this device"),
        "drop": _("Remove from this device"),
        "keeping": _("Keeping: %(percent)s%%"),
        "kept_until": _("Kept on this device until %(due)s; it opens without a network."),
        "kept_here": _("Kept on this device; it opens without a network."),
        "dropped": _("Removed from this device. Your place and notes stay."),
        "no_room": _("There is no room left on this device. Remove another title first."),
        "not_kept": _("The title could not be kept. Check the connection and try again."),
        "over": _("The loan has ended, so the title is closed. Your place and notes are kept."),
    }


def _open(
    request: HttpRequest, number: str, *kinds: EditionKind
) -> tuple[Work | None, Edition | None, Loan | None, HttpResponse | None]:
    """The work and its edition, or the answer that leads whoever may not open it to where they can."""
    work = Work.objects.select_related("cover").filter(number=number).first()
    edition = edition_of(work, *kinds) if work else None
    if work is None or edition is None:
        return work, edition, None, absent(request, number) if work is None or not work.live else _not_here()
    door, loan = access.door(request.user, edition)
    if door.lets_in:
        return work, edition, loan, None
    if door is access.Door.CLOSED:
        return work, edition, None, absent(request, number)
    if door is access.Door.LOGIN:
        return work, edition, None, redirect(f"{reverse('login')}?{urlencode({'next': request.path})}")
    return work, edition, None, redirect("work", number)


def _not_here() -> HttpResponse:
    raise Http404
