"""The screen of likely duplicates: each pair side by side, why it was found, and what staff say of it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog import duplicates
from heritage.catalog.models import LikelyPair, Rank, Record
from heritage.catalog.queries import with_rank_on
from heritage.core.limits import page_of
from heritage.core.models import Identifier
from heritage.core.models.identifier import State

PAGE = 20


@require_safe
@never_cache
def pairs(request: HttpRequest) -> HttpResponse:
    """The likely pairs of which the user may see both; with `?dismissed=1` those that were told apart."""
    _check(request)
    dismissed = request.GET.get("dismissed") == "1"
    found = _seen(request).filter(dismissed_at__isnull=not dismissed).select_related("dismissed_by")
    page = page_of(found, request.GET, PAGE)
    records = _records([key for pair in page for key in (pair.first_id, pair.second_id)])
    mine, endable = (_allowed(request, action, records) for action in (Action.CHANGE, Action.WITHDRAW))
    rows = [
        {
            "pair": pair,
            "sides": [_side(records[key], key in mine) for key in (pair.first_id, pair.second_id)],
            "why": why(pair),
            "may": {pair.first_id, pair.second_id} & mine,
            "unions": _unions(pair, records) if {pair.first_id, pair.second_id} <= endable else [],
        }
        for pair in page
    ]
    return render(request, "catalog/admin/duplicates.html", {"page": page, "rows": rows, "dismissed": dismissed})


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the two apart, with a reason, or ask about them again (`again`)."""
    _check(request)
    pair = get_object_or_404(_seen(request).select_related("first", "second"), pk=pk)
    if not any(_may_change(request, record) for record in (pair.first, pair.second)):
        raise PermissionDenied
    again = "again" in request.POST
    try:
        if again:
            duplicates.open_again(pair, request.user)
        else:
            duplicates.dismiss(pair, request.POST.get("reason", ""), request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(one)s and %(other)s: noted.") % {"one": pair.first, "other": pair.second})
    return redirect(f"{reverse('register_duplicates')}{'?dismissed=1' if again else ''}")


@require_POST
def look_now(request: HttpRequest) -> HttpResponse:
    """Look through the whole register now; the worker does so each night."""
    if not policy_of(Record).user_has_permission(request.user, Action.PUBLISH.value):
        raise PermissionDenied
    duplicates.look()
    return redirect("register_duplicates")


def why(pair: LikelyPair) -> list[str]:
    """What speaks for a pair, in words."""
    said, name = pair.why, pair.why.get("name", 0)
    parts = [_("same words in the name") if name == 1 else _("%(share)d %% of the words") % {"share": 100 * name}]
    if said.get("unit"):
        parts.append(_("same unit"))
    if "metres" in said:
        parts.append(_("%(metres)s m apart") % {"metres": number_format(said["metres"], force_grouping=True)})
    if said.get("decision"):
        parts.append(_("same decision %(number)s") % {"number": said["decision"]})
    return parts


def _side(record: Any, may_change: bool) -> dict[str, Any]:
    name = "edit" if may_change else "inspect"
    return {
        "record": record,
        "rank": str(Rank(record.rank).label) if record.rank else "",
        "address": reverse(f"wagtailsnippets_catalog_record:{name}", args=[record.pk]),
    }


def _allowed(request: HttpRequest, action: Action, records: Iterable[int]) -> set[int]:
    """The keys of those records on which the user may do `action`: one query."""
    allowed = policy_of(Record).instances_user_has_permission_for(request.user, action.value)
    return set(allowed.filter(pk__in=records).values_list("pk", flat=True))


def _unions(pair: LikelyPair, records: dict[int, Any]) -> list[dict[str, Any]]:
    """Both ways in which the two can become one: `record` goes into `other`, at `address`."""
    ways = (pair.first_id, pair.second_id), (pair.second_id, pair.first_id)
    return [
        {
            "record": records[gone],
            "other": records[kept],
            "address": f"{reverse('wagtailsnippets_catalog_record:unite', args=[gone])}?into={kept}",
        }
        for gone, kept in ways
    ]


def _records(keys: list[int]) -> dict[int, Any]:
    found = with_rank_on(Record.objects.filter(pk__in=keys), timezone.localdate())
    return {record.pk: record for record in found.select_related("unit__province")}


def _seen(request: HttpRequest) -> QuerySet[LikelyPair]:
    seen = policy_of(Record).instances_user_has_permission_for(request.user, "view").order_by().values("pk")
    gone = Identifier.objects.filter(model=Record._meta.label_lower).exclude(state=State.ACTIVE).values("object_id")
    judged = Q(dismissed_at__isnull=False) | ~(Q(first__in=gone) | Q(second__in=gone))
    return LikelyPair.objects.filter(judged, first__in=seen, second__in=seen)


def _may_change(request: HttpRequest, record: Record) -> bool:
    user: Any = request.user
    return policy_of(Record).user_has_permission_for_instance(user, Action.CHANGE.value, record)


def _check(request: HttpRequest) -> None:
    if not policy_of(Record).user_has_permission(request.user, Action.CHANGE.value):
        raise PermissionDenied


def admin_urls() -> list[URLPattern]:
    return [
        path("register-duplicates/", pairs, name="register_duplicates"),
        path("register-duplicates/look/", look_now, name="register_duplicates_look"),
        path("register-duplicates/<int:pk>/", judge, name="register_duplicate"),
    ]


def log_actions(actions: Any) -> None:
    @actions.register_action("catalog.duplicate")
    class Judged(LogFormatter):
        label = gettext_lazy("Likely duplicate")

        def format_message(self, entry: Any) -> Any:
            if reason := entry.data.get("not_the_same"):
                return _("Not the same as %(other)s: %(reason)s") % {"other": entry.data["other"], "reason": reason}
            return _("Perhaps the same as %(other)s") % {"other": entry.data.get("other", "")}
