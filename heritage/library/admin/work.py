"""The screens of works."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import IndexView

from heritage.catalog.admin.export import ExportMixin
from heritage.catalog.models import Record
from heritage.catalog.moderation.admin.viewset import VersionedViewSet
from heritage.core.panels import both_languages
from heritage.library.models import Work
from heritage.library.queries.shelves import matching
from heritage.library.records import formats


class WorkForm(WagtailAdminModelForm):
    """Records are named by their numbers: a list of the whole register would be no choice."""

    record_numbers = forms.CharField(
        label=_("Heritage records, by number"),
        required=False,
        max_length=4000,
        help_text=_("Numbers of the records that the work is about, with commas between: TN01, TN02."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            numbers = [record.number for record in self.instance.records.all()]
            self.fields["record_numbers"].initial = ", ".join(numbers)
            if "number" in self.fields:
                self.fields["number"].disabled = True

    def clean_record_numbers(self) -> list[Record]:
        numbers = [n for n in re.split(r"[\s,;]+", self.cleaned_data["record_numbers"].upper()) if n]
        found = {record.number: record for record in Record.objects.filter(number__in=numbers)}
        if unknown := [number for number in numbers if number not in found]:
            message = _("No record has the number %(numbers)s.") % {"numbers": ", ".join(unknown[:10])}
            raise forms.ValidationError(message)
        return [found[number] for number in dict.fromkeys(numbers)]

    def save(self, commit: bool = True) -> Any:
        self.instance.records.set(self.cleaned_data.get("record_numbers") or [])
        return super().save(commit=commit)


class WorkIndexView(ExportMixin, IndexView):
    """Works in a fixed number of queries; the search box does not mind marks. What is listed goes out as a file."""

    formats, file_stem = formats.FORMATS, "sach"

    def exported_rows(self) -> Iterable[Any]:
        return formats.described(self.get_queryset())

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return matching(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "title_vi",
            Column("number", label=pgettext_lazy("of a record", "Number"), sort_key="number"),
            Column("language", label=_("Language"), accessor="get_language_display"),
            Column("licence", label=_("Licence"), accessor="get_licence_display"),
            UpdatedAtColumn(),
        ]


class WorkViewSet(VersionedViewSet):
    model = Work
    icon = "doc-full"
    menu_label = _("Works")
    menu_name = "works"
    index_view_class = WorkIndexView
    list_filter = ["language", "audience", "licence", "live"]
    list_per_page = 30
    inspect_view_fields = ["number", "title_vi", "title_en", "description_vi", "description_en", "licence"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("number"),
                    both_languages("title"),
                    both_languages("description"),
                    InlinePanel(
                        "contributors",
                        label=_("Contributors"),
                        panels=[FieldPanel("name"), FieldPanel("role"), FieldPanel("authority")],
                    ),
                    FieldPanel("cover"),
                ],
                heading=pgettext_lazy("of a work", "Text"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("language"), FieldPanel("audience"), FieldPanel("publication_year")]),
                    FieldRowPanel([FieldPanel("series"), FieldPanel("series_number")]),
                    FieldPanel("subjects", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("record_numbers"),
                    FieldPanel("unit"),
                ],
                heading=_("Description"),
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("licence"), both_languages("terms")]),
                    FieldPanel("is_sample"),
                ],
                heading=_("Rights"),
            ),
        ],
        base_form_class=WorkForm,
    )
