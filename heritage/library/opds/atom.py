"""OPDS 1.2 (specs.opds.io/opds-1.2): the same publications as Atom (RFC 4287), for programs that read only that."""

from typing import Any

from lxml import etree

from heritage.library.models import Work

ATOM, DC, OPDS = "http://www.w3.org/2005/Atom", "http://purl.org/dc/terms/", "http://opds-spec.org/2010/catalog"
THREAD, SEARCH = "http://purl.org/syndication/thread/1.0", "http://a9.com/-/spec/opensearch/1.1/"
NAMESPACES = {None: ATOM, "dc": DC, "opds": OPDS, "thr": THREAD, "opensearch": SEARCH}
ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
FEED = "application/atom+xml;profile=opds-catalog;kind=acquisition"
DESCRIPTION = "application/opensearchdescription+xml"
FACET = "http://opds-spec.org/facet"
FROM_2 = {"application/opds+json": FEED, "application/opds-publication+json": ENTRY}
"""Media types of OPDS 2.0 with what stands for them here."""


def feed(identifier: str, title: str, updated: str, links: list[dict[str, Any]], total: int, size: int) -> Any:
    """A feed without entries; `links` are attributes, namespaced ones as `{namespace}name`."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=NAMESPACES)
    _add(root, ATOM, "id", identifier)
    _add(root, ATOM, "title", title)
    _add(root, ATOM, "updated", updated)
    for link in links:
        etree.SubElement(root, f"{{{ATOM}}}link", {key: str(value) for key, value in link.items()})
    _add(root, SEARCH, "totalResults", str(total))
    _add(root, SEARCH, "itemsPerPage", str(size))
    return root


def entry(work: Work, publication: dict[str, Any]) -> Any:
    """One work from its OPDS 2.0 description, so that both versions always say the same."""
    said = publication["metadata"]
    root = etree.Element(f"{{{ATOM}}}entry", nsmap=NAMESPACES)
    titles = said["title"]
    _add(root, ATOM, "id", said["identifier"])
    _add(root, ATOM, "title", titles.get("vi") or next(iter(titles.values())))
    _add(root, ATOM, "updated", said["modified"])
    for person in said.get("author", []):
        _add(etree.SubElement(root, f"{{{ATOM}}}author"), ATOM, "name", person["name"])
    for person in (p for role in ("translator", "editor", "illustrator", "narrator") for p in said.get(role, [])):
        _add(etree.SubElement(root, f"{{{ATOM}}}contributor"), ATOM, "name", person["name"])
    for person in said.get("publisher", []):
        _add(root, DC, "publisher", person["name"])
    _add(root, DC, "language", said["language"])
    if year := said.get("published"):
        _add(root, DC, "issued", year[:4])
    for subject in said.get("subject", []):
        etree.SubElement(root, f"{{{ATOM}}}category", {"term": subject, "label": subject})
    if summary := said.get("description"):
        _add(root, ATOM, "summary", summary).set("type", "text")
    for image in publication.get("images", []):
        _link(root, {"rel": "http://opds-spec.org/image", "href": image["href"], "type": image["type"]})
    for link in publication["links"]:
        _publication_link(root, link)
    return root


def entry_document(work: Work, publication: dict[str, Any]) -> bytes:
    return serialise(entry(work, publication))


def search_description(name: str, template: str) -> bytes:
    """OpenSearch 1.1 Draft 6, section 4."""
    root = etree.Element(f"{{{SEARCH}}}OpenSearchDescription", nsmap={None: SEARCH})
    _add(root, SEARCH, "ShortName", name[:16])
    _add(root, SEARCH, "Description", name)
    _add(root, SEARCH, "InputEncoding", "UTF-8")
    etree.SubElement(root, f"{{{SEARCH}}}Url", {"type": FEED, "template": template})
    return serialise(root)


def serialise(root: Any) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _publication_link(root: Any, link: dict[str, Any]) -> None:
    """An acquisition link with its indirect forms, copies and holds (OPDS 1.2, section 5.2, and its extensions)."""
    href = link["href"].replace("/opds/2/", "/opds/1/")
    element = _link(root, {"rel": link["rel"], "href": href, "type": FROM_2.get(link["type"], link["type"])})
    properties = link.get("properties", {})
    for form in properties.get("indirectAcquisition", []):
        etree.SubElement(element, f"{{{OPDS}}}indirectAcquisition", {"type": form["type"]})
    if availability := properties.get("availability"):
        values = {{"state": "status"}.get(key, key): value for key, value in availability.items()}
        etree.SubElement(element, f"{{{OPDS}}}availability", values)
    for name in ("copies", "holds"):
        if name in properties:
            values = {key: str(value) for key, value in properties[name].items()}
            etree.SubElement(element, f"{{{OPDS}}}{name}", values)


def _link(root: Any, attributes: dict[str, str]) -> Any:
    return etree.SubElement(root, f"{{{ATOM}}}link", attributes)


def _add(root: Any, namespace: str, tag: str, text: str) -> Any:
    element = etree.SubElement(root, f"{{{namespace}}}{tag}")
    element.text = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return element
