"""Static files by content-hashed names, whose addresses are worked out once."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class RememberingStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; a page asks for thirty addresses, and none changes while a process runs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]

    def save_manifest(self) -> None:
        self._addresses.clear()
        super().save_manifest()
