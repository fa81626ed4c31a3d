"""An edit form as the browser that opened it would send it back."""

from html.parser import HTMLParser

FORM = "w-editor-form"


class Sent(HTMLParser):
    """`values` is what the form holds: fields, hidden ones, the chosen options."""

    def __init__(self, html):
        super().__init__()
        self.values, self.is_inside, self.select, self.area = {}, False, None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.is_inside = given.get("id") == FORM
        if not self.is_inside:
            return
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in ("submit", "button", "file"):
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.values[name] = given.get("value") or ("on" if is_box else "")
        elif tag == "select" and name:
            self.select = name
            if "multiple" in given:
                self.values[name] = []  # of which a browser sends what is chosen, and nothing where nothing is
            else:
                self.values[name] = ""
        elif tag == "option" and self.select and "selected" in given:
            value = given.get("value") or ""
            if isinstance(self.values[self.select], list):
                self.values[self.select].append(value)
            else:
                self.values[self.select] = value
        elif tag == "textarea" and name:
            self.area = name
            self.values[name] = ""

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def sent(page):
    """The values of the page's form; empty rows that a script would add are no part of them."""
    values = Sent(page.content.decode()).values
    kept = {name: value for name, value in values.items() if "__prefix__" not in name}
    return {name: value.lstrip("\n") if isinstance(value, str) else value for name, value in kept.items()}
