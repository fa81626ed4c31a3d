"""Works: texts, in whatever editions the library has of them."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)

from heritage.core import identifiers, languages
from heritage.core.folding import fold, nfc
from heritage.library.models.forms import mask_of


class Language(models.TextChoices):
    """Language of a text (BCP 47)."""

    VI = "vi", _("Vietnamese")
    EN = "en", _("English")
    FR = "fr", _("French")
    ZH = "zh", _("Chinese")
    LZH = "lzh", _("Classical Chinese")
    NOM = "vi-Hani", _("Vietnamese in Nôm script")
    TYZ = "tyz", _("Tày")
    KM = "km", _("Khmer")
    CJM = "cjm", _("Cham")
    OTHER = "und", _("another language")


class Audience(models.TextChoices):
    GENERAL = "general", _("general readers")
    CHILDREN = "children", _("children")
    TEACHERS = "teachers", _("teachers and pupils")
    RESEARCHERS = "researchers", _("researchers")


class Licence(models.TextChoices):
    PUBLIC_DOMAIN = "pd", _("public domain")
    CC0 = "cc0", _("CC0 1.0")
    CC_BY = "cc-by", _("CC BY 4.0")
    CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0")
    CC_BY_NC = "cc-by-nc", _("CC BY-NC 4.0")
    COPYRIGHT = "copyright", _("in copyright, lent by agreement")


class Role(models.TextChoices):
    """What a person or body did for the work; the values are MARC relator codes."""

    AUTHOR = "aut", _("author")
    TRANSLATOR = "trl", _("translator")
    EDITOR = "edt", _("editor")
    COMPILER = "com", _("compiler")
    ILLUSTRATOR = "ill", _("illustrator")
    NARRATOR = "nrt", _("narrator")
    PUBLISHER = "pbl", _("publisher")


class Work(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,  # type: ignore[misc]
):
    """A text with its description; files hang on its editions, outside drafts and revisions."""

    number = models.CharField(
        _("number"),
        max_length=40,
        unique=True,
        blank=True,
        validators=[identifiers.validate_number],
        help_text=_("It is permanent. Left blank, the next free one is given."),
    )
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    description_vi = models.TextField(_("description in Vietnamese"), max_length=5000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=5000, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.VI)
    audience = models.CharField(_("audience"), max_length=12, choices=Audience, default=Audience.GENERAL)
    series = models.CharField(_("series"), max_length=200, blank=True)
    series_number = models.CharField(_("number in the series"), max_length=20, blank=True)
    publication_year = models.PositiveSmallIntegerField(_("year of publication"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, default=Licence.COPYRIGHT)
    terms_vi = models.TextField(_("terms of use in Vietnamese"), max_length=2000, blank=True)
    terms_en = models.TextField(_("terms of use in English"), max_length=2000, blank=True)
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Made for this site to show how it works; its page says so.")
    )
    cover = models.ForeignKey(
        "core.ArchiveImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    subjects = ParentalManyToManyField("library.Subject", blank=True, related_name="works", verbose_name=_("subjects"))
    records = ParentalManyToManyField(
        "catalog.Record",
        blank=True,
        related_name="works",
        verbose_name=_("heritage records"),
        help_text=_("What the work is about; each record's page shows the work."),
    )
    unit = models.ForeignKey(
        "places.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="works",
        verbose_name=_("administrative unit"),
        help_text=_("Who keeps this entry; leave empty for the provincial library."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)
    folded = models.CharField(max_length=600, editable=False, blank=True, db_index=True)
    forms = models.PositiveSmallIntegerField(default=0, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="work")
    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="work",
        for_concrete_model=False,
    )

    unit_fields = ("unit",)

    class Meta:
        ordering = ["-first_published_at", "-pk"]
        indexes = [
            # All that a shelf is filtered and counted by, in the order in which it is shown: a list reads nothing else.
            models.Index(
                fields=["live", "-first_published_at", "-id", "forms", "language", "audience", "folded"],
                name="work_newest",
            ),
            models.Index(fields=["live", "language"], name="work_by_language"),
            models.Index(fields=["modified_at"], name="work_by_change"),
            models.Index(fields=["live", "forms", "language", "audience"], name="work_on_shelves"),
        ]
        verbose_name = _("work")
        verbose_name_plural = _("works")

    def __str__(self) -> str:
        return f"{self.number} {languages.in_language(self, 'title')}"

    def clean(self) -> None:
        super().clean()
        old = Work.objects.filter(pk=self.pk).values_list("number", flat=True).first() if self.pk else None
        if old and self.number != old:
            raise ValidationError({"number": _("The number %(old)s is permanent.") % {"old": old}})

    @transaction.atomic
    def save(self, **kwargs: Any) -> None:
        """Save with what belongs to it; a save of named fields (as Wagtail makes for drafts) touches nothing else."""
        if kwargs.get("update_fields") is None:
            self.number = self.number or identifiers.next_number("TL")
            for field in ("title_vi", "title_en", "description_vi", "description_en", "series"):
                setattr(self, field, nfc(getattr(self, field)))
            self.folded = fold(f"{self.title_vi} {self.title_en}")[:600]
            self.forms = self.forms_now()  # a revision that is published brings an old number back
        super().save(**kwargs)

    def forms_now(self) -> int:
        """`forms` as the editions say."""
        return mask_of(self.editions.exclude(access="staff").values_list("kind", flat=True)) if self.pk else 0

    @property
    def revisions(self) -> Any:
        return self._revisions

    def get_absolute_url(self) -> str:
        return reverse("work", args=[self.number])

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "library/work.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from heritage.library.queries.page import work_context

        return {"request": request, **work_context(self, request.user)}


class Contributor(Orderable):
    """Who made the work, in the order of the title page."""

    work = ParentalKey(Work, on_delete=models.CASCADE, related_name="contributors")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=3, choices=Role, default=Role.AUTHOR)
    authority = models.ForeignKey(
        "library.AuthorityName",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("authority name"),
        help_text=_("Who is meant, whatever form of the name stands on the title page."),
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(name="contributor_has_a_name", condition=~Q(name="")),
        ]
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return self.name
