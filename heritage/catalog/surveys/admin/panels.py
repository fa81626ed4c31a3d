"""What is known of a record's condition, as a tab of its form."""

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from heritage.catalog.admin import asked_once
from heritage.catalog.models import DamageReport, Survey

MOST_SURVEYS = 5


class RecordConditionPanel(Panel):
    """The last surveys and the reports that are still open; two queries."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/admin/record_condition.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            record = self.instance
            if record.pk is None:
                return context | {"record": record}
            surveys = Survey.objects.filter(record=record.pk).defer("record")[:MOST_SURVEYS]
            reports = DamageReport.objects.filter(record=record.pk, settled_on=None)
            return context | {
                "record": record,
                "surveys": [] if asked_once.is_empty(record, asked_once.SURVEYS) else list(surveys),
                "reports": [] if asked_once.is_empty(record, asked_once.REPORTS) else list(reports),
                "year": timezone.localdate().year,
            }
