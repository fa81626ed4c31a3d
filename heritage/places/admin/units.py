"""Administrative units in the admin: found by old and new names; what became of each stands beside it."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from heritage.places import queries
from heritage.places.models import Unit
from heritage.places.models.unit import Level


class UnitFilterSet(WagtailFilterSet):
    """By level, province, and whether the unit is in force."""

    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level)
    province = django_filters.ModelChoiceFilter(label=_("Province"), queryset=Unit.objects.none())
    former = django_filters.BooleanFilter(
        label=_("No longer in force"), field_name="valid_to", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Unit
        fields = ["level", "province", "former"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["province"].queryset = Unit.objects.filter(level=Level.PROVINCE).order_by("-valid_from", "folded")


class FullNameColumn(Column):
    """The unit with those above it."""

    def get_value(self, instance: Unit) -> str:
        return instance.full_label("vi")


class BecameColumn(Column):
    """What a former unit is now, with "a part" where it was divided."""

    def get_value(self, instance: Unit) -> str:
        parts = []
        for change in instance.successions.all():
            name = change.successor.full_label("vi")
            parts.append(gettext("%(unit)s (a part)") % {"unit": name} if change.is_partial else name)
        return "; ".join(parts)


class UnitIndexView(IndexView):
    """Search reads names without marks, whatever Wagtail's search backend is."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet[Unit]:
        return queries.with_history(Unit.objects.all())

    def search_queryset(self, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
        if not self.search_query:
            return queryset
        found = queries.matching(queryset, self.search_query)
        return found if not self.request.GET.get("ordering") else found.order_by(*queryset.query.order_by)


class UnitViewSet(ModelViewSet):
    """Units are read here; the shipped table and recorded changes write them."""

    model = Unit
    name = "units"
    icon = "globe"
    menu_label = _("Administrative units")
    menu_order = 800
    add_to_settings_menu = True
    index_view_class = UnitIndexView
    filterset_class = UnitFilterSet
    ordering = ["-valid_from", "code"]
    list_display = [
        "code",
        FullNameColumn("name", label=_("Name"), sort_key="folded"),
        "valid_from",
        "valid_to",
        BecameColumn("became", label=_("Now")),
    ]
    list_per_page = 50
    panels = [
        "code",
        "level",
        "name",
        "name_en",
        FieldPanel("parent", heading=_("Parent unit")),
        FieldPanel("province", heading=_("Province")),
        "valid_from",
        "valid_to",
    ]
    inspect_view_enabled = True
    copy_view_enabled = False
