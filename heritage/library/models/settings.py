"""The library's rules, kept by the librarian in the admin."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def validate_dictionary(address: str) -> None:
    """A dictionary's address: https, with `{word}` behind the host's name.

    Raises:
        ValidationError: it is another kind of address, or lacks `{word}`.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or "{word}" in parts.netloc or "{word}" not in address:
        raise ValidationError(_("Write an address such as https://dictionary.example/search?q={word}."))


@register_setting(icon="cogs")
class LibrarySettings(BaseGenericSetting):
    """Limits of lending; all counts are per reader."""

    cards_active_at_once = models.BooleanField(
        _("cards are active at once"),
        default=True,
        help_text=_("Otherwise a librarian approves each new card before its reader can borrow."),
    )
    card_years = models.PositiveSmallIntegerField(
        _("years a card is valid"), default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    loan_days = models.PositiveSmallIntegerField(
        _("days of a loan"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    most_loans = models.PositiveSmallIntegerField(_("most loans at once"), default=5)
    most_holds = models.PositiveSmallIntegerField(_("most holds at once"), default=5)
    most_renewals = models.PositiveSmallIntegerField(_("most renewals of a loan"), default=2)
    hold_days = models.PositiveSmallIntegerField(
        _("days a copy is kept for the next reader"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    dictionary_url = models.CharField(
        _("dictionary"),
        max_length=300,
        blank=True,
        validators=[validate_dictionary],
        help_text=_(
            "Address of a dictionary's page, with {word} where the word stands; the reader then offers to look "
            "selected words up there, in a new tab. Empty: no word leaves this site."
        ),
    )

    class Meta:
        verbose_name = _("rules of lending")
