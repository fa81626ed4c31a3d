"""What stands against publishing a dossier on line, and what the public then sees of it."""

import datetime as dt

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishPermissionError

from heritage.catalog.models import Dossier, DossierFile, DossierItem, OpinionRule, RankPeriod


def opinion_rule(dossier: Dossier, day: dt.date | None = None) -> OpinionRule | None:
    """The rule in force on `day` (today) by which this dossier needs the ministry's opinion.

    Asked of the rank that is sought and of every rank that the record holds: a candidacy for a UNESCO list is
    concerned as soon as it is one, and the provincial dossier of a special national monument too.
    """
    day = day or timezone.localdate()
    held = RankPeriod.objects.filter(record_id=dossier.record_id, since__lte=day, until__gt=day)
    ranks = {dossier.candidate_rank, *held.values_list("rank", flat=True)}
    return next((rule for rule in OpinionRule.objects.all() if rule.holds_on(day) and rule.concerns(ranks)), None)


def obstacles(dossier: Dossier) -> dict[str, str]:
    """By field, what must be done before the dossier can be submitted or published; empty where nothing must."""
    rule = opinion_rule(dossier)
    if rule is None or dossier.has_opinion:
        return {}
    if dossier.opinion_number and dossier.opinion_on:
        return {"opinion_agrees": _("The ministry's opinion does not agree; such a dossier is not put on line.")}
    message = _("%(basis)s asks for the ministry's written opinion. Record its number, date and answer first.")
    return {"opinion_number": message % {"basis": rule.basis}}


def refuse_to_publish(dossier: Dossier) -> None:
    """Raise `PublishPermissionError` with the reason where something stands against it."""
    if reasons := obstacles(dossier):
        raise PublishPermissionError(" ".join(reasons.values()))


def public_items(dossiers: QuerySet[Dossier] | None = None) -> QuerySet[DossierItem]:
    """Items the public may see, with their files: of published dossiers, of published records, marked as public.

    The rule is asked again where it is shown: an opinion taken back, or a rank gained since, closes the dossier.
    """
    files = DossierFile.objects.filter(set_aside="")
    rows = DossierItem.objects.filter(is_public=True, not_applicable="", dossier__live=True, dossier__record__live=True)
    rows = rows if dossiers is None else rows.filter(dossier__in=dossiers)
    return rows.select_related("dossier").prefetch_related(Prefetch("files", files, to_attr="kept_files"))


def is_public(file: DossierFile) -> bool:
    """Whether anybody may have this file now."""
    if file.set_aside or not public_items().filter(pk=file.item_id).exists():
        return False
    return not obstacles(file.item.dossier)
