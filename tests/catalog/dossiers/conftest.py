"""Files of dossiers go to a folder of the test."""

import pytest


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
