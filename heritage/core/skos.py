"""Vocabularies as SKOS (W3C SKOS Reference, 2009): written as JSON-LD, Turtle or RDF/XML, and read from the same.

What is read may be hostile: no document type in XML, no context of JSON-LD that would have to be fetched.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import defusedxml.ElementTree as ElementTree  # type: ignore[import-untyped]
from defusedxml import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.core.folding import nfc, slug

if TYPE_CHECKING:  # loaded where it is used: every process would hold 5 MB of it
    from rdflib import Graph

CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "notation": "skos:notation",
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "narrower": {"@id": "skos:narrower", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
}
FORMS = {
    "ttl": ("text/turtle; charset=utf-8", "turtle", "Turtle"),
    "rdf": ("application/rdf+xml", "xml", "RDF/XML"),
    "jsonld": ("application/ld+json", "json-ld", "JSON-LD"),
}
"""By the ending of the file: its media type, what rdflib calls it, and its name."""
ENDINGS = {"jsonld": "jsonld", "json": "jsonld", "ttl": "ttl", "rdf": "rdf", "xml": "rdf"}
LARGEST = 5 * 1024**2
"""Bytes of a vocabulary that is taken in."""


@dataclass(frozen=True)
class Concept:
    """`code` is the last part of its address; `broader` the codes of those above, none at the top.

    `labels` and `other_labels` are by language: the preferred one, and the further ones in order.
    """

    code: str
    labels: dict[str, str] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    notation: str = ""
    other_labels: dict[str, tuple[str, ...]] = field(default_factory=dict)


def as_json_ld(scheme: str, concepts: Iterable[Concept]) -> dict[str, Any]:
    """The concept scheme at the address `scheme` with all of its concepts."""
    told = list(concepts)
    below: dict[str, list[str]] = {}
    for one in told:
        for code in one.broader:
            below.setdefault(code, []).append(f"{scheme}#{one.code}")
    rows = (_row(scheme, one, below.get(one.code, [])) for one in told)
    return {"@context": CONTEXT, "@graph": [{"@id": scheme, "@type": "skos:ConceptScheme"}, *rows]}


def write(scheme: str, concepts: Iterable[Concept], form: str) -> bytes:
    """The scheme as a file of one of `FORMS`."""
    body = json.dumps(as_json_ld(scheme, concepts), ensure_ascii=False, indent=1)
    if form == "jsonld":
        return body.encode()
    from rdflib import Graph
    from rdflib.namespace import SKOS

    graph = Graph()
    graph.parse(data=body, format="json-ld")
    graph.bind("skos", SKOS)
    return graph.serialize(format=FORMS[form][1], encoding="utf-8")


def read(data: bytes, name: str) -> list[Concept]:
    """The concepts of a file called `name`, in the order of their codes.

    Raises:
        ValidationError: not a vocabulary, too large, or made to reach out; says what to do.
    """
    form = ENDINGS.get(name.rpartition(".")[2].lower())
    if form is None:
        raise ValidationError(
            _("%(name)s: give a file that ends in .ttl, .rdf, .xml, .jsonld or .json.") % {"name": name}
        )
    if len(data) > LARGEST:
        raise ValidationError(_("The file is larger than 5 MB; split the vocabulary."))
    _refuse_reaching_out(data, form)
    from rdflib import Graph

    graph = Graph()
    try:
        graph.parse(data=data, format=FORMS[form][1])
    except Exception as error:  # rdflib's parsers have no common error
        raise _broken(error, form) from error
    found = sorted(_concepts(graph), key=lambda one: one.code)
    if not found:
        raise ValidationError(_("The file has no skos:Concept; export the vocabulary as SKOS."))
    return found


def _row(scheme: str, one: Concept, below: list[str]) -> dict[str, Any]:
    above = [f"{scheme}#{code}" for code in one.broader]
    others = {language: list(labels) for language, labels in one.other_labels.items() if labels}
    return {
        "@id": f"{scheme}#{one.code}",
        "@type": "skos:Concept",
        "prefLabel": {language: label for language, label in one.labels.items() if label},
        "inScheme": scheme,
        **({"notation": one.notation} if one.notation else {}),
        **({"altLabel": others} if others else {}),
        **({"broader": above if len(above) > 1 else above[0]} if above else {}),
        **({"narrower": below} if below else {}),
    }


def _refuse_reaching_out(data: bytes, form: str) -> None:
    try:
        if form == "rdf":
            ElementTree.fromstring(data, forbid_dtd=True)
        contexts = list(_contexts(json.loads(data))) if form == "jsonld" else []
    except DefusedXmlException as error:
        message = _("The file has a document type (<!DOCTYPE>), which is not read; take it out.")
        raise ValidationError(message) from error
    except Exception as error:  # whatever is broken
        raise _broken(error, form) from error
    if not all(map(_is_inline, contexts)):
        raise ValidationError(_("The file names a JSON-LD context elsewhere; write the context into the file."))


def _broken(error: Exception, form: str) -> ValidationError:
    """Parsers say what they met in English and in their own terms; all that helps is the line."""
    said = {"form": FORMS[form][2], "line": _line(error)}
    if said["line"] is None:
        return ValidationError(_("The file is not %(form)s in UTF-8. Export the vocabulary anew.") % said)
    return ValidationError(_("The file is not %(form)s from line %(line)d on. Mend it, or export it anew.") % said)


def _line(error: Any) -> int | None:
    """The line, from 1, at which a parser of Turtle, XML or JSON stopped."""
    if hasattr(error, "getLineNumber"):
        return error.getLineNumber()  # type: ignore[no-any-return]
    if isinstance(lines := getattr(error, "lines", None), int):
        return lines + 1
    return error.position[0] if hasattr(error, "position") else getattr(error, "lineno", None)  # type: ignore[no-any-return]


def _contexts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "@context":
                yield inner
            yield from _contexts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _contexts(inner)


def _is_inline(context: Any) -> bool:
    if isinstance(context, list):
        return all(_is_inline(one) for one in context)
    return context is None or (isinstance(context, dict) and "@import" not in context)


def _concepts(graph: "Graph") -> Iterator[Concept]:
    from rdflib.namespace import RDF, SKOS

    for subject in set(graph.subjects(RDF.type, SKOS.Concept)):
        above = {*graph.objects(subject, SKOS.broader), *graph.subjects(SKOS.narrower, subject)}
        labels = dict(_in_languages(graph, subject, SKOS.prefLabel))
        others: dict[str, list[str]] = {}
        for language, label in sorted(_in_languages(graph, subject, SKOS.altLabel)):
            others.setdefault(language, []).append(label)
        notation = str(next(iter(sorted(map(str, graph.objects(subject, SKOS.notation)))), ""))
        broader = tuple(sorted({code_of(str(each)) for each in above}))
        yield Concept(
            code_of(str(subject)), labels, broader, notation, {name: tuple(texts) for name, texts in others.items()}
        )


def _in_languages(graph: "Graph", subject: Any, relation: Any) -> Iterator[tuple[str, str]]:
    """Labels with their languages, `vi` for `vi-VN` too, "" where none is named."""
    for label in graph.objects(subject, relation):
        yield (getattr(label, "language", None) or "")[:2], nfc(str(label)).strip()


def code_of(address: str) -> str:
    """`.../subjects#dinh-lang` and `.../300007466` are `dinh-lang` and `300007466`."""
    last = address.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    return slug(last)[:50]
