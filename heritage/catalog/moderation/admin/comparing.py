"""The comparison of two versions: rights asked of every object named, forgotten fields marked."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.models import Revision
from wagtail.snippets.views.snippets import RevisionsCompareView

from heritage.catalog.moderation import comparing, reasons


class SeenCompareView(RevisionsCompareView):
    template_name = "catalog/moderation/compare.html"

    def _get_comparison(self, revision_a: Any, revision_b: Any) -> list[Any]:
        made = comparing.comparisons(self.get_edit_handler(), self.object, self.request)
        return [diff for each in made if (diff := each(revision_a, revision_b)).has_changed()]

    @cached_property
    def revisions(self) -> list[Revision]:
        """The stored versions that are compared; what is public may not be one."""
        keys = [each for each in (self.revision_id_a, self.revision_id_b) if str(each).isdigit()]
        named = [*self.object.revisions.filter(pk__in=keys)]
        ordered = self.object.revisions.order_by("created_at", "id")
        ends = {"earliest": ordered.first, "latest": ordered.last}
        named += [end() for name, end in ends.items() if name in (self.revision_id_a, self.revision_id_b)]
        return [each for each in named if each]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = (each for row in self.revisions for each in comparing.forgotten(self.model, row.content))
        unknown = list({(each.row, each.field, str(each.value)): each for each in found}.values())
        return super().get_context_data(**kwargs) | {
            "unknown_fields": unknown,
            "reasons": self.reasons,
        }

    @property
    def reasons(self) -> list[Any]:
        """Why what is compared differs: the entries between the two versions that say it."""
        newest = self.object.latest_revision
        ends = sorted({each.pk: each for each in [*self.revisions, newest] if each}.values(), key=_when)
        return list(reasons.between(self.object, ends[0], ends[-1])) if self.revisions else []


def _when(revision: Revision) -> Any:
    return revision.created_at
