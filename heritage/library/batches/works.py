"""Many works at once: public or withdrawn, a subject more, one series, one licence."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from heritage.accounts.batches import BatchAction, Values
from heritage.accounts.roles import Action
from heritage.core import identifiers
from heritage.core.models.identifier import State
from heritage.library.models import Licence, Subject, Work
from heritage.library.services import works


class ReasonForm(forms.Form):
    reason_vi = forms.CharField(
        label=_("Reason in Vietnamese"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("The public page will show it to whoever follows an old link or QR code."),
    )  # fmt: skip
    reason_en = forms.CharField(
        label=_("Reason in English"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


class SubjectForm(forms.Form):
    subject = forms.ModelChoiceField(label=_("Subject"), queryset=Subject.objects.all())


class SeriesForm(forms.Form):
    series = forms.CharField(
        label=_("Series"), max_length=200, required=False,
        help_text=_("Numbers in the series stay. Left empty, the titles leave their series."),
    )  # fmt: skip


class LicenceForm(forms.Form):
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices)
    terms_vi = forms.CharField(
        label=_("terms of use in Vietnamese"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    terms_en = forms.CharField(
        label=_("terms of use in English"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )


def _state(work: Work, _values: Values) -> str:
    tombstone = identifiers.of(work)
    if tombstone and tombstone.state != State.ACTIVE:
        return _t("withdrawn")
    if work.live and work.has_unpublished_changes:
        return _t("public, with a draft that waits")
    return _t("public") if work.live else _t("not public")


def _withdraw(work: Work, values: Values, user: Any) -> None:
    works.withdraw(work, values["reason_vi"], values["reason_en"], user)


def _subjects(work: Work, values: Values) -> str:
    return ", ".join(str(one) for one in work.subjects.all())


def _with_subject(work: Work, values: Values) -> str:
    subjects = list(work.subjects.all())
    return ", ".join(str(one) for one in [*subjects, *({values["subject"]} - set(subjects))])


def _add_subject(work: Work, values: Values, user: Any) -> None:
    works.amend(work, lambda copy: copy.subjects.add(values["subject"]), user)


def _put_in_series(work: Work, values: Values, user: Any) -> None:
    def change(copy: Work) -> None:
        copy.series = values["series"]
        copy.series_number = copy.series_number if values["series"] else ""

    works.amend(work, change, user)


def _licence_of(work: Work, _values: Values) -> str:
    return " · ".join(filter(None, [work.get_licence_display(), work.terms_vi, work.terms_en]))


def _licence_wanted(_work: Work, values: Values) -> str:
    label = str(dict(Licence.choices)[values["licence"]])
    return " · ".join(filter(None, [label, values["terms_vi"], values["terms_en"]]))


def _set_licence(work: Work, values: Values, user: Any) -> None:
    def change(copy: Work) -> None:
        for name in ("licence", "terms_vi", "terms_en"):
            setattr(copy, name, values[name])

    works.amend(work, change, user)


def _publish(work: Work, _values: Values, user: Any) -> None:
    tombstone = identifiers.of(work)
    if tombstone and tombstone.state == State.MERGED:
        raise ValidationError(_t("It was merged into another title, which stands in its place."))
    works.publish(work, user)


ACTIONS = (
    BatchAction("work-publish", Work, _("Publish"), Action.PUBLISH, _state, lambda *_: _t("public"), _publish),
    BatchAction(
        "work-withdraw", Work, _("Withdraw"), Action.WITHDRAW, _state, lambda *_: _t("withdrawn"), _withdraw,
        form=ReasonForm, is_serious=True,
    ),
    BatchAction(
        "work-subject", Work, _("Add a subject"), Action.CHANGE, _subjects, _with_subject, _add_subject,
        form=SubjectForm, related=("subjects",),
    ),
    BatchAction(
        "work-series", Work, _("Put in a series"), Action.CHANGE, lambda work, _v: work.series,
        lambda _w, values: values["series"], _put_in_series, form=SeriesForm,
    ),
    BatchAction(
        "work-licence", Work, _("Set the licence"), Action.CHANGE, _licence_of, _licence_wanted, _set_licence,
        form=LicenceForm,
    ),
)  # fmt: skip
