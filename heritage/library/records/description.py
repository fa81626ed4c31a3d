"""What a catalogue record says of a work, whatever form it travels in."""

from dataclasses import dataclass, field

from heritage.library.models import Work


@dataclass
class Description:
    """One work in words. `language` is BCP 47; `contributors` are (name, MARC relator code)."""

    number: str = ""
    title_vi: str = ""
    title_en: str = ""
    description_vi: str = ""
    description_en: str = ""
    language: str = "vi"
    audience: str = ""
    series: str = ""
    series_number: str = ""
    year: int | None = None
    licence: str = ""
    isbns: list[str] = field(default_factory=list)
    contributors: list[tuple[str, str]] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    dewey: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    holding: str = ""
    url: str = ""
    authorities: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """By a contributor's name: years, and addresses of the same name elsewhere."""


def describe(work: Work, url: str = "") -> Description:
    """`work` with what is prefetched of its contributors, subjects, records and editions."""
    subjects, editions = list(work.subjects.all()), list(work.editions.all())
    return Description(
        number=work.number,
        title_vi=work.title_vi,
        title_en=work.title_en,
        description_vi=work.description_vi,
        description_en=work.description_en,
        language=work.language,
        audience=work.audience,
        series=work.series,
        series_number=work.series_number,
        year=work.publication_year,
        licence=work.licence,
        isbns=list(dict.fromkeys(edition.isbn for edition in editions if edition.isbn)),
        contributors=[(one.name, one.role) for one in work.contributors.all()],
        subjects=[subject.label_vi for subject in subjects],
        dewey=[subject.notation for subject in subjects if subject.notation],
        records=[record.number for record in work.records.all() if record.live],
        holding=next((edition.note_vi for edition in editions if edition.kind == "print"), ""),
        url=url,
        authorities={
            one.name: (one.authority.years, [address for _label, address in one.authority.links])
            for one in work.contributors.all()
            if one.authority_id
        },
    )
