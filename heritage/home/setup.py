"""The site's skeleton: languages, home pages, the news list, the standing pages.

It runs after every `migrate`, makes what is missing and touches nothing that is there, so that staff may rewrite
every text. The first texts are the files of `texts/`, one for each page and language: title, lead, body.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Collection, Locale, Page, Site

from heritage.home.models import ArticleIndexPage, HomePage, StandardPage
from heritage.home.models.base import PortalPage
from heritage.home.navigation import SLUGS, STANDING

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("vi", "en")


def after_migrate(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """`post_migrate` of this app: set up once the whole database stands (`SITE_SET_UP_AFTER_MIGRATE`)."""
    if using != DEFAULT_DB_ALIAS or not settings.SITE_SET_UP_AFTER_MIGRATE:
        return
    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        set_up()


@transaction.atomic
def set_up() -> HomePage:
    """Make what is missing of the skeleton; returns the Vietnamese home page."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    home = _home(locales)
    english = _translation(home, locales["en"], _filled(HomePage, "home", "en", slug="en-home"))
    _site(home)
    for name in ["news", *(name for name, _label in STANDING)]:
        model = ArticleIndexPage if name == "news" else StandardPage
        page = _child(home, model, name)
        _translation(page, locales["en"], _filled(model, name, "en", slug=SLUGS[name]["en"]), parent=english)
    return home


def _home(locales: dict[str, Locale]) -> HomePage:
    if found := HomePage.objects.filter(locale=locales["vi"], depth=2).order_by("pk").first():
        return found
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locales["vi"]))
    page = _filled(HomePage, "home", "vi", slug="trang-chu")
    page.locale = locales["vi"]
    root.add_child(instance=page)
    return page


def _site(home: HomePage) -> None:
    """The one site shows `home`; the welcome page that Wagtail begins with goes."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id != home.pk and not (site.pk and isinstance(site.root_page.specific, HomePage)):
        site.root_page, site.site_name = home, site.site_name or "Kho di sản số"
        site.save()
    welcome = Page.objects.filter(depth=2, slug="home", content_type__app_label="wagtailcore", numchild=0).first()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()


def _child(home: HomePage, model: type[PortalPage], name: str) -> PortalPage:
    slug = SLUGS[name]["vi"]
    if found := model.objects.child_of(home).filter(slug=slug).first():
        return found
    page = _filled(model, name, "vi", slug=slug)
    page.locale = home.locale
    home.refresh_from_db()
    home.add_child(instance=page)
    return page


def _translation(page: PortalPage, locale: Locale, filled: PortalPage, parent: PortalPage | None = None) -> PortalPage:
    """The translation of `page`, made of `filled` where there is none."""
    found = page.get_translation_or_none(locale)
    if found is not None:
        return found.specific
    if parent is not None and (twin := type(page).objects.child_of(parent).filter(slug=filled.slug).first()):
        page.translation_key = twin.translation_key  # the page itself had gone missing, its translation had not
        page.save(update_fields=["translation_key"])
        return twin
    filled.locale, filled.translation_key = locale, page.translation_key
    above = parent or Page.get_first_root_node()
    above = Page.objects.get(pk=above.pk)
    above.add_child(instance=filled)
    return filled


def _filled(model: type[PortalPage], name: str, language: str, slug: str) -> PortalPage:
    """A new page with the first text of `name`; the file's first line is the title, the second the lead."""
    title, lead, body = (TEXTS / f"{name}.{language}.html").read_text(encoding="utf-8").split("\n", 2)
    values: dict[str, Any] = {"title": title.strip(), "slug": slug}
    if model is StandardPage:
        values |= {"lead": lead.strip(), "body": [("text", body.strip())]}
    else:
        values["intro"] = lead.strip()
    return model(**values)
