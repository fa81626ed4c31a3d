"""Elements whose output is put into the page as it is.

Branca compiles what an element's macros give out as a template once more, so that `{{ ... }}` in a place's name would
be run by the server. Whatever holds texts of people is rendered here instead.
"""

from typing import Any

from branca.element import Element, MacroElement


class Finished(Element):
    """A text in which nothing is left to run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name, self.text = "Finished", text

    def render(self, **_kwargs: Any) -> str:
        return self.text


def render_once(element: MacroElement, **kwargs: Any) -> None:
    """What `MacroElement.render` does, with each macro's output taken as finished."""
    figure = element.get_root()
    macros = element._template.module.__dict__
    for part in ("header", "html", "script"):
        if part in macros:
            getattr(figure, part).add_child(Finished(macros[part](element, kwargs)), name=element.get_name())
    for child in list(element._children.values()):
        child.render(**kwargs)
