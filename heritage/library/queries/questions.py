"""Questions with answers that everybody may read."""

from django.db.models import Q, QuerySet

from heritage.library.models import Question


def shown() -> QuerySet[Question]:
    """Answered questions whose reader agreed and staff let be shown; none about a work that is not public."""
    answered = Question.objects.filter(is_shown=True, answered_at__isnull=False)
    return answered.filter(Q(work=None) | Q(work__live=True)).select_related("work")
