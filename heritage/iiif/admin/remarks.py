"""Remarks on scans in the admin: who writes them, staff of the scan's unit decide what is shown."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn

from heritage.accounts.viewsets import ScopedViewSet
from heritage.core.folding import nfc
from heritage.iiif import services
from heritage.iiif.admin.widgets import ImageIdentifierField
from heritage.iiif.models import Annotation


class RemarkForm(WagtailAdminModelForm):
    """The page is named by its image; who saves a remark has reviewed it."""

    canvas = ImageIdentifierField(
        label=_("Image"), help_text=_("The image of the page, such as TN01.1; it stands beside each scan.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "canvas" in self.fields:
            self.fields["canvas"].user = self.for_user

    def clean_text(self) -> str:
        return nfc(self.cleaned_data["text"]).strip()

    def save(self, commit: bool = True) -> Annotation:
        self.instance.reviewed_by = self.for_user
        if self.instance.pk is None:
            self.instance.written_by = self.for_user
        saved = super().save(commit=commit)
        if commit:
            services.touch(saved.canvas.digital_object)
        return saved


class RemarkViewSet(ScopedViewSet):
    model = Annotation
    icon = "comment"
    menu_label = _("Remarks on scans")
    menu_name = "remarks"
    menu_order = 111
    add_to_admin_menu = True
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("canvas"), FieldPanel("region")]),
            FieldRowPanel([FieldPanel("motivation"), FieldPanel("language"), FieldPanel("format")]),
            FieldPanel("text"),
            MultiFieldPanel([FieldPanel("other_text"), FieldPanel("other_language")], heading=_("In another language")),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
                heading=_("The place that is shown there"),
            ),
            FieldPanel("creator"),
            FieldPanel("state"),
        ],
        base_form_class=RemarkForm,
    )
    search_fields = ["text", "creator", "canvas__image_identifier"]
    list_filter = ["state", "motivation"]
    list_per_page = 50
    list_display = [
        "__str__",
        Column("get_motivation_display", label=_("Kind of remark")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("creator", label=_("Writer")),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Annotation.objects.select_related("canvas")
