"""Questions of readers, answered by the library's staff."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """A question with its answer. It is shown to the public only where its reader agreed and staff let it."""

    text = models.TextField(_("question"), max_length=2000)
    work = models.ForeignKey(
        "library.Work", models.SET_NULL, null=True, blank=True, related_name="questions", verbose_name=_("work")
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("E-mail"), max_length=150, blank=True)
    language = models.CharField(max_length=5, default="vi", editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, editable=False, related_name="questions"
    )
    may_be_shown = models.BooleanField(
        _("the reader agrees that it is shown"), default=False, help_text=_("Without name and e-mail.")
    )
    is_shown = models.BooleanField(
        _("show question and answer to everybody"), default=False, help_text=_("Only where the reader agrees.")
    )
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    unit_fields = ("unit",)
    rights_area = "readers"  # names and addresses of readers

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="question_shown_with_consent",
                condition=models.Q(is_shown=False) | models.Q(may_be_shown=True),
                violation_error_message=_("The reader does not agree that this question is shown."),
            ),
        ]
        indexes = [models.Index(fields=["is_shown", "-answered_at"], name="question_shown")]
        verbose_name = _("reader's question")
        verbose_name_plural = _("readers' questions")

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
