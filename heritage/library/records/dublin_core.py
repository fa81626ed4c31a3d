"""Dublin Core (ISO 15836-1) as XML, out only."""

from lxml import etree

from heritage.library.records.description import Description

DC, OAI_DC = "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"


def write(one: Description) -> bytes:
    """One `oai_dc:dc` element."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"dc": DC, "oai_dc": OAI_DC})
    people = [
        ("creator" if role == "aut" else "publisher" if role == "pbl" else "contributor", name)
        for name, role in one.contributors
    ]
    rows = [
        ("title", one.title_vi),
        ("title", one.title_en),
        *people,
        *(("subject", subject) for subject in one.subjects),
        ("description", one.description_vi),
        ("description", one.description_en),
        ("date", str(one.year) if one.year else ""),
        ("type", "Text"),
        ("identifier", one.url),
        ("identifier", one.number),
        *(("identifier", f"urn:isbn:{isbn}") for isbn in one.isbns),
        ("language", one.language),
        *(("relation", number) for number in one.records),
        ("rights", one.licence),
    ]
    for tag, text in rows:
        if text:
            etree.SubElement(root, f"{{{DC}}}{tag}").text = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
