"""MARC 21 bibliographic records (loc.gov/marc/bibliographic), as ISO 2709 and as MARCXML, by pymarc."""

import io
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from lxml import etree
from pymarc import Field, Indicators, MARCReader, Record, Subfield, XMLWriter, record_to_xml
from pymarc.marcxml import parse_xml_to_array

from heritage.core.folding import nfc
from heritage.library.records.description import Description
from heritage.library.records.errors import RecordsError

LEADER = "00000nam a2200000 i 4500"
CODES = {"vi": "vie", "en": "eng", "fr": "fre", "zh": "chi", "lzh": "chi", "vi-Hani": "vie", "km": "khm"}
"""MARC language codes (008/35-37); the exact BCP 47 tag stands in 041."""
NO_LANGUAGE = ("", "   ", "|||", "und", "mul", "zxx", "mis")
"""Codes that name none; the library holds such a text to be in Vietnamese until somebody says better."""
MOST_BYTES = 50 * 1024 * 1024


def record_of(one: Description) -> Record:
    """The MARC record of a description."""
    record = Record(leader=LEADER, force_utf8=True)
    year = f"{one.year:04d}" if one.year else "||||"
    language = CODES.get(one.language, "und")
    record.add_field(Field("001", data=one.number))
    record.add_field(Field("008", data=f"000000s{year}    vm |||||||||||||||||{language} d".ljust(40)[:40]))
    for isbn in one.isbns:
        _add(record, "020", a=isbn)
    _add(record, "041", " 7", a=one.language, two="rfc5646")
    for number in one.dewey:
        _add(record, "082", "04", a=number)
    authors = [name for name, role in one.contributors if role == "aut"]
    if authors:
        _add(record, "100", "1 ", a=authors[0], **_authority(one, authors[0]), four="aut")
    _add(record, "245", "10" if authors else "00", a=one.title_vi)
    _add(record, "246", "31", a=one.title_en)
    _add(record, "264", " 1", c=str(one.year) if one.year else "")
    _add(record, "490", "0 ", a=one.series, v=one.series_number)
    _add(record, "520", "  ", a=one.description_vi)
    _add(record, "520", "8 ", a=one.description_en)
    _add(record, "521", "8 ", a=one.audience)
    _add(record, "540", "  ", f=one.licence)
    for subject in one.subjects:
        _add(record, "650", " 4", a=subject)
    for number in one.records:
        _add(record, "787", "08", i="Heritage record", o=number)
    for name, role in one.contributors:
        if not (role == "aut" and name == authors[0]):
            _add(record, "700", "1 ", a=name, **_authority(one, name), four=role)
    _add(record, "852", "  ", z=one.holding)
    _add(record, "856", "40", u=one.url)
    return record


def _authority(one: Description, name: str) -> dict[str, str]:
    """Years ($d) and the identifier of the name elsewhere ($0)."""
    years, addresses = one.authorities.get(name, ("", []))
    return {"d": years.replace("–", "-"), "zero": addresses[0] if addresses else ""}


def description_of(record: Record) -> Description:
    """What a MARC record says; fields that are absent stay blank."""
    year = re.search(r"\d{4}", _first(record, "264", "c") or _first(record, "260", "c"))
    tags = {field["2"]: field.get("a", "") for field in record.get_fields("041") if "2" in field}
    code = record["008"].data[35:38] if "008" in record and record["008"].data else ""
    back = {marc: tag for tag, marc in reversed(CODES.items())}
    summaries = {field.indicator1 == "8": field.get("a", "") for field in record.get_fields("520")}
    people = [
        (field.get("a", ""), field.get("4", "aut")[:3]) for field in record.get_fields("100", "110", "700", "710")
    ]
    return Description(
        number=record["001"].data.strip() if "001" in record and record["001"].data else "",
        title_vi=_title(record),
        title_en=_clean(_first(record, "246", "a")),
        description_vi=nfc(summaries.get(False, "")),
        description_en=nfc(summaries.get(True, "")),
        language=tags.get("rfc5646") or back.get(code) or ("vi" if code in NO_LANGUAGE else code),
        audience=_first(record, "521", "a"),
        series=_clean(_first(record, "490", "a")),
        series_number=_clean(_first(record, "490", "v")),
        year=int(year[0]) if year else None,
        licence=_first(record, "540", "f"),
        isbns=[field.get("a", "").split(" ")[0] for field in record.get_fields("020") if field.get("a")],
        contributors=[(_clean(name), role) for name, role in people if name],
        subjects=[_clean(f.get("a", "")) for f in record.get_fields("650", "651", "653") if f.get("a")],
        dewey=[field.get("a", "") for field in record.get_fields("082") if field.get("a")],
        records=[field["o"] for field in record.get_fields("787") if "o" in field],
        holding=_first(record, "852", "z")
        or " ".join(record["852"].get_subfields("b", "h", "i") if "852" in record else []),
    )


def write(descriptions: Iterable[Description]) -> Iterator[bytes]:
    """All of them as one ISO 2709 file, a record at a time."""
    return (record_of(one).as_marc() for one in descriptions)


def write_xml(descriptions: Iterable[Description]) -> Iterator[bytes]:
    """All of them as one MARCXML collection, a record at a time."""
    out = io.BytesIO()
    writer = XMLWriter(out)
    for one in descriptions:
        writer.write(record_of(one))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    writer.close(close_fh=False)
    yield out.getvalue()


def xml_of(one: Description) -> bytes:
    """One record as MARCXML by itself."""
    return record_to_xml(record_of(one), namespace=True)


def read(data: bytes) -> Iterator[tuple[int, Description | str]]:
    """Each record of a file by its place, or what is wrong with it.

    Raises:
        RecordsError: the file as a whole is neither ISO 2709 nor MARCXML.
    """
    if len(data) > MOST_BYTES:
        raise RecordsError(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 1024**2})
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start == b"<":
        records: Iterable[Record | None] = _from_xml(data)
    elif start.isdigit():
        records = MARCReader(io.BytesIO(data), to_unicode=True, force_utf8=False, utf8_handling="replace")
    else:
        raise RecordsError(_("The file is neither MARC 21 (ISO 2709) nor MARCXML."))
    for place, record in enumerate(records, 1):
        if record is None:
            yield place, _("The record is damaged.")
        else:
            yield place, description_of(record)


def _from_xml(data: bytes) -> list[Record]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise RecordsError(_("The file declares a document type, which MARCXML does not need; take it out."))
        return [record for record in parse_xml_to_array(io.BytesIO(etree.tostring(root))) if record is not None]
    except (etree.XMLSyntaxError, ValueError, KeyError, IndexError) as error:
        raise RecordsError(_("The file is no well-formed MARCXML: %(error)s") % {"error": str(error)[:200]}) from error


def _add(record: Record, tag: str, indicators: str = "  ", **subfields: str) -> None:
    named = {"zero": "0", "two": "2", "four": "4"}
    filled = [Subfield(named.get(code, code), value) for code, value in subfields.items() if value]
    if any(part.code not in ("0", "2", "4", "d", "i") for part in filled):
        record.add_field(Field(tag, indicators=Indicators(indicators[0], indicators[1]), subfields=filled))


def _first(record: Record, tag: str, code: str) -> str:
    return next((nfc(field[code]).strip() for field in record.get_fields(tag) if code in field), "")


def _title(record: Record) -> str:
    parts = [_first(record, "245", code) for code in ("a", "b", "n", "p")]
    return _clean(" ".join(part for part in parts if part))


def _clean(text: str) -> str:
    """Without the punctuation that ISBD puts between parts."""
    return nfc(text).strip().rstrip("/:;,= ").strip()
