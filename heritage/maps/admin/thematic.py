"""The screen of thematic maps: layers as boxes to tick, shapes drawn on a map or loaded from a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface

from heritage.catalog.moderation.admin.inspecting import FilledInspectView
from heritage.catalog.moderation.admin.viewset import VersionedViewSet
from heritage.core.panels import both_languages
from heritage.maps import geofiles, historical
from heritage.maps import layers as vocabulary
from heritage.maps.admin.widgets import ShapesInput
from heritage.maps.models import ThematicMap


class ThematicMapForm(WagtailAdminModelForm):
    """`shapes_file` adds what a GeoJSON, KML or GPX file holds to what is drawn: nobody redraws a track."""

    layers = forms.MultipleChoiceField(
        label=_("Layers (none chosen: all)"),
        choices=[(layer.slug, layer.label) for layer in vocabulary.LAYERS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ranks = forms.MultipleChoiceField(
        label=_("Ranks of heritage (none chosen: all)"),
        choices=[(band.slug, band.label) for band in vocabulary.BANDS if band.code],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    overlays = forms.MultipleChoiceField(
        label=_("Historical maps"),
        choices=historical.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Open scans with control points; they are shown at once, each with its opacity."),
    )
    shapes_file = forms.FileField(
        label=_("Add shapes from a file"), required=False, help_text=_(".geojson, .kml or .gpx, at most 5 MB.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file = cleaned.get("shapes_file")
        if file is not None:
            try:
                added = geofiles.read(file.name, file.read(geofiles.LARGEST + 1))
                drawn = cleaned.get("shapes") or {}
                present = drawn.get("features", []) if isinstance(drawn, dict) else []
                cleaned["shapes"] = geofiles.cleaned({"type": "FeatureCollection", "features": [*present, *added]})
            except geofiles.BadGeometry as error:
                self.add_error("shapes_file", str(error))
        return cleaned


class ThematicMapViewSet(VersionedViewSet):
    """Thematic maps in the admin."""

    model = ThematicMap
    icon = "globe"
    menu_label = _("Thematic maps")
    menu_order = 223
    add_to_admin_menu = True
    inspect_view_class = FilledInspectView
    inspect_view_fields = ["title_vi"]
    list_display = ["title_vi", "unit", "live"]
    list_filter = ["live"]
    search_fields = ["title_vi", "title_en", "slug"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    both_languages("title"),
                    FieldPanel("slug"),
                    both_languages("story"),
                    FieldPanel("unit"),
                ],
                heading=_("Story"),
            ),
            ObjectList(
                [
                    FieldPanel("layers"),
                    FieldPanel("ranks"),
                    FieldPanel("overlays"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("zoom")]),
                    FieldPanel("shapes", widget=ShapesInput),
                    FieldPanel("shapes_file"),
                ],
                heading=_("Map"),
            ),
        ],
        base_form_class=ThematicMapForm,
    )
