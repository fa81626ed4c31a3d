"""Saved sets in the admin: staff choose objects that they or everybody may see, and put them in an order."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column

from heritage.accounts.viewsets import ScopedViewSet
from heritage.core import outbox
from heritage.core.panels import both_languages
from heritage.iiif.models import SavedSet
from heritage.iiif.models.saved_set import MOST_OBJECTS


class SavedSetForm(WagtailAdminModelForm):
    """The address stays once it is given away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "name" in self.fields:
            self.fields["name"].disabled = True

    @transaction.atomic
    def save(self, commit: bool = True) -> SavedSet:
        saved = super().save(commit=commit)
        if commit:
            outbox.changed(saved)
        return saved


class SavedSetViewSet(ScopedViewSet):
    model = SavedSet
    icon = "list-ul"
    menu_label = _("Saved sets of scans")
    menu_name = "saved_sets"
    menu_order = 112
    add_to_admin_menu = True
    edit_handler = ObjectList(
        [
            both_languages("label"),
            both_languages("summary"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("unit"), FieldPanel("is_public")]),
            InlinePanel(
                "entries",
                panels=[FieldPanel("digital_object")],
                heading=_("Objects in their order"),
                label=_("Object"),
                max_num=MOST_OBJECTS,
            ),
        ],
        base_form_class=SavedSetForm,
    )
    search_fields = ["name", "label_vi", "label_en"]
    list_filter = ["is_public", "unit"]
    list_per_page = 50
    list_display = [
        "label_vi",
        Column("name", label=_("Address"), sort_key="name"),
        Column("unit", label=_("Unit")),
        BooleanColumn("is_public", label=_("Shown")),
    ]

    def get_queryset(self, request: Any) -> Any:
        return SavedSet.objects.select_related("unit")
