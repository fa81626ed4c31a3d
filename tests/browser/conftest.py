"""Browser tests: the system's Chromium, driven by Playwright, against a live server of this very process."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; Playwright gives each start a new profile folder."""
    # Playwright's loop runs in this thread; Django would take the tests for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_context(browser: Browser, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """Opens contexts on the live server; closes them all, before the server's database goes."""
    opened = []

    def open_one(**options: object) -> BrowserContext:
        context = browser.new_context(**{"base_url": live_server.url, "locale": "vi-VN", **options})
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A desktop window, 1440 x 900; addresses may be relative (`page.goto("/vi/")`)."""
    return open_context(viewport={"width": 1440, "height": 900}).new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """A phone's window, 390 x 844, with touch."""
    options = {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    }
    return open_context(**options).new_page()


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Fails with each rule of WCAG 2.2 AA that axe-core finds broken, and where."""
    source = (ROOT / "node_modules/axe-core/axe.min.js").read_text()

    def check(page: Page) -> None:
        page.evaluate(source)  # by the debugger's protocol, so the page's own policy stays in force
        found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        problems = [
            {"rule": rule["id"], "help": rule["help"], "where": [node["html"][:200] for node in rule["nodes"][:3]]}
            for rule in found["violations"]
        ]
        assert not problems, json.dumps(problems, indent=1, ensure_ascii=False)

    return check


@pytest.fixture
def foreign_requests() -> Callable[[Page], list[str]]:
    """Starts to note every request of a page that leaves its own host; returns the growing list."""

    def watch(page: Page) -> list[str]:
        seen: list[str] = []
        page.on("request", lambda request: None if _is_local(request.url) else seen.append(request.url))
        return seen

    return watch


def _is_local(url: str) -> bool:
    return url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:", "about:"))
