"""Panels of the fields that only some kinds of records have; the form decides which of them it has."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel


class OfSomeKindsInlinePanel(InlinePanel):
    """Child rows that the form offers for some kinds only; not shown where it left them out."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs.get("form")
            if form is not None and kwargs["panel"].relation_name not in form.formsets:
                kwargs["form"] = None
            super().__init__(**kwargs)

        def is_shown(self) -> bool:
            return self.form is not None and super().is_shown()


def _pair(name: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(f"{name}_vi"), FieldPanel(f"{name}_en")])


PARTICULARS = [
    MultiFieldPanel(
        [FieldPanel("is_complex"), _pair("built"), _pair("dedicated"), FieldPanel("ownership")], heading=_("Monument")
    ),
    MultiFieldPanel([_pair("community"), FieldPanel("vitality")], heading=_("Living heritage")),
    MultiFieldPanel([_pair("honours"), _pair("organiser"), FieldPanel("festival_scale")], heading=_("Festival")),
    MultiFieldPanel([_pair("carrier"), _pair("extent"), FieldPanel("scripts")], heading=_("Document")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("inventory_number"), FieldPanel("item_count")]),
            _pair("material"),
            _pair("technique"),
        ],
        heading=_("Object"),
    ),
    OfSomeKindsInlinePanel(
        "dimensions",
        panels=[FieldRowPanel([FieldPanel("measure"), FieldPanel("value"), FieldPanel("unit"), FieldPanel("part")])],
        label=_("Dimension"),
        heading=_("Dimensions"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("named_feature"),
            _pair("name_origin"),
            FieldRowPanel([FieldPanel("named_on"), FieldPanel("naming_decision")]),
        ],
        heading=_("Street or place name"),
    ),
]
"""Shown as far as the kind of the record has them (`models.particulars.FIELDS_OF`)."""
