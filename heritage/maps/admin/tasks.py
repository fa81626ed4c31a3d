"""The task list of the register: what needs somebody's look, as a filter of the list of places."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from heritage.maps.models import Category, HoursState, Place, PlaceKind
from heritage.maps.views.place import STALE_AFTER

TASKS = [
    ("stale", _("checked more than a year ago")),
    ("unchecked", _("never checked")),
    ("hours", _("opening hours kept as text")),
    ("point", _("without a position")),
]


class PlaceFilterSet(WagtailFilterSet):
    task = django_filters.ChoiceFilter(label=_("To do"), choices=TASKS, method="with_task")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PlaceKind.choices)
    category = django_filters.ChoiceFilter(label=_("Category"), choices=Category.choices)
    live = django_filters.BooleanFilter(label=_("Published"))
    is_sample = django_filters.BooleanFilter(label=_("Sample"))

    class Meta:
        model = Place
        fields: tuple[str, ...] = ()

    def with_task(self, places: QuerySet[Place], name: str, value: str) -> QuerySet[Place]:
        oldest = timezone.localdate() - STALE_AFTER
        return places.filter(
            {
                "stale": Q(verified_on__lt=oldest),
                "unchecked": Q(verified_on=None),
                "hours": Q(hours_state=HoursState.TEXT),
                "point": Q(latitude=None),
            }[value]
        )
