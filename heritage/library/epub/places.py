"""A place in an EPUB in the words of different programs: EPUB CFI (EPUB Canonical Fragment Identifiers 1.1), KOReader's
XPointer (crengine), and a reference `path#id`. Each leads to an element; characters inside it are left out.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from heritage.library.epub.container import MOST_XML_BYTES, Container
from heritage.library.epub.errors import EpubError
from heritage.library.epub.package import Package, read_package
from heritage.library.epub.xml import local, parse, parse_document

_ASSERTION = re.compile(r"\[(?:[^\]^]|\^.)*\]")
_STEP = re.compile(r"/(\d{1,6})")
_XPOINTER = re.compile(r"/body/DocFragment(?:\[(\d{1,6})\])?(.*)")
_NAME = re.compile(r"([A-Za-z][\w.-]{0,40})(?:\[(\d{1,6})\])?")


@dataclass(frozen=True)
class Place:
    """The `index`-th file of the reading order, and the steps from its root: places among the elements. All from 0."""

    index: int
    steps: tuple[int, ...] = ()


class Places:
    """The places of one EPUB. Whatever is asked, a place that makes no sense is the beginning of its file, or None."""

    def __init__(self, container: Container) -> None:
        """Raises EpubError: the book cannot be read."""
        self._container = container
        self.package: Package = read_package(container)
        self._roots: dict[int, Any] = {}

    def from_cfi(self, cfi: str) -> Place | None:
        """Of a range its beginning."""
        plain = _ASSERTION.sub("", cfi.removeprefix("epubcfi(").removesuffix(")"))
        if "," in plain:
            parent, start = plain.split(",")[:2]
            plain = parent + start
        outside, _mark, inside = plain.partition("!")
        steps = [int(step) for step in _STEP.findall(outside)]
        if len(steps) < 2 or not 0 <= (index := steps[1] // 2 - 1) < len(self.package.spine):
            return None
        inner = [int(step) for step in _STEP.findall(inside)]
        elements = [step // 2 - 1 for step in inner if step % 2 == 0 and step]
        return Place(index, self._standing(index, elements))

    def cfi(self, place: Place) -> str:
        inside = "".join(f"/{2 * step + 2}" for step in place.steps)
        return f"epubcfi(/{self._spine_step()}/{2 * place.index + 2}!{inside or '/4'})"

    def from_xpointer(self, pointer: str) -> Place | None:
        """Such as `/body/DocFragment[3]/body/div/p[2]/text().17`; a file by itself may stand without its number."""
        match = _XPOINTER.match(pointer)
        if not match or not 0 < (number := int(match[1] or 1)) <= len(self.package.spine):
            return None
        element, steps = self._root(number - 1), []
        for part in match[2].strip("/").split("/"):
            named = _NAME.match(part)
            if element is None or not named:
                break
            same = [child for child in _elements(element) if local(child) == named[1].lower()]
            wanted = int(named[2] or 1) - 1
            if not 0 <= wanted < len(same):
                break
            steps.append(_elements(element).index(same[wanted]))
            element = same[wanted]
        return Place(number - 1, tuple(steps))

    def xpointer(self, place: Place) -> str:
        pointer, element = f"/body/DocFragment[{place.index + 1}]", self._root(place.index)
        for step in place.steps:
            child = _elements(element)[step]
            same = [one for one in _elements(element) if local(one) == local(child)]
            pointer += f"/{local(child)}" + (f"[{same.index(child) + 1}]" if len(same) > 1 else "")
            element = child
        return pointer + (".0" if place.steps else "/body.0")

    def from_reference(self, reference: str) -> Place | None:
        """`path#id`, the path as in the package; a path alone is the beginning of that file."""
        name, _mark, fragment = reference.partition("#")
        index = next((i for i, path in enumerate(self.package.spine) if name and name.endswith(path)), None)
        if index is None:
            return None
        return Place(index, self._steps_to(index, fragment)) if fragment else Place(index)

    def reference(self, place: Place) -> str:
        """The path, and the id of the element or of the nearest one around it."""
        element, found = self._root(place.index), ""
        for step in place.steps:
            element = _elements(element)[step]
            found = element.get("id") or found
        return self.package.spine[place.index] + (f"#{found}" if found else "")

    def at(self, fraction: float) -> Place:
        """The beginning of the file in which `fraction` of the book's bytes lies behind."""
        sizes = [self._container.size(name) for name in self.package.spine]
        passed, wanted = 0, fraction * sum(sizes)
        for index, size in enumerate(sizes):
            passed += size
            if passed > wanted:
                return Place(index)
        return Place(len(sizes) - 1)

    def chapter(self, place: Place) -> str:
        """The title under which the file of `place` stands in the contents; "" where there is none."""
        order = {name: index for index, name in enumerate(self.package.spine)}
        titles = [(order.get(h.href.partition("#")[0], -1), h.title) for h in self.package.contents]
        before = [title for index, title in titles if 0 <= index <= place.index]
        return before[-1] if before else ""

    def _spine_step(self) -> int:
        opf = parse(self._container.read(self.package.name, MOST_XML_BYTES), self.package.name)
        return 2 * [local(child) for child in _elements(opf)].index("spine") + 2

    def _root(self, index: int) -> Any:
        if index not in self._roots:
            name = self.package.spine[index]
            try:
                self._roots[index] = parse_document(self._container.read(name, MOST_XML_BYTES), name)[0]
            except EpubError:
                self._roots[index] = None
        return self._roots[index]

    def _standing(self, index: int, steps: list[int]) -> tuple[int, ...]:
        """As many of `steps` as lead to an element."""
        element, standing = self._root(index), []
        for step in steps:
            if element is None or step >= len(_elements(element)):
                break
            element = _elements(element)[step]
            standing.append(step)
        return tuple(standing)

    def _steps_to(self, index: int, identifier: str) -> tuple[int, ...]:
        root = self._root(index)
        element = None if root is None else next((e for e in root.iter() if e.get("id") == identifier), None)
        if element is None:
            return ()
        return self._steps_of(element)

    @staticmethod
    def _steps_of(element: Any) -> tuple[int, ...]:
        chain = [element, *element.iterancestors()][::-1]
        return tuple(_elements(outer).index(inner) for outer, inner in pairwise(chain))


def _elements(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str)]
