"""Folders of their own for every test, and a scan that is ready."""

import pytest

from heritage.iiif import services
from heritage.iiif.models import Canvas
from tests.factories.iiif import DigitalObjectFactory, image_file


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.IIIF_ORIGINALS_DIR = tmp_path / "originals"
    settings.IIIF_PYRAMIDS_DIR = tmp_path / "pyramids"
    settings.IIIF_UPLOADS_DIR = tmp_path / "uploads"
    settings.IIIF_CACHE_DIR = tmp_path / "cache"


@pytest.fixture
def scan(db, tmp_path) -> Canvas:
    """The image TN01.1, 1300 x 900 pixels, open to everybody."""
    obj = DigitalObjectFactory(identifier="TN01", label_vi="Bia đá", label_en="Stone stele")
    return services.ingest(image_file(tmp_path, "bia.png"), obj, label_vi="Mặt trước", label_en="Front").canvases[0]
