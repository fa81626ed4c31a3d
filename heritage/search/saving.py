"""Saved searches: kept in an account, told of by e-mail when something new or changed answers them."""

import datetime as dt
import logging
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from heritage.core.addresses import absolute
from heritage.search import params, service, wording
from heritage.search.contract import Hit, Query, Sort
from heritage.search.models import SavedSearch

logger = logging.getLogger(__name__)

MOST = 30
"""Saved searches of one account."""
MOST_TOLD = 20
"""Entries named in one message."""
PAUSE = dt.timedelta(hours=20)
"""Between two messages about one search: with the job's hourly look, one a day."""
_BATCH = 200


def save(user: Any, address: str, language: str) -> SavedSearch:
    """Keep the search of an address (the part behind `?`) in the account; the same one twice is one.

    Raises:
        ValidationError: the account has as many as it may, or the search asks nothing.
    """
    query = query_of(address, language)
    kept = params.write(query)
    if not kept or len(kept) > 1000:
        raise ValidationError(_("There is nothing in this search to be kept."))
    found = SavedSearch.objects.filter(user=user, address=kept, language=language).first()
    if found:
        return found
    if SavedSearch.objects.filter(user=user).count() >= MOST:
        raise ValidationError(_("An account keeps %(count)d searches at most; delete one first.") % {"count": MOST})
    return SavedSearch.objects.create(
        user=user, address=kept, language=language, title=_title(query), wants_mail=bool(user.email)
    )


def query_of(address: str, language: str) -> Query:
    """The query of a kept address, read like any other."""
    query, _notices = params.read_from(QueryDict(address[:2000]), language)
    return replace(query, page=1)


def is_saved(user: Any, query: Query) -> bool:
    if not getattr(user, "is_authenticated", False):
        return False
    return SavedSearch.objects.filter(user=user, address=params.write(query), language=query.language).exists()


def _title(query: Query) -> str:
    parts = [f"“{query.text}”"] if query.text else []
    parts += [bound["label"] for bound in wording.bounds(query)]
    return "; ".join(parts)[:200] or _("All entries")


def news(saved: SavedSearch) -> list[Hit]:
    """What answers the search and is new or changed since its last notice; the newest first.

    Read as everybody: a message never tells what the public may not see.
    """
    query = replace(query_of(saved.address, saved.language), sort=Sort.NEWEST, size=100, facets=())
    result = service.search(query)
    if result.engine == "database" or result.did_you_mean:
        return []
    return [hit for hit in result.hits if hit.modified and _instant(hit.modified) > saved.seen_until]


def _instant(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else timezone.make_aware(found)


def tell() -> int:
    """Send the notices that are due; returns how many messages went out. One that fails is tried again."""
    now, sent = timezone.now(), 0
    due = SavedSearch.objects.filter(wants_mail=True, user__is_active=True, seen_until__lte=now - PAUSE)
    for saved in due.exclude(user__email="").select_related("user").order_by("seen_until")[:_BATCH]:
        with override(saved.language):
            hits = news(saved)
            try:
                if hits:
                    _message(saved, hits).send()
                    sent += 1
            except OSError as error:
                logger.warning("the notice of saved search %s was not sent: %s", saved.pk, error)
                continue
        SavedSearch.objects.filter(pk=saved.pk).update(seen_until=now)
    return sent


def _message(saved: SavedSearch, hits: list[Hit]) -> EmailMultiAlternatives:
    stop = absolute(reverse("saved_search_stop", args=[saved.token]))
    context = {
        "saved": saved,
        "hits": [(hit.title.text, absolute(hit.url), hit.place) for hit in hits[:MOST_TOLD]],
        "more": max(0, len(hits) - MOST_TOLD),
        "address": absolute(f"{reverse('search')}?{saved.address}"),
        "stop": stop,
    }
    subject = " ".join((_("New in your saved search: %(title)s") % {"title": saved.title}).split())[:180]
    message = EmailMultiAlternatives(subject, render_to_string("search/notice.txt", context), to=[saved.user.email])
    message.extra_headers["List-Unsubscribe"] = f"<{stop}>"  # RFC 2369
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return message
