"""The few templates of Wagtail that say English outright: as Wagtail's own, but for those words."""

from pathlib import Path

import pytest
import wagtail.admin
from django.template.loader import get_template
from django.utils.translation import override

from heritage.vietnamese.templates import SPOKEN

THEIRS = Path(wagtail.admin.__file__).parent / "templates"


@pytest.mark.parametrize("name", SPOKEN)
def test_the_words_still_stand_there_and_are_handed_to_translation(name):
    words, instead = SPOKEN[name]
    own = (THEIRS / name).read_text("utf-8")
    assert own.count(words) == 1
    assert get_template(name).template.source == own.replace(words, instead)


def test_they_are_said_in_the_language_of_who_reads_them():
    actions = get_template("wagtailadmin/shared/headers/_actions.html")
    with override("vi"):
        said = actions.render({"actions": ""})
    assert 'aria-label="Actions"' not in said
    with override("en"):
        assert 'aria-label="Actions"' in actions.render({"actions": ""})
