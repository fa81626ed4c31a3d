"""A survey on a phone: written without a network, kept on the device, sent later, arrived once."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import Survey, SurveyPhotograph
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory
from tests.factories.surveys import SurveyFactory, photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SITE_WORKER_ANEW = """async () => {
  const before = await navigator.serviceWorker.getRegistrations();
  await Promise.all(before.filter((one) => new URL(one.scope).pathname === "/").map((one) => one.unregister()));
  const { installing } = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  await new Promise((done) => {
    installing.addEventListener("statechange", () => installing.state === "activated" && done());
  });
}"""


@pytest.fixture
def editor(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "media"
    unit = UnitFactory()
    RecordFactory(number="XX01", name_vi="Đình mẫu", unit=unit)
    return UserFactory(username="can-bo", role=Role.COMMUNE_EDITOR, unit=unit)


def log_in(page):
    page.goto(reverse("login") + f"?next={reverse('survey_form')}")
    page.locator("[name=username]").fill("can-bo")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/survey/")


def fill_in(page, number="XX01"):
    page.locator("#number").fill(number)
    page.locator("[name=grade][value=poor]").check()
    page.locator("[name=threats][value=damp]").check()
    page.locator("#description").fill("Mái dột ở gian giữa.")
    page.locator("#photographs").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.locator("#taken li").wait_for()


def test_a_survey_made_offline_arrives_once(open_context, editor, assert_accessible):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    context = open_context(**options)
    page = context.new_page()
    log_in(page)
    page.locator("#network[data-state=online]").wait_for()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_function("navigator.serviceWorker.controller?.scriptURL.endsWith('/survey/sw.js')")

    page.evaluate(SITE_WORKER_ANEW)  # each worker clears up after itself, not after the other

    context.set_offline(True)
    page.goto(reverse("survey_form"))  # the form itself comes from the device
    page.locator("#network[data-state=offline]").wait_for()
    page.locator("[type=submit]").click()  # nothing chosen yet: said beside the fields, nothing is kept
    assert page.get_by_text("Hãy ghi số di sản", exact=False).is_visible()
    fill_in(page)
    assert page.locator("#surveyor").input_value() == editor.get_full_name()
    page.locator("[type=submit]").click()
    page.locator("#kept li[data-state=waiting]").wait_for()
    page.reload()  # the phone is put away and taken out again
    page.locator("#kept li[data-state=waiting]").wait_for()
    assert not Survey.objects.exists()

    answers = []
    page.on("response", lambda answer: answers.append(answer.status) if "/receive/" in answer.url else None)
    lost = []

    def lose_the_first_answer(route):
        """The server has it, but the phone never hears so."""
        answer = route.fetch()
        if not lost:
            lost.append(answer.status)
            route.abort()
        else:
            route.fulfill(response=answer)

    context.route("**/survey/receive/", lose_the_first_answer)
    context.set_offline(False)
    page.reload()
    for _wait in range(100):  # it sends by itself as soon as there is a network
        if lost:
            break
        page.wait_for_timeout(100)
    page.evaluate("document.getElementById('send').click()")  # it may have sent again by itself meanwhile
    page.locator("#kept-none:not([hidden])").wait_for()
    assert lost == [201]
    survey = Survey.objects.get()
    assert (survey.record.number, survey.grade, survey.sent_by) == ("XX01", "poor", editor)
    assert survey.description == "Mái dột ở gian giữa."
    assert SurveyPhotograph.objects.get().survey == survey
    page.reload()
    page.locator("#network[data-state=online]").wait_for()
    assert Survey.objects.count() == SurveyPhotograph.objects.count() == 1


def test_what_the_server_refuses_comes_back_into_the_form(open_context, editor):
    page = open_context(viewport={"width": 390, "height": 844}).new_page()
    log_in(page)
    page.locator("#network[data-state=online]").wait_for()
    fill_in(page, number="KHONG-CO")
    page.locator("[type=submit]").click()
    page.locator("#kept li[data-state=refused] button").click()
    assert page.get_by_text("mang số KHONG-CO", exact=False).is_visible()
    assert page.locator("#description").input_value() == "Mái dột ở gian giữa."
    page.locator("#number").fill("XX01")
    page.locator("[type=submit]").click()
    page.locator("#kept-none:not([hidden])").wait_for()
    page.wait_for_function("document.querySelectorAll('#kept li').length === 0")
    assert (Survey.objects.count(), SurveyPhotograph.objects.count()) == (1, 1)


def test_the_condition_sheet_fills_one_sheet_of_paper(open_context, editor, assert_accessible):
    from heritage.catalog.models import Record

    record = Record.objects.get()
    SurveyFactory(record=record, description="Mái dột.\n" * 5, recommended="Đảo ngói.")
    page = open_context(viewport={"width": 1440, "height": 900}).new_page()
    log_in(page)
    page.goto(reverse("wagtailsnippets_catalog_record:condition", args=[record.pk]) + "?year=2026")
    assert page.get_by_text("Khảo sát ngày", exact=False).is_visible()
    assert_accessible(page)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1
    page.emulate_media(media="print")
    assert not page.locator(".screen-only").is_visible()
