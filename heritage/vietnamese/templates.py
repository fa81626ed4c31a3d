"""Templates of Wagtail that say English outright: their words are handed to translation as the files are read."""

from typing import Any

from django.template.loaders.app_directories import Loader as AppDirectories

SPOKEN = {
    "wagtailadmin/home.html": ('value="Search"', "value=\"{% translate 'Search' %}\""),
    "wagtailadmin/shared/header.html": ('value="Search"', "value=\"{% translate 'Search' %}\""),
    "wagtailadmin/shared/headers/_actions.html": (
        'aria-label="Actions"',
        "{% load i18n %}aria-label=\"{% translate 'Actions' %}\"",
    ),
    # Of an entry that says why (`UnitLogEntry.says_why`) the words are a reason.
    "wagtailadmin/generic/history/action_cell.html": (
        '{% trans "Comment" %}',
        '{% if instance.says_why %}{% translate "Reason" %}{% else %}{% trans "Comment" %}{% endif %}',
    ),
}
"""By template what it says, and what is read instead."""


class Loader(AppDirectories):
    """Templates of the installed apps, as Django finds them, with `SPOKEN`."""

    def get_contents(self, origin: Any) -> str:
        text: str = super().get_contents(origin)
        return text.replace(*SPOKEN[origin.template_name]) if origin.template_name in SPOKEN else text
