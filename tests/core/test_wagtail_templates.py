"""The few templates of Wagtail that say English outright: as Wagtail's own, but for those words."""

from pathlib import Path

import pytest
import wagtail.admin

import heritage.vietnamese

OURS = Path(heritage.vietnamese.__file__).parent / "templates"
THEIRS = Path(wagtail.admin.__file__).parent / "templates"


@pytest.mark.parametrize("name", ["wagtailadmin/home.html", "wagtailadmin/shared/header.html"])
def test_a_copied_template_follows_wagtails(name):
    spoken = (THEIRS / name).read_text("utf-8").replace('value="Search"', "value=\"{% translate 'Search' %}\"")
    assert (OURS / name).read_text("utf-8") == spoken
