"""News and stories, and the page that lists them."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from heritage.core.limits import page_of
from heritage.home import drawings
from heritage.home.blocks import BodyBlock
from heritage.home.drawings import labels
from heritage.home.models.base import PortalPage


def drawing_choices() -> list[tuple[str, str]]:
    """Drawings by what they are called in the language of who chooses."""
    return [(name, str(capfirst(labels.LABELS[name]))) for name in drawings.names()]


class ArticleKind(models.TextChoices):
    NEWS = "news", _("news")
    STORY = "story", _("story")


class ArticleIndexPage(PortalPage):
    """Lists its articles, newest first, by kind where `?kind=` says so."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*PortalPage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.ArticlePage"]
    max_count_per_parent: ClassVar = 1

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def articles(self, kind: str = "") -> models.QuerySet["ArticlePage"]:
        rows = ArticlePage.objects.child_of(self).live().public().order_by("-published_on", "-pk")
        rows = rows.select_related("cover").prefetch_related("cover__renditions")
        return rows.filter(kind=kind) if kind in ArticleKind.values else rows

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        kind = request.GET.get("kind", "")
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "kinds": [("", _("All")), *ArticleKind.choices],
            "chosen": kind if kind in ArticleKind.values else "",
            "articles": page_of(self.articles(kind), request.GET, size=12),
        }


class ArticlePage(PortalPage):
    """One news item or story."""

    kind = models.CharField(_("kind"), max_length=5, choices=ArticleKind, default=ArticleKind.NEWS)
    published_on = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    summary = models.TextField(_("summary"), max_length=400)
    cover = models.ForeignKey(
        "core.ArchiveImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover picture")
    )
    drawing = models.CharField(
        _("drawing"),
        max_length=40,
        choices=drawing_choices,
        blank=True,
        help_text=_("Shown where there is no cover picture; it is marked as an illustration."),
    )
    is_sample = models.BooleanField(_("sample"), default=False, help_text=_("Made to show how the site works."))
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    content_panels: ClassVar = [
        *PortalPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("published_on"),
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("drawing"),
        FieldPanel("body"),
        FieldPanel("is_sample"),
    ]
    search_fields: ClassVar = [*PortalPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types: ClassVar = ["home.ArticleIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news item or story")
        verbose_name_plural = _("news and stories")
