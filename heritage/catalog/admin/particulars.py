"""Panels of the fields that only some kinds of records have; the form decides which of them it has."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from heritage.core.panels import both_languages


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


PARTICULARS = [
    MultiFieldPanel(
        [FieldPanel("is_complex"), both_languages("built"), both_languages("dedicated"), FieldPanel("ownership")],
        heading=_("Monument"),
    ),
    MultiFieldPanel([both_languages("community"), FieldPanel("vitality")], heading=_("Living heritage")),
    MultiFieldPanel(
        [both_languages("honours"), both_languages("organiser"), FieldPanel("festival_scale")], heading=_("Festival")
    ),
    MultiFieldPanel(
        [both_languages("carrier"), both_languages("extent"), FieldPanel("scripts")], heading=_("Document")
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("inventory_number"), FieldPanel("item_count")]),
            both_languages("material"),
            both_languages("technique"),
        ],
        heading=pgettext_lazy("of a museum", "Object"),
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
            both_languages("name_origin"),
            FieldRowPanel([FieldPanel("named_on"), FieldPanel("naming_decision")]),
        ],
        heading=_("Street or place name"),
    ),
]
"""Shown as far as the kind of the record has them (`models.particulars.FIELDS_OF`)."""
