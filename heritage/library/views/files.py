"""The files of editions, for those whose door is open; ranges, HEAD and validators by `core.sending`."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from heritage.core.sending import send
from heritage.library import access
from heritage.library.models import AudioTrack, Edition, Transcript
from heritage.library.opds import authentication

# A player asks for one file many times, so only what its answer needs is read.
DOOR = ("access", "modified_at", "work__live")
TRACKS = AudioTrack.objects.select_related("edition__work").only(
    "file", "format", "sha256", *(f"edition__{name}" for name in DOOR)
)
EDITIONS = Edition.objects.select_related("work").only("file", "format", "sha256", *DOOR)


@require_safe
def edition_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of an e-book."""
    edition = get_object_or_404(EDITIONS, pk=pk)
    if not edition.file:
        raise Http404
    return _send(request, edition, edition, edition.media_type)


@require_safe
def track_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One audio file of an audiobook."""
    track = get_object_or_404(TRACKS, pk=pk)
    return _send(request, track.edition, track, track.media_type)


@require_safe
def transcript(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is said in a track, as WebVTT; behind the same door as its sound."""
    found = get_object_or_404(Transcript.objects.select_related("track__edition__work"), track=pk)
    if closed := refusal(request, found.track.edition):
        return closed
    return HttpResponse(found.text, content_type="text/vtt; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _send(request: HttpRequest, edition: Edition, holder: Any, media_type: str) -> HttpResponseBase:
    if closed := refusal(request, edition):
        return closed
    is_public = edition.access == "open" and edition.work.live
    cache = "public, max-age=0, must-revalidate" if is_public else "private, no-store"
    return send(request, holder.file, media_type, holder.sha256, edition.modified_at.timestamp(), cache)


def refusal(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """Why the edition's files stay closed to this visitor; None where they are open."""
    user = request.user if request.user.is_authenticated else authentication.reader_of(request) or request.user
    door, _loan = access.door(user, edition)
    if door is access.Door.CLOSED:
        raise Http404
    if door.lets_in:
        return None
    return authentication.refusal(request) if door is access.Door.LOGIN else HttpResponse(status=403)
