"""The IIIF community's own Image API tests (iiif-validator-ng, Apache-2.0) against a live server of ours.

Its runner needs a newer Python than ours; its tests do not, so they are run one by one.
"""

import importlib
import pkgutil
import random
from pathlib import Path

import pytest
from iiif_validator import tests as official
from iiif_validator.tests import test as base

from heritage.iiif import services
from tests.factories.iiif import DigitalObjectFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOT_OFFERED = {"format_jp2", "format_pdf"}
DIFFERS = {
    "size_noup": "asks that !w,h fails above the region's size; section 4.2 says that it gives the region's size",
    "size_up": "takes ^max for the full size; section 4.2 says that it goes up to the limits",
    "rot_region_non90": "compares corners outside the picture, black there and white here",
}
MODULES = sorted({m.name for m in pkgutil.iter_modules(official.__path__)} - {"test"} - NOT_OFFERED - set(DIFFERS))


@pytest.fixture
def reference(live_server, settings, tmp_path):
    """The validator's reference picture, served."""
    settings.BASE_URL = live_server.url
    obj = DigitalObjectFactory(identifier="67352ccc-d1b0-11e1-89ae-279075081939")
    picture = Path(official.__path__[0]).parent / "validation_image.png"
    return services.ingest(picture, obj).canvases[0].image_identifier


@pytest.mark.parametrize("version", ["3", "2"])
def test_the_official_tests_pass(live_server, reference, version):
    kind = {"3": base.IIIFVersion.V3, "2": base.IIIFVersion.V2}[version]
    server = base.TargetServer(f"{live_server.url}/iiif/{version}", validation_id=reference, version=kind)
    random.seed(7)
    passed, failures = 0, []
    for name in MODULES:
        module = importlib.import_module(f"iiif_validator.tests.{name}")
        for test in vars(module).values():
            if not (isinstance(test, type) and test.__module__ == module.__name__ and hasattr(test, "versions")):
                continue
            if kind in test.versions:
                found = test.run(server)
                results = found if isinstance(found, list) else [found]
                failures += [one for one in results if isinstance(one, base.ValidationFailure)]
                passed += len(results)
    assert failures == []
    assert passed > 90
    assert server.feature_set().compliance_level == base.ComplianceLevel.LEVEL_2
