"""How filters in force are told above a list: Wagtail writes True and False as Python does."""

from collections.abc import Iterator

import django_filters
from django.utils.translation import gettext as _
from wagtail.admin.active_filters import ActiveFilter, BaseFilterAdapter, register_filter_adapter_class


class YesOrNo(BaseFilterAdapter):
    """In the language of who reads it."""

    def get_active_filters(self) -> Iterator[ActiveFilter]:
        for one in super().get_active_filters():
            yield one._replace(value=_("yes") if self.value else _("no"))


def register() -> None:
    register_filter_adapter_class(django_filters.BooleanFilter, YesOrNo)
