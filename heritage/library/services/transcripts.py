"""Writing the transcript of an audio track by hand."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from heritage.library.models import AudioTrack, Transcript


@transaction.atomic
def write(track: AudioTrack, text: str, user: Any) -> Transcript | None:
    """Keep `text`, which was checked, as staff wrote it: later imports leave it alone; "" takes it away."""
    data = {"track": str(track)}
    if not text:
        Transcript.objects.filter(track=track).delete()
        log(track.edition, "library.transcript", user=user, data=data | {"removed": True})
        return None
    values = {"text": text, "edited_at": timezone.now()}
    kept, _is_new = Transcript.objects.update_or_create(track=track, defaults=values)
    log(track.edition, "library.transcript", user=user, data=data)
    return kept
