"""Recording and withdrawing consent, and erasing what is personal; each leaves its trace without a name in it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog.models import Consent, Lineage, Person, PersonalData, Practice, Record
from heritage.core import outbox


@transaction.atomic
def record_consent(consent: Consent, user: User | None = None) -> Consent:
    """Record a consent that was given.

    Raises:
        ValidationError: a field is missing or contradicts another; nothing is saved.
    """
    consent.full_clean()
    consent.save()
    log(consent.person, "wagtail.edit", user=user, data={"consent": consent.pk, "fields": list(consent.fields)})
    note_change(consent.person)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, note: str = "", user: User | None = None, day: dt.date | None = None) -> Consent:
    """Withdraw `consent` from `day` (today) on: the next request shows nothing by it, on any road."""
    day = day or timezone.localdate()
    if day < consent.given_on:
        raise ValidationError({"withdrawn_on": _("It was withdrawn before it was given.")})
    consent.withdrawn_on, consent.withdrawal_note = day, note.strip()
    consent.save()
    log(consent.person, "wagtail.edit", user=user, data={"consent": consent.pk, "withdrawn": day.isoformat()})
    note_change(consent.person)
    return consent


@transaction.atomic
def withdraw_all(person: Person, note: str = "", user: User | None = None) -> int:
    """Withdraw every consent in force; returns how many there were."""
    today = timezone.localdate()
    open_ones = [one for one in person.consents.all() if one.withdrawn_on is None or one.withdrawn_on > today]
    for consent in open_ones:
        withdraw_consent(consent, note, user, max(today, consent.given_on))
    return len(open_ones)


@transaction.atomic
def erase(person: Person, user: User | None = None) -> None:
    """Erase what is personal of `person` for good; the consents stay as proof, without a name."""
    withdraw_all(person, user=user)
    note_change(person)
    for data in PersonalData.objects.filter(person=person):
        data.forget_portrait()
        data.delete()
    person.titles.all().delete()
    Practice.objects.filter(person=person).delete()
    Lineage.objects.filter(person=person).delete()
    Lineage.objects.filter(master=person).delete()
    person.save()
    log(person, "wagtail.edit", user=user, data={"erased": True})


def note_change(person: Person) -> None:
    """Let all that is derived from the records that the person practises be made anew."""
    pks = Practice.objects.filter(person=person).order_by().values_list("record", flat=True).distinct()
    outbox.changed_ids(Record._meta.label_lower, pks)
