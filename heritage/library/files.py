"""Where the files of editions lie: below `MEDIA_ROOT`, or in the bucket that `LIBRARY_FILES_URL` names."""

from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.utils.deconstruct import deconstructible

from heritage.iiif.stores import BucketStorage

MEDIA_TYPES = {
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".cbz": "application/vnd.comicbook+zip",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
}


@deconstructible
class ShelfStorage(Storage):
    """The one of the two that the settings name at the time of asking."""

    @property
    def _place(self) -> Any:
        url = settings.LIBRARY_FILES_URL
        return BucketStorage(url, MEDIA_TYPES) if url else default_storage

    def signed_url(self, name: str) -> str:
        """An address of the bucket that needs no further proof; "" where the file lies on disk."""
        return str(self._place.signed_url(name)) if settings.LIBRARY_FILES_URL else ""

    def path(self, name: str) -> str:
        return str(self._place.path(name))

    def size(self, name: str) -> int:
        return int(self._place.size(name))

    def exists(self, name: str) -> bool:
        return bool(self._place.exists(name))

    def delete(self, name: str) -> None:
        self._place.delete(name)

    def open(self, name: str, mode: str = "rb") -> Any:
        return self._place.open(name, mode)

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        return str(self._place.save(name, content, max_length=max_length))
