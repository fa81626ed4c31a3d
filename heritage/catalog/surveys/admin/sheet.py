"""The yearly condition sheet of a record, made to be printed on A4 and signed."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from heritage.accounts.roles import Action
from heritage.catalog.dossiers.admin.base import ObjectScreen
from heritage.catalog.models import Record
from heritage.catalog.queries import with_rank_on
from heritage.catalog.surveys import queries

FIRST_YEAR = 1900


class ConditionSheetView(ObjectScreen, TemplateView):
    """`?year=2026`; any other text stands for this year."""

    permission_required = Action.SEE_PRIVATE
    template_name = "catalog/admin/condition_sheet.html"
    page_title = _("Condition sheet")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = with_rank_on(Record.objects.filter(pk=self.object.pk), timezone.localdate()).get()
        this_year = timezone.localdate().year
        asked = self.request.GET.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
        year = max(FIRST_YEAR, min(year, this_year))
        condition = queries.condition_of(record, year)
        years = range(this_year, this_year - 10, -1)
        return super().get_context_data(**kwargs) | {"condition": condition, "record": record, "years": years}
