"""Edits that reach the database by other roads than the services: the admin, page privacy, deletion.

Each is noted in the outbox within the transaction of the edit. Noted twice is done once.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from heritage.core import outbox
from heritage.search import indexers

PAGE = "wagtailcore.page"


def connect() -> None:
    for name, signal in (("published", published), ("unpublished", unpublished), ("deleted", post_delete)):
        signal.connect(_object_changed, dispatch_uid=f"search.{name}")
    for name, signal in (("published", page_published), ("unpublished", page_unpublished)):
        signal.connect(_page_changed, dispatch_uid=f"search.page_{name}")
    for name, signal in (("slug", page_slug_changed), ("move", post_page_move)):
        signal.connect(_tree_changed, dispatch_uid=f"search.page_{name}")
    for name, signal in (("saved", post_save), ("deleted", post_delete)):
        signal.connect(_privacy_changed, PageViewRestriction, dispatch_uid=f"search.privacy_{name}")


def _object_changed(sender: Any, instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        outbox.changed_ids(PAGE, [instance.pk])
    elif instance._meta.label_lower in indexers.noted():
        outbox.changed(instance)


def _page_changed(sender: Any, instance: Page, **_kwargs: Any) -> None:
    outbox.changed_ids(PAGE, [instance.pk])


def _tree_changed(sender: Any, instance: Page, **_kwargs: Any) -> None:
    with transaction.atomic():
        outbox.changed_ids(PAGE, instance.get_descendants(inclusive=True).values_list("pk", flat=True))


def _privacy_changed(sender: Any, instance: PageViewRestriction, **_kwargs: Any) -> None:
    outbox.changed_ids(PAGE, instance.page.get_descendants(inclusive=True).values_list("pk", flat=True))
