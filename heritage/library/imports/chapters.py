"""A newer file brings new contents: chapters that stay keep their keys, which printed QR codes and marks name."""

from collections import defaultdict

from heritage.library.models import Chapter, Edition

OUT_OF_THE_WAY = 1_000_000
FIELDS = ["sort_order", "title", "depth", "href", "track", "start_s"]


def renew(edition: Edition, wanted: list[Chapter]) -> None:
    """Make `wanted`, in order, the contents of `edition`; one of the same title as before is the same chapter."""
    known: dict[str, list[int]] = defaultdict(list)
    for pk, title in edition.chapters.order_by("sort_order").values_list("pk", "title"):
        known[title].append(pk)
    stay = []
    for order, chapter in enumerate(wanted, 1):
        chapter.edition, chapter.sort_order = edition, order
        if known[chapter.title]:
            chapter.pk = known[chapter.title].pop(0)
            stay.append(chapter)
    if known:
        edition.chapters.exclude(pk__in=[chapter.pk for chapter in stay]).delete()
    for chapter in stay:  # each order once at any moment, so they step aside first
        chapter.sort_order += OUT_OF_THE_WAY
    Chapter.objects.bulk_update(stay, FIELDS, batch_size=200)
    for chapter in stay:
        chapter.sort_order -= OUT_OF_THE_WAY
    Chapter.objects.bulk_update(stay, ["sort_order"], batch_size=200)
    Chapter.objects.bulk_create([chapter for chapter in wanted if chapter.pk is None], batch_size=500)
