"""The edit form of a record, in tabs as staff work: what it is, where, by which decision, in which words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from heritage.catalog.admin.forms import RecordForm
from heritage.catalog.admin.particulars import PARTICULARS
from heritage.catalog.admin.scans import ScansPanel
from heritage.catalog.dossiers.admin.panels import RecordDossiersPanel
from heritage.catalog.surveys.admin.panels import RecordConditionPanel
from heritage.catalog.zones.panels import ZONES
from heritage.core.panels import both_languages

IDENTITY = [
    FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
    both_languages("name"),
    InlinePanel("names", label=_("Other name"), heading=_("Other names")),
    FieldPanel("types"),
    FieldPanel("terms"),
    FieldPanel("ich_categories"),
    FieldPanel("periods"),
    FieldPanel("part_of"),
    InlinePanel("relations", label=_("Related record"), heading=_("Related records")),
    FieldPanel("tags"),
]
PLACE = [
    FieldPanel("unit"),
    FieldPanel("shared_units"),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [FieldPanel("commune_printed"), FieldPanel("district_printed"), FieldPanel("province_printed")]
            ),
        ],
        heading=_("Place as printed in the decision"),
    ),
    FieldPanel("address"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldRowPanel([FieldPanel("coord_accuracy_m"), FieldPanel("coord_basis")]),
            FieldPanel("coord_note"),
        ],
        heading=_("Point on the map"),
    ),
]
DESIGNATIONS = [
    InlinePanel(
        "designations",
        panels=[
            FieldRowPanel([FieldPanel("act"), FieldPanel("rank")]),
            FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decided_on"), FieldPanel("decided_year")]),
            FieldRowPanel([FieldPanel("authority", widget=forms.Select), FieldPanel("signer")]),
            both_languages("parts"),
            FieldRowPanel([FieldPanel("part", widget=forms.Select), FieldPanel("corrects")]),
            FieldPanel("scan", widget=forms.Select),
            both_languages("note"),
        ],
        label=_("Decision"),
        heading=_("Designations: the present rank follows from them"),
    ),
]
TEXTS = [
    both_languages("summary"),
    both_languages("text"),
    both_languages("licence"),
    FieldPanel("rights_statement"),
    FieldPanel("cover"),
    InlinePanel(
        "pictures",
        panels=[
            FieldPanel("image"),
            FieldRowPanel([FieldPanel("caption_vi"), FieldPanel("caption_en"), FieldPanel("taken_on")]),
        ],
        label=_("Picture"),
        heading=_("More pictures: credit and licence are those of each image"),
    ),
    both_languages("unknown"),
    FieldPanel("is_featured"),
]
FESTIVAL = [
    InlinePanel("lunar_rules", label=_("Festival day"), heading=_("Festival days of every year")),
    InlinePanel(
        "festival_years",
        panels=[
            FieldRowPanel([FieldPanel("year"), FieldPanel("is_cancelled")]),
            FieldRowPanel([FieldPanel("lunar_day"), FieldPanel("lunar_month"), FieldPanel("lunar_is_leap")]),
            FieldRowPanel([FieldPanel("lunar_length"), FieldPanel("starts_on"), FieldPanel("ends_on")]),
            both_languages("note"),
        ],
        label=_("Year"),
        heading=_("Years held otherwise"),
    ),
]
SOURCES = [
    InlinePanel(
        "sources",
        panels=[
            FieldRowPanel([FieldPanel("kind"), FieldPanel("authors"), FieldPanel("published_year")]),
            FieldPanel("citation"),
            FieldRowPanel([FieldPanel("pages"), FieldPanel("identifier"), FieldPanel("url")]),
        ],
        label=_("Source"),
        heading=_("Sources and bibliography"),
    ),
    FieldRowPanel([FieldPanel("confidence"), FieldPanel("confidence_note")]),
    FieldPanel("internal_note"),
]

edit_handler = TabbedInterface(
    [
        ObjectList(IDENTITY, heading=_("Identity")),
        ObjectList(PARTICULARS, heading=_("Of this kind")),
        ObjectList(PLACE, heading=_("Place")),
        ObjectList(DESIGNATIONS, heading=_("Designations")),
        ObjectList(ZONES, heading=_("Protection zones")),
        ObjectList(TEXTS, heading=_("Texts and picture")),
        ObjectList([ScansPanel()], heading=_("Scans")),
        ObjectList([RecordDossiersPanel()], heading=_("Dossiers")),
        ObjectList([RecordConditionPanel()], heading=_("Condition")),
        ObjectList(FESTIVAL, heading=_("Festival")),
        ObjectList(SOURCES, heading=_("Sources")),
    ],
    base_form_class=RecordForm,
)
