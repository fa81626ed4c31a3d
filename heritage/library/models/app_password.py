"""Passwords of their own for reading programs, so that none of them is given the account's."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppPassword(models.Model):
    """A made-up password by which one program acts for a reader. Only its digest is kept, so it is shown once.

    `digest` is the SHA-256 of the password's MD5, in hexadecimal: KOReader sends the MD5, other programs the password
    itself. Sixteen letters drawn at random (78 bits) need no slow digest.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="app_passwords")
    name = models.CharField(_("program"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    used_on = models.DateField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("app password")
        verbose_name_plural = _("app passwords")

    def __str__(self) -> str:
        return self.name
