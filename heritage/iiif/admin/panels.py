"""Panels of the digital object's form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from heritage.core.panels import both_languages
from heritage.iiif import addresses
from heritage.iiif.admin.forms import DigitalObjectForm


class ScanPanel(Panel):
    """What a scan looks like and how it stands; nothing to type."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "iiif/admin/scan_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["instance"] = self.instance
            context["thumbnail"] = f"{addresses.image_path(self.instance.image_identifier)}/full/!120,120/0/default.jpg"
            return context


class ScansPanel(InlinePanel):
    """The scans of an object, to label, sort and remove; new ones come as files."""

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "iiif/admin/scans_panel.html"


DESCRIPTION = [
    FieldPanel("identifier"),
    both_languages("label"),
    both_languages("summary"),
    FieldPanel("shown_date"),
    FieldPanel("record_number"),
    FieldPanel("unit"),
]
SCANS = [
    FieldPanel("scans"),
    ScansPanel(
        "canvases",
        panels=[ScanPanel(), FieldRowPanel([FieldPanel("label_vi"), FieldPanel("label_en"), FieldPanel("behavior")])],
        label=_("Scan"),
        heading=_("Scans in their order"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("behavior"), FieldPanel("viewing_direction")]),
            FieldRowPanel([FieldPanel("start"), FieldPanel("start_second"), FieldPanel("poster")]),
        ],
        heading=_("How they are shown"),
    ),
]
STRUCTURE = [FieldPanel("contents"), FieldPanel("layers"), FieldPanel("control_points")]
RIGHTS = [
    FieldPanel("access"),
    FieldPanel("audience"),
    FieldPanel("rights"),
    both_languages("attribution"),
]

edit_handler = TabbedInterface(
    [
        ObjectList(SCANS, heading=_("Scans")),
        ObjectList(STRUCTURE, heading=_("Contents and map")),
        ObjectList(DESCRIPTION, heading=_("Description")),
        ObjectList(RIGHTS, heading=_("Access and rights")),
    ],
    base_form_class=DigitalObjectForm,
)
