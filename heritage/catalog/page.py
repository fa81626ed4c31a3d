"""All that the page of a record shows, gathered in few queries whatever the record holds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from heritage.catalog import festivals, particulars, ranking, standing, unknowns
from heritage.catalog.models import (
    Custody,
    Designation,
    Dimension,
    Dossier,
    FestivalYear,
    LunarRule,
    Movement,
    ObjectFile,
    Practice,
    ProtectionZone,
    Record,
    RecordName,
    RecordObject,
    RecordPicture,
    Relation,
    Restoration,
    Showing,
    Source,
    SourceKind,
    Survey,
    TaggedRecord,
)
from heritage.catalog.models.vocabulary import (
    IN_2024_LAW,
    LICENCE_URLS,
    Act,
    IchCategory,
    Licence,
    Rank,
    Scheme,
    scheme_of,
)
from heritage.catalog.people import queries as people_queries
from heritage.catalog.queries import published
from heritage.core import identifiers, languages
from heritage.iiif.models import DigitalObject
from heritage.iiif.queries import with_contents
from heritage.places import naming
from heritage.places.models import Unit

YEARS_AHEAD = 10

CHILDREN: dict[str, Any] = {
    "names": RecordName,
    "sources": Source,
    "lunar_rules": LunarRule,
    "festival_years": FestivalYear,
    "record_objects": RecordObject,
    "designations": Designation,
    "relations": Relation,
    "dimensions": Dimension,
    "pictures": RecordPicture,
    "dossiers": Dossier,
    "zones": ProtectionZone,
    "surveys": Survey,
    "restorations": Restoration,
}


def for_page(records: QuerySet[Record]) -> QuerySet[Record]:
    """Records with all that costs no further query, and with what they have none of marked, so that it is not asked."""
    annotated = records.annotate(
        **{f"has_{name}": Exists(model.objects.filter(record=OuterRef("pk"))) for name, model in CHILDREN.items()},
        has_parts=Exists(Record.objects.filter(part_of=OuterRef("pk"), live=True)),
        has_incoming=Exists(Relation.objects.filter(target=OuterRef("pk"), record__live=True)),
        has_practices=Exists(Practice.objects.filter(record=OuterRef("pk"))),
        has_custodies=Exists(Custody.objects.filter(record=OuterRef("pk"), is_confirmed=True)),
        has_object_file=Exists(ObjectFile.objects.filter(record=OuterRef("pk"))),
        has_tags=Exists(TaggedRecord.objects.filter(content_object=OuterRef("pk"))),
        has_terms=Exists(Record.terms.through.objects.filter(record=OuterRef("pk"))),
        has_acts_upon=Exists(Designation.objects.filter(part=OuterRef("pk"), record__live=True)),
        has_periods=Exists(Record.periods.through.objects.filter(record=OuterRef("pk"))),
        has_shared=Exists(Record.shared_units.through.objects.filter(record=OuterRef("pk"))),
    )
    return annotated.select_related("unit__parent__parent", "unit__province", "cover", "part_of")


def public(number: str) -> Record | None:
    return identifiers.with_short_code(for_page(published())).filter(number=number).first()


def scans_of(record: Record) -> Iterable[DigitalObject]:
    """The digital objects of a record in their order; asked only where there are any."""
    if not record.pk or not getattr(record, "has_record_objects", True):
        return []
    return with_contents(record.digital_objects.order_by("record_objects__sort_order", "record_objects__pk"))


@dataclass(frozen=True)
class Neighbour:
    """A record and how it stands to the one shown: a part, or a relation read in its direction."""

    record: Record
    relation: str


@dataclass
class RecordPage:
    """The parts of the page; each is asked of the database only when the template comes to it."""

    record: Record
    today: dt.date = field(default_factory=timezone.localdate)

    def _has(self, what: str) -> bool:
        """Whether it is worth asking; a draft in preview knows nothing and asks for all."""
        return bool(getattr(self.record, f"has_{what}", True))

    @cached_property
    def acts(self) -> list[Designation]:
        if not self._has("designations"):
            return []
        if self.record.pk and not self.is_draft:
            acts = Designation.objects.filter(record=self.record)
            return list(acts.select_related("authority", "part", "scan"))
        return list(self.record.designations.all())

    @property
    def is_draft(self) -> bool:
        return not hasattr(self.record, "has_designations")

    @cached_property
    def rank(self) -> Rank | None:
        rank = getattr(self.record, "rank", "")
        if self.is_draft:
            rank = ranking.rank_on(map(ranking.event, self.acts), self.today)
        return Rank(rank) if rank else None

    @cached_property
    def ranking_act(self) -> Designation | None:
        """The act that gave the present rank."""
        giving = [act for act in self.acts if act.rank == self.rank and act.act in (Act.RANK, Act.UPGRADE, Act.CORRECT)]
        return giving[-1] if giving else None

    @cached_property
    def acts_upon(self) -> list[Designation]:
        """Acts upon the whole that name this part: added to its ranking, or struck off it."""
        if not self.record.pk or not self._has("acts_upon"):
            return []
        acts = Designation.objects.filter(part=self.record, record__live=True)
        return list(acts.select_related("authority", "record", "scan"))

    @cached_property
    def scope(self) -> str:
        """Parts added to what is ranked and struck off it until today."""
        today = [one for one in ranking.standings(map(ranking.event, self.acts)) if one.since <= self.today < one.until]
        return standing.scope_text(today[0].scope) if today else ""

    @cached_property
    def other_listings(self) -> list[Designation]:
        """Listings beside the rank: World Heritage, and the national list of what UNESCO has listed too."""
        shown = self.ranking_act
        return [
            act
            for act in self.acts
            if act.act == Act.RANK
            and act is not shown
            and scheme_of(act.rank) != Scheme.STATE
            and act.rank != self.rank
        ]

    @cached_property
    def names(self) -> list[RecordName]:
        return list(self.record.names.all()) if self._has("names") else []

    @cached_property
    def sources(self) -> list[Source]:
        return list(self.record.sources.all()) if self._has("sources") else []

    @property
    def facts_from(self) -> list[Source]:
        return [one for one in self.sources if one.kind == SourceKind.FACTS]

    @property
    def bibliography(self) -> list[Source]:
        return [one for one in self.sources if one.kind == SourceKind.READING]

    @cached_property
    def pictures(self) -> list[RecordPicture]:
        if not self._has("pictures"):
            return []
        if self.is_draft:
            return list(self.record.pictures.all())
        rows = RecordPicture.objects.filter(record=self.record).select_related("image")
        return list(rows.prefetch_related("image__renditions"))

    @cached_property
    def tags(self) -> list[Any]:
        return list(self.record.tags.all()) if self._has("tags") else []

    @cached_property
    def terms(self) -> list[Any]:
        return list(self.record.terms.all()) if self._has("terms") else []

    @cached_property
    def particulars(self) -> list[tuple[str, str]]:
        return particulars.lines(self.record)

    @cached_property
    def dimensions(self) -> list[str]:
        return particulars.dimensions(self.record.dimensions.all()) if self._has("dimensions") else []

    @cached_property
    def practitioners(self) -> list[people_queries.Practitioner]:
        """Who practises it and lets it be said; asked of the consents at every request."""
        if not self.record.pk or not self._has("practices"):
            return []
        return people_queries.practitioners(self.record)

    @cached_property
    def custodies(self) -> list[Custody]:
        """Bodies in charge today."""
        if not self.record.pk or not self._has("custodies"):
            return []
        now = (Q(since=None) | Q(since__lte=self.today)) & (Q(until=None) | Q(until__gte=self.today))
        return list(Custody.objects.filter(now, record=self.record, is_confirmed=True).select_related("custodian"))

    @cached_property
    def kept_now(self) -> Movement | None:
        """Where the object is now, if that may be known."""
        if not self.record.pk or not self._has("object_file"):
            return None
        moves = Movement.objects.filter(object_file__record=self.record, moved_on__lte=self.today)
        last = moves.select_related("custodian").order_by("moved_on", "pk").last()
        return last if last and last.is_public else None

    @cached_property
    def showings(self) -> list[Showing]:
        if not self.record.pk or not self._has("object_file"):
            return []
        return list(Showing.objects.filter(object_file__record=self.record, is_public=True))

    @property
    def licence(self) -> tuple[str, str]:
        """Label and address of the licence of the text as it is shown, ("", "") where none is given."""
        language = languages.current()
        shown = language if getattr(self.record, f"text_{language}") else ("en" if language == "vi" else "vi")
        key = getattr(self.record, f"licence_{shown}")
        return (str(Licence(key).label), LICENCE_URLS[Licence(key)]) if key else ("", "")

    @cached_property
    def periods(self) -> list:
        return list(self.record.periods.all()) if self._has("periods") else []

    @cached_property
    def shared_units(self) -> list[Unit]:
        return list(self.record.shared_units.all()) if self._has("shared") else []

    @cached_property
    def rules(self) -> list[LunarRule]:
        return list(self.record.lunar_rules.all()) if self._has("lunar_rules") else []

    @cached_property
    def occasions(self) -> list[festivals.Occasion]:
        """The festival of this year and the years to come."""
        if not self.rules and not self._has("festival_years"):
            return []
        years = range(self.today.year, self.today.year + YEARS_AHEAD)
        changed = self.record.festival_years.all() if self._has("festival_years") else []
        found = festivals.of_rules(self.record, self.rules, list(changed), years)
        return [one for one in found if one.last >= self.today]

    @cached_property
    def parts(self) -> list[Record]:
        if not self.record.pk or not self._has("parts"):
            return []
        return list(published().filter(part_of=self.record).select_related("unit__province", "cover"))

    @cached_property
    def neighbours(self) -> list[Neighbour]:
        """Public records that this one speaks of, or that speak of it; one query for both directions."""
        if not self.record.pk or not (self._has("relations") or self._has("incoming")):
            return []
        both = Relation.objects.filter(
            Q(record=self.record, target__live=True) | Q(target=self.record, record__live=True)
        ).select_related("record__unit__province", "target__unit__province")
        found = []
        for one in both.order_by("sort_order", "pk"):
            is_own = one.record_id == self.record.pk
            kind = one.kind if is_own else f"{one.kind}_of"
            found.append(Neighbour(one.target if is_own else one.record, kind))
        return found

    @property
    def unknowns(self) -> list[str]:
        return unknowns.of_record(self.record, self.acts, self.rules)

    @property
    def place_printed(self) -> str:
        """As the decision prints it."""
        record = self.record
        parts = (record.address, record.commune_printed, record.district_printed, record.province_printed)
        return ", ".join(part for part in parts if part)

    @property
    def place_then(self) -> str:
        """The printed place within a sentence: `xã An Đức, huyện Ba Tri`; `An Duc Commune, Ba Tri District`."""
        record = self.record
        word = naming.in_english if languages.current() == "en" else naming.in_running_text
        units = (record.commune_printed, record.district_printed, record.province_printed)
        parts = [record.address, *(word(unit) for unit in units if unit)]
        line = ", ".join(part for part in parts if part)
        return line[:1].upper() + line[1:]

    @property
    def types(self) -> list[str]:
        return Record._meta.get_field("types").labels(self.record.types)

    @property
    def categories(self) -> list[tuple[str, str]]:
        """Each category as decided, with its name in the 2024 law where the older law named it otherwise."""
        found = []
        for key in self.record.ich_categories:
            decided = _bare_label(key)
            today = _bare_label(IN_2024_LAW[IchCategory(key)]) if key in IN_2024_LAW else ""
            found.append((decided, today if today != decided else ""))
        return found

    @property
    def other_name(self) -> tuple[str, str]:
        """The name in the other language and that language, ("", "") where it is not known or the same."""
        other = "vi" if languages.current() == "en" else "en"
        name = getattr(self.record, f"name_{other}")
        shown = languages.in_language(self.record, "name")
        return (name, other) if name and name != shown else ("", "")


def _bare_label(key: str) -> str:
    """The name of a category without the law that stands in brackets behind it in lists of choices."""
    return str(dict(IchCategory.choices).get(key, key)).partition(" (")[0]
