"""Writes of surveys. What comes from a device carries its own key, so that it may be sent any number of times."""

import hashlib
import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.models import ConditionGrade, Record, Survey, SurveyPhotograph, Threat
from heritage.catalog.surveys import photographs
from heritage.core import outbox

MOST_PHOTOGRAPHS = 60


class ConflictError(Exception):
    """The key is somebody else's, or belongs to another survey."""


class ReceivedForm(forms.ModelForm):
    """A survey as a device sends it; the record is named by its number."""

    number = forms.CharField(max_length=40)
    threats = forms.MultipleChoiceField(choices=Threat.choices, required=False)
    grade = forms.ChoiceField(choices=ConditionGrade.choices)
    photographs_expected = forms.IntegerField(min_value=0, max_value=MOST_PHOTOGRAPHS)

    class Meta:
        model = Survey
        fields = (
            "visited_on",
            "surveyor",
            "grade",
            "threats",
            "description",
            "recommended",
            "is_urgent",
            "latitude",
            "longitude",
            "accuracy_m",
            "photographs_expected",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_number(self) -> str:
        """A record that the user may edit; any other is as good as absent."""
        number = self.cleaned_data["number"].strip().upper()
        mine = policy_of(Record).instances_user_has_permission_for(self.user, Action.CHANGE)
        record = mine.filter(number__iexact=number).first()
        if record is None:
            message = _("No record of your unit has the number %(number)s. Check it and send again.")
            raise ValidationError(message % {"number": number})
        self.instance.record = record
        return number


def receive(user: Any, key: uuid.UUID, values: dict[str, Any]) -> tuple[Survey, bool]:
    """Take a survey in, once: what has come already is returned as it is, with False.

    Raises:
        ValidationError: by field, what is wrong and what would be right; nothing is stored.
        ConflictError: the key is that of somebody else's survey.
    """
    if present := Survey.objects.filter(key=key).first():
        return _same(present, user), False
    form = ReceivedForm(values, user=user, instance=Survey(key=key, sent_by=user))
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    try:
        with transaction.atomic():
            survey = form.save()
            log(survey, "wagtail.create", user=user)
            outbox.changed(survey.record)
    except IntegrityError:  # the same device, or its other tab, was quicker
        return _same(Survey.objects.get(key=key), user), False
    return survey, True


def _same(survey: Survey, user: Any) -> Survey:
    if survey.sent_by_id != user.pk:
        raise ConflictError
    return survey


def receive_photograph(
    user: Any, survey: Survey, key: uuid.UUID, upload: Any, values: dict[str, Any]
) -> tuple[SurveyPhotograph, bool]:
    """Take a photograph of a survey in, once. The device's place goes before the one in the photograph.

    Raises:
        ValidationError: no photograph, too large, or one too many.
        ConflictError: the key is that of another survey's photograph.
        PermissionDenied: the user may not change the survey.
    """
    if not policy_of(Survey).user_has_permission_for_instance(user, Action.CHANGE, survey):
        raise PermissionDenied
    if present := SurveyPhotograph.objects.filter(key=key).first():
        return _of_survey(present, survey), False
    if SurveyPhotograph.objects.filter(survey=survey).count() >= MOST_PHOTOGRAPHS:
        raise ValidationError(_("A survey takes %(limit)s photographs.") % {"limit": MOST_PHOTOGRAPHS})
    seen = photographs.read(upload.file, upload.name or "", upload.size)
    place = _place_of(values) or seen.place or (None, None)
    made = SurveyPhotograph(
        survey=survey,
        key=key,
        media_type=seen.media_type,
        taken_at=seen.taken_at or values.get("taken_at"),
        latitude=place[0],
        longitude=place[1],
        caption=str(values.get("caption", ""))[:200],
    )
    upload.seek(0)
    content = upload.read()
    made.sha256 = hashlib.sha256(content).hexdigest()
    made.clean_fields(exclude=["file", "shown"])
    return _stored(made, seen, content, user)


def _stored(
    made: SurveyPhotograph, seen: photographs.Photograph, content: bytes, user: Any
) -> tuple[SurveyPhotograph, bool]:
    made.file.save(f"photograph{seen.ending}", ContentFile(content), save=False)
    made.shown.save("shown.jpg", ContentFile(seen.shown), save=False)
    try:
        with transaction.atomic():
            made.save()
            log(made.survey, "wagtail.edit", user=user, data={"photograph": str(made.key)})
    except IntegrityError:
        for field in (made.file, made.shown):
            field.storage.delete(str(field.name))
        return _of_survey(SurveyPhotograph.objects.get(key=made.key), made.survey), False
    return made, True


def _of_survey(photograph: SurveyPhotograph, survey: Survey) -> SurveyPhotograph:
    if photograph.survey_id != survey.pk:
        raise ConflictError
    return photograph


def _place_of(values: dict[str, Any]) -> tuple[float, float] | None:
    latitude, longitude = values.get("latitude"), values.get("longitude")
    return (latitude, longitude) if latitude is not None and longitude is not None else None


@transaction.atomic
def show(survey: Survey, public: set[int], captions: dict[int, str], user: Any, *, may_show: bool) -> None:
    """Set captions, and, for who may publish, which photographs are public."""
    for photograph in SurveyPhotograph.objects.filter(survey=survey):
        photograph.caption = captions.get(photograph.pk, photograph.caption)[:200]
        if may_show:
            photograph.is_public = photograph.pk in public
        photograph.save(update_fields=["caption", "is_public"])
    log(survey, "wagtail.edit", user=user, data={"photographs": sorted(public)})
    outbox.changed(survey.record)
