"""Answers as XML (OAI-PMH 2.0, section 3.2)."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from heritage.core.plain import fit_for_xml
from heritage.publishing.oai import dublin_core, harvest, protocol
from heritage.publishing.oai.harvest import Harvest, Item
from heritage.publishing.oai.protocol import OaiError

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
for _prefix, _uri in (("", OAI), ("oai_dc", OAI_DC), ("dc", DC), ("xsi", XSI), ("oai-identifier", IDENTIFIER)):
    ET.register_namespace(_prefix, _uri)


def answer(base_url: str, params: Mapping[str, str] | OaiError) -> bytes:
    """The whole answer to arguments, or to the error that reading them met."""
    root = ET.Element(f"{{{OAI}}}OAI-PMH", {f"{{{XSI}}}schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd"})
    _add(root, "responseDate", protocol.stamp(timezone.now()))
    request = _add(root, "request", base_url)
    if isinstance(params, OaiError):
        _error(root, params)
    else:
        try:
            part = VERBS[params["verb"]](base_url, params)
        except OaiError as error:
            _error(root, error)
            part = None
        if part is not None:
            root.append(part)
        if part is not None or root[-1].get("code") not in ("badVerb", "badArgument"):
            request.attrib.update({name: fit_for_xml(value) for name, value in params.items()})
    ET.indent(root, " ")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{OAI}}}{name}", attributes)
    element.text = fit_for_xml(text) or None
    return element


def _error(root: ET.Element, error: OaiError) -> None:
    _add(root, "error", error.message, code=error.code)


def _part(name: str) -> ET.Element:
    return ET.Element(f"{{{OAI}}}{name}")


def identify(base_url: str, params: Mapping[str, str]) -> ET.Element:
    part = _part("Identify")
    for name, text in (
        ("repositoryName", str(settings.WAGTAIL_SITE_NAME)),
        ("baseURL", base_url),
        ("protocolVersion", "2.0"),
        ("adminEmail", settings.DEFAULT_FROM_EMAIL),
        ("earliestDatestamp", harvest.earliest()),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        _add(part, name, text)
    description = ET.SubElement(_add(part, "description"), f"{{{IDENTIFIER}}}oai-identifier")
    for name, text in (
        ("scheme", "oai"),
        ("repositoryIdentifier", protocol.namespace()),
        ("delimiter", ":"),
        ("sampleIdentifier", protocol.identifier("TN01")),
    ):
        ET.SubElement(description, f"{{{IDENTIFIER}}}{name}").text = text
    return part


def list_metadata_formats(base_url: str, params: Mapping[str, str]) -> ET.Element:
    if "identifier" in params:
        _item(params["identifier"])
    part = _part("ListMetadataFormats")
    one = _add(part, "metadataFormat")
    _add(one, "metadataPrefix", protocol.PREFIX)
    _add(one, "schema", f"{OAI_DC[:-1]}.xsd")
    _add(one, "metadataNamespace", OAI_DC)
    return part


def list_sets(base_url: str, params: Mapping[str, str]) -> ET.Element:
    if "resumptionToken" in params:
        raise OaiError("badResumptionToken", "the sets fit into one answer")
    part = _part("ListSets")
    for spec, name in harvest.sets().items():
        one = _add(part, "set")
        _add(one, "setSpec", spec)
        _add(one, "setName", name)
    return part


def get_record(base_url: str, params: Mapping[str, str]) -> ET.Element:
    item = _item(params["identifier"])
    if params["metadataPrefix"] != protocol.PREFIX:
        raise OaiError("cannotDisseminateFormat", f"only {protocol.PREFIX} is offered")
    part = _part("GetRecord")
    _record(part, item)
    return part


def _item(identifier: str) -> Item:
    number = protocol.number(identifier)
    item = harvest.one(number) if number else None
    if item is None:
        raise OaiError("idDoesNotExist", f"identifiers look like {protocol.identifier('TN01')}")
    return item


def list_identifiers(base_url: str, params: Mapping[str, str]) -> ET.Element:
    return _list(params, "ListIdentifiers")


def list_records(base_url: str, params: Mapping[str, str]) -> ET.Element:
    return _list(params, "ListRecords")


def _list(params: Mapping[str, str], verb: str) -> ET.Element:
    asked = Harvest.of(params)
    items, rest = harvest.batch(asked)
    if not items and not asked.done:
        raise OaiError("noRecordsMatch", "nothing has changed there and then")
    part = _part(verb)
    for item in items:
        _header(part, item) if verb == "ListIdentifiers" else _record(part, item)
    if rest is not None or asked.done:
        token = _add(part, "resumptionToken", rest.token if rest else "", cursor=str(asked.done))
        if rest is not None:
            token.set("completeListSize", str(rest.total))
            token.set("expirationDate", protocol.stamp(timezone.now() + harvest.TOKEN_LIVES))
    return part


def _header(parent: ET.Element, item: Item) -> None:
    header = _add(parent, "header")
    if item.instance is None:
        header.set("status", "deleted")
    _add(header, "identifier", protocol.identifier(item.number))
    _add(header, "datestamp", protocol.stamp(item.stamp))
    for spec in item.sets:
        _add(header, "setSpec", spec)


def _record(parent: ET.Element, item: Item) -> None:
    record = _add(parent, "record")
    _header(record, item)
    if item.instance is None:
        return
    location = f"{OAI_DC} {OAI_DC[:-1]}.xsd"
    container = ET.SubElement(_add(record, "metadata"), f"{{{OAI_DC}}}dc", {f"{{{XSI}}}schemaLocation": location})
    for name, text, language in dublin_core.elements(item.resource, item.instance):
        element = ET.SubElement(container, f"{{{DC}}}{name}")
        element.text = fit_for_xml(text)
        if language:
            element.set("{http://www.w3.org/XML/1998/namespace}lang", language)


VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
