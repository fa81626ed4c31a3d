"""The forms in which works go out as catalogue records, of any number of them."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from heritage.catalog.exports import Format
from heritage.core.addresses import absolute
from heritage.library.models import Work
from heritage.library.records import marc, tables
from heritage.library.records.description import Description, describe

AT_ONCE = 500
FORMATS = {
    one.suffix: one
    for one in (
        Format(_("CSV (can be imported again)"), "csv", "text/csv; charset=utf-8", tables.write),
        Format(_("MARC 21 (can be imported again)"), "mrc", "application/marc", marc.write),
        Format(_("MARCXML (can be imported again)"), "xml", "application/marcxml+xml", marc.write_xml),
    )
}


def described(works: QuerySet[Work]) -> Iterator[Description]:
    """Each of these works in words, however many there are."""
    found = works.prefetch_related("contributors__authority", "subjects", "records", "editions")
    return (describe(work, absolute(work.get_absolute_url())) for work in found.iterator(chunk_size=AT_ONCE))


def write(suffix: str, works: QuerySet[Work]) -> Iterable[bytes]:
    """The works in one of `FORMATS`, piece by piece."""
    return FORMATS[suffix].write(described(works))
