"""Reads: the condition of a record in a year, and what the public sees of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from heritage.catalog.models import DamageReport, Record, Restoration, Survey, SurveyPhotograph

NOT_SURVEYED = "none"
"""Stands for the condition of what nobody has surveyed."""


@dataclass(frozen=True)
class Condition:
    """All that the yearly sheet of a record says."""

    record: Record
    year: int
    surveys: list[Survey]
    earlier: Survey | None
    restorations: list[Restoration]
    reports: list[DamageReport]

    @property
    def latest(self) -> Survey | None:
        return self.surveys[0] if self.surveys else None


def condition_of(record: Record, year: int) -> Condition:
    """Surveys of `year`, the last one before it, work under way in it, and reports open or settled in it."""
    surveys = Survey.objects.filter(record=record.pk)
    began = Q(started_on__year__lte=year) | Q(started_on=None, decided_on__year__lte=year)
    ended = Q(finished_on=None) | Q(finished_on__year__gte=year)
    open_then = Q(settled_on=None) | Q(settled_on__year__gte=year)
    return Condition(
        record=record,
        year=year,
        surveys=list(surveys.filter(visited_on__year=year).prefetch_related("photographs")),
        earlier=surveys.filter(visited_on__year__lt=year).first(),
        restorations=list(Restoration.objects.filter(began & ended, record=record.pk).prefetch_related("phases")),
        reports=list(DamageReport.objects.filter(open_then, record=record.pk, reported_on__year__lte=year)),
    )


def in_condition(records: QuerySet[Record], grade: str, day: dt.date | None = None) -> QuerySet[Record]:
    """Those of `records` whose newest survey (by `day`) found `grade`; for `NOT_SURVEYED` those without any."""
    if grade == NOT_SURVEYED:
        return records.exclude(pk__in=until(day).order_by().values("record"))
    return records.filter(pk__in=newest_of_each(day).filter(grade=grade).order_by().values("record"))


def until(day: dt.date | None) -> QuerySet[Survey]:
    return Survey.objects.filter(visited_on__lte=day) if day else Survey.objects.all()


def newest_of_each(day: dt.date | None = None) -> QuerySet[Survey]:
    """Of each record that was surveyed (by `day`), the newest survey."""
    return until(day).filter(pk=Subquery(newest("record", day).values("pk")[:1]))


def newest(record: str, day: dt.date | None = None) -> QuerySet[Survey]:
    """For a sub-query: the surveys (by `day`) of the outer row's `record`, the newest first."""
    return until(day).filter(record=OuterRef(record)).order_by("-visited_on", "-pk")


def public_condition(record: Record) -> dict[str, Any] | None:
    """The latest survey that is public, with its public photographs, and public restorations; None for nothing."""
    shown = SurveyPhotograph.objects.filter(is_public=True)
    survey = (
        Survey.objects.filter(record=record, is_public=True)
        .prefetch_related(Prefetch("photographs", shown, to_attr="public_photographs"))
        .first()
        if getattr(record, "has_surveys", True)
        else None
    )
    restorations = (
        list(Restoration.objects.filter(record=record, is_public=True).prefetch_related("pictures__image"))
        if getattr(record, "has_restorations", True)
        else []
    )
    return {"survey": survey, "restorations": restorations} if survey or restorations else None


def is_public(photograph: SurveyPhotograph) -> bool:
    """Whether anybody may see a photograph: it, its survey and its record are public."""
    survey = photograph.survey
    return photograph.is_public and survey.is_public and survey.record.live
