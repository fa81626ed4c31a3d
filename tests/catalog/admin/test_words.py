"""Every screen that a role reaches by its links speaks the person's language: Wagtail's own screens too."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.utils.translation import gettext, override

from heritage.accounts.models import Role
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEFT_OUT = re.compile(r"logout|export=|form=|/account/|/delete/|/preview|\?.*ordering")
SAID = ("title", "aria-label", "placeholder", "alt")
MOST = 60
VIETNAMESE = re.compile("[À-ỹđĐ]")


class Page(HTMLParser):
    """What a page says, and where it leads."""

    def __init__(self, html):
        super().__init__()
        self.said, self.links, self.is_unseen = set(), [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.is_unseen = tag in ("script", "style") or "hidden" in values
        self.said |= {values[name].strip() for name in SAID if values.get(name)}
        if tag == "input" and values.get("type") == "submit":
            self.said.add(values.get("value", ""))
        if tag == "a" and values.get("href"):
            self.links.append(values["href"].partition("#")[0])

    def handle_endtag(self, tag):
        self.is_unseen = False

    def handle_data(self, data):
        if not self.is_unseen and (text := " ".join(data.split())):
            self.said.add(text)


def walk(client, language):
    """The pages behind the links of the admin's first, one for each kind of address."""
    seen, kinds, waiting = set(), Counter(), ["/admin/"]
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        kind = re.sub(r"\d+", "N", address.partition("?")[0])
        if kinds[kind] or LEFT_OUT.search(address):
            continue
        kinds[kind] += 1
        answer = client.get(address, headers={"accept-language": language, "accept": "text/html"})
        if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        seen.add(address)
        page = Page(answer.content.decode())
        waiting += [link for href in page.links if (link := urljoin(address, href)).startswith("/admin/")]
        yield address, page.said


def untranslated(text):
    """Whether an English message has a Vietnamese that is not shown; words that capitals begin are known small too."""
    if VIETNAMESE.search(text) or len(text) < 3:
        return False
    return any(gettext(form) not in (form, "") for form in (text, text[:1].lower() + text[1:]))


@pytest.mark.parametrize("role", [Role.DEPARTMENT_EDITOR])
def test_no_screen_of_a_role_says_in_english_what_there_is_in_vietnamese(client, here, role):
    client.force_login(UserFactory(username="nguoi-thu", role=role, unit=here.unit.province))
    walked, found = 0, {}
    for address, said in walk(client, "vi"):
        walked += 1
        with override("vi"):
            found |= {text: address for text in said if untranslated(text)}
    assert walked > 40
    assert not found
