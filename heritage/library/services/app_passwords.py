"""Passwords for reading programs: made, checked, withdrawn."""

import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.accounts.models import User
from heritage.core.folding import nfc
from heritage.library.models import AppPassword

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4
MOST = 20


@transaction.atomic
def create(user: User, name: str) -> tuple[AppPassword, str]:
    """A new password, and its text, which is never to be had again.

    Raises:
        ValidationError: by field (`name`), or the reader has too many.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if AppPassword.objects.filter(user=user).count() >= MOST:
        raise ValidationError(
            _("You have %(count)d app passwords. Withdraw one that you no longer use.") % {"count": MOST}
        )
    text = "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))
    made = AppPassword(user=user, name=" ".join(nfc(name).split()), digest=digest_of(md5_of(text)))
    made.full_clean()
    made.save()
    return made, text


def withdraw(user: User, pk: int) -> None:
    """The program that had it is refused from now on; absent ones and those of others are left alone."""
    AppPassword.objects.filter(user=user, pk=pk).delete()


def user_of(name: str, md5: str) -> User | None:
    """Whom the password with this MD5 acts for; None unless the account is called `name` and is active."""
    found = AppPassword.objects.select_related("user").filter(digest=digest_of(md5.lower())).first()
    if found is None or not found.user.is_active:
        return None
    if name.strip().casefold() not in (found.user.username.casefold(), found.user.email.casefold()):
        return None
    today = timezone.localdate()
    if found.used_on != today:  # the day is enough to see which are still in use
        AppPassword.objects.filter(pk=found.pk).update(used_on=today)
    return found.user


def md5_of(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def digest_of(md5: str) -> str:
    return hashlib.sha256(md5.encode()).hexdigest()
