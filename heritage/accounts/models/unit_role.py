"""Roles held by users in administrative units."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.accounts import kinds
from heritage.accounts.roles import Role
from heritage.places.models import Unit


class UnitRole(models.Model):
    """A user holds a role in a unit and every unit below it; without a unit, in the whole archive.

    With `kinds`, values of the register's kinds, it is held for records of these kinds alone and what hangs on them.

    When units merge the role goes on in the unit they became (`heritage.accounts.coverage`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unit_roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("unit"),
        help_text=_("The role also covers all units below this one. Leave blank for the whole archive."),
    )
    kinds = models.JSONField(
        _("kinds of heritage"),
        default=list,
        blank=True,
        help_text=_("Only these kinds of records, such as movable objects for a museum. None ticked: every kind."),
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        ordering = ["user", "role", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                name="unit_role_once",
                violation_error_message=_("This user already holds this role in this unit."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(unit=None),
                name="unit_role_once_everywhere",
                violation_error_message=_("This user already holds this role in the whole archive."),
            ),
        ]
        verbose_name = _("role in a unit")
        verbose_name_plural = _("roles in units")

    def __str__(self) -> str:
        place = self.unit or _("the whole archive")
        only = [str(label) for value, label in kinds.choices() if value in self.kinds]
        return f"{self.get_role_display()}: {place}" + (f" ({', '.join(only)})" if only else "")
