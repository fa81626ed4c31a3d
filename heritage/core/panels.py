"""What edit forms of every app have in common."""

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel


def both_languages(name: str, **options: Any) -> FieldRowPanel:
    """The Vietnamese and the English text of one field, side by side where there is room and below each other else."""
    return FieldRowPanel([FieldPanel(f"{name}_vi", **options), FieldPanel(f"{name}_en", **options)])
