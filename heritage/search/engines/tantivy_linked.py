"""Reading an index whose directory cannot be written: tantivy locks even to read, so it is given links."""

import os
import tempfile
from pathlib import Path


def can_be_written(folder: Path) -> bool:
    """Whether this process may make files in `folder`, by its rights and the file system's."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


class Linked:
    """A directory of our own with links to the files of `folder` as they are now; it goes with the object."""

    def __init__(self, folder: Path) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="search-read-")
        self.path = Path(self._kept.name)
        for file in folder.iterdir():
            if not file.name.endswith(".lock"):
                (self.path / file.name).symlink_to(file.resolve())
