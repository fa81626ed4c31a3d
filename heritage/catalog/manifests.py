"""What the register says in the IIIF manifests of its scans, and the collections in which they are listed."""

from collections.abc import Mapping
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heritage.accounts.policies import policy_of
from heritage.catalog import queries
from heritage.catalog.models import Kind, Rank, RankPeriod, Record, RecordObject
from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.iiif.descriptions import Description, Link, Pair, Texts
from heritage.iiif.models import DigitalObject
from heritage.iiif.owners import NoSuchOwnerError
from heritage.iiif.queries import open_objects
from heritage.iiif.shelves import Family, Shelf

KIND_NAMES: Mapping[Kind, Texts] = {
    Kind.MONUMENT: {"vi": "Di tích và danh thắng", "en": "Monuments and sites"},
    Kind.COMPONENT: {"vi": "Điểm di tích thành phần", "en": "Parts of complexes"},
    Kind.ICH: {"vi": "Di sản văn hóa phi vật thể", "en": "Intangible heritage"},
    Kind.OBJECT: {"vi": "Hiện vật", "en": "Objects"},
    Kind.TREASURE: {"vi": "Bảo vật quốc gia", "en": "National treasures"},
    Kind.DOCUMENTARY: {"vi": "Di sản tư liệu", "en": "Documentary heritage"},
    Kind.FESTIVAL: {"vi": "Lễ hội", "en": "Festivals"},
    Kind.PLACE_NAME: {"vi": "Tên đường, địa danh", "en": "Street and place names"},
}


def describe(objects: list[DigitalObject]) -> Mapping[int, Description]:
    """A description of each object that belongs to a public record; two queries for any number of objects."""
    links = RecordObject.objects.filter(digital_object__in=[obj.pk for obj in objects], record__live=True)
    found: dict[int, Description] = {}
    for link in links.select_related("record__unit").order_by("is_restricted", "record__number"):
        found.setdefault(link.digital_object_id, _description(link.record))
    return found


def may(user: object, number: str) -> bool:
    """Whether `user` may add scans to the record of that number.

    Raises:
        NoSuchOwnerError: no record has the number.
    """
    record = Record.objects.filter(number=number).first()
    if record is None:
        raise NoSuchOwnerError(_("No record has the number %(number)s.") % {"number": number})
    return policy_of(Record).user_has_permission_for_instance(user, "change", record)


def shelves() -> list[Shelf]:
    """A collection for each kind of heritage."""
    return [Shelf(kind.value, KIND_NAMES[kind], partial(_of_kind, kind)) for kind in Kind]


def ranks() -> Family:
    """A collection for each rank and list."""
    return Family("ranks", {"vi": "Theo cấp xếp hạng", "en": "By rank"}, "rank-", _held_ranks, _rank)


def _held_ranks() -> list[Shelf]:
    """Ranks that a public record with an open object holds today, in the order of the vocabulary."""
    day = timezone.localdate()
    held = RankPeriod.objects.filter(
        since__lte=day,
        until__gt=day,
        record__live=True,
        record__record_objects__is_restricted=False,
        record__record_objects__digital_object__in=open_objects().order_by().values("pk"),
    )
    values = set(held.order_by().values_list("rank", flat=True).distinct())
    return [_of_rank(rank) for rank in Rank if rank.value in values]


def _rank(value: str) -> Shelf | None:
    return _of_rank(Rank(value)) if value in Rank.values else None


def _of_rank(rank: Rank) -> Shelf:
    return Shelf(f"rank-{rank.value}", _in_both(rank.label), partial(_with_rank, rank), parent="ranks")


def _with_rank(rank: Rank) -> QuerySet[DigitalObject]:
    return _shown_by(queries.ranked(Record.objects.filter(live=True), rank.value))


def _of_kind(kind: Kind) -> QuerySet[DigitalObject]:
    return _shown_by(Record.objects.filter(kind=kind, live=True))


def _shown_by(records: QuerySet[Record]) -> QuerySet[DigitalObject]:
    """Objects that `records` show to the public: what one of them keeps for staff is not listed by it."""
    links = RecordObject.objects.filter(record__in=records.order_by(), is_restricted=False)
    return DigitalObject.objects.filter(pk__in=links.order_by().values("digital_object"))


def _description(record: Record) -> Description:
    pairs = [
        Pair(_in_both(gettext_lazy("Record")), {"vi": record.number, "en": record.number}),
        Pair(_in_both(gettext_lazy("Kind")), _in_both(Kind(record.kind).label)),
    ]
    if record.unit:
        unit = {"vi": record.unit.name, "en": record.unit.name_en or record.unit.name}
        pairs.append(Pair(_in_both(gettext_lazy("Place")), unit))
    name = languages.pair(record, "name")
    return Description(
        name=name,
        metadata=tuple(pairs),
        homepages=tuple(_page(record, language, name) for language in languages.LANGUAGES),
        see_also=(
            Link(
                absolute(f"/id/{record.number}.json"),
                "application/json",
                _in_both(gettext_lazy("Data of the record")),
            ),
        ),
        latitude=record.latitude,
        longitude=record.longitude,
    )


def _page(record: Record, language: str, name: Texts) -> Link:
    with translation.override(language):
        path = reverse("record", args=[record.number])
    return Link(absolute(path), "text/html", {language: name.get(language) or record.name_vi}, language=language)


def _in_both(message: str | Promise) -> Texts:
    found = {}
    for language in languages.LANGUAGES:
        with translation.override(language):
            found[language] = str(message)
    return found
