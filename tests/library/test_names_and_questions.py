"""Authority names, subjects as SKOS, and questions that readers ask and staff answer."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from heritage.accounts.models import Role, UnitRole
from heritage.library.models import AuthorityName, Contributor, Question, Subject
from tests.factories.library import EditionFactory, ReaderCardFactory, WorkFactory

pytestmark = pytest.mark.django_db
ISNI = "0000000121032683"  # a number whose check character is right
CONTRIBUTORS = {"contributors-TOTAL_FORMS": "0", "contributors-INITIAL_FORMS": "0"}


@pytest.fixture
def named():
    name = AuthorityName.objects.create(
        name="Nguyễn Mẫu", other_forms="Mẫu Hiên\n阮某", begin_year=1765, end_year=1820, viaf="1234567", isni=ISNI
    )
    work = EditionFactory(work__title_vi="Tập thơ mẫu").work
    Contributor.objects.create(work=work, name="Mẫu Hiên", role="aut", authority=name)
    return name, work


def test_a_name_has_its_page_and_stands_in_every_record(client, named):
    name, work = named
    page = client.get(name.get_absolute_url()).content.decode()
    for words in ("阮某", "1765–1820", "https://viaf.org/viaf/1234567", f"https://isni.org/isni/{ISNI}", work.title_vi):
        assert words in page
    assert name.get_absolute_url() in client.get(work.get_absolute_url()).content.decode()
    marc = client.get(reverse("work_marcxml", args=[work.number])).content.decode()
    assert "1765-1820" in marc
    assert "https://viaf.org/viaf/1234567" in marc
    author = client.get(reverse("opds2_work", args=[work.number])).json()["metadata"]["author"]
    assert author == [{"name": "Mẫu Hiên", "identifier": "https://viaf.org/viaf/1234567"}]
    work.live = False
    work.save()
    assert client.get(name.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("isni", {"isni": "0000000121032684"}),
        ("viaf", {"viaf": "http://viaf.org/1"}),
        ("end_year", {"begin_year": 1800, "end_year": 1700}),
    ],
)
def test_a_name_that_makes_no_sense_is_refused_by_its_field(field, values):
    with pytest.raises(ValidationError) as refusal:
        AuthorityName(name="A", **values).full_clean()
    assert set(refusal.value.error_dict) == {field}


def test_subjects_are_a_skos_scheme_without_circles(client):
    above = Subject.objects.create(slug="lich-su", label_vi="Lịch sử", label_en="History", notation="900")
    below = Subject.objects.create(slug="lich-su-lang", label_vi="Lịch sử làng", broader=above)
    graph = client.get(reverse("library_subjects")).json()["@graph"]
    concepts = {one["@id"].rpartition("#")[2]: one for one in graph[1:]}
    assert concepts["lich-su"]["notation"] == "900"
    assert concepts["lich-su-lang"]["broader"].endswith("#lich-su")
    above.broader = below
    with pytest.raises(ValidationError):
        above.clean()


def test_a_question_is_asked_answered_and_shown_with_consent_only(
    client, librarian, django_capture_on_commit_callbacks
):
    cache.clear()
    work, address = WorkFactory(), reverse("library_questions")
    client.logout()
    card = ReaderCardFactory()
    client.force_login(card.user)
    values = {"text": "ngắn", "email": "không phải thư", "name": "Bạn đọc"}
    refused = client.post(address, values)
    assert set(refused.context["form"].errors) == {"text", "email"}
    assert "không phải thư" in refused.content.decode()
    values = {"text": "Sách này viết về làng nào?", "email": "a@example.org", "name": "Bí Mật", "work": work.number}
    assert client.post(address, values).status_code == 302
    assert "Sách này viết về làng nào?" in client.get(address).content.decode()
    question = Question.objects.get()
    assert (question.work, question.user) == (work, card.user)

    client.force_login(librarian)
    edit = reverse("wagtailsnippets_library_question:edit", args=[question.pk])
    sent = {**values, "work": work.pk, "answer": "Làng Đình.", "is_shown": "on"}
    assert client.post(edit, sent).status_code == 200  # its reader does not agree
    question.refresh_from_db()
    assert question.answer == ""
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(edit, {**sent, "may_be_shown": "on"}).status_code == 302
    question.refresh_from_db()
    assert question.answered_by == librarian
    assert mail.outbox[0].to == ["a@example.org"]
    assert "Làng Đình." in mail.outbox[0].body
    client.logout()
    shown = client.get(address).content.decode()
    assert "Làng Đình." in shown
    assert "Bí Mật" not in shown
    assert "a@example.org" not in shown


def test_a_question_that_staff_typed_with_its_answer_is_dated_and_shown(client, librarian):
    values = {"text": "Hỏi qua điện thoại: sách ở kho nào?", "answer": "Kho A.", "may_be_shown": "on", "is_shown": "on"}
    assert client.post(reverse("wagtailsnippets_library_question:add"), values).status_code == 302
    question = Question.objects.get()
    assert (question.is_answered, question.answered_by) == (True, librarian)
    client.logout()
    assert "Kho A." in client.get(reverse("library_questions")).content.decode()


def test_programs_that_flood_are_stopped_and_others_see_no_questions_in_the_admin(client):
    cache.clear()
    address = reverse("library_questions")
    trapped = client.post(address, {"text": "Mua hàng giá rẻ ở đây", "website": "x"})
    assert trapped.status_code == 200
    assert not Question.objects.exists()
    for _number in range(12):
        client.post(address, {"text": "Câu hỏi đủ dài đây"})
    assert Question.objects.count() == 10
    editor = get_user_model().objects.create_user("bien-tap", password="x")
    UnitRole.objects.create(user=editor, role=Role.DEPARTMENT_EDITOR)
    client.force_login(editor)
    assert client.get(reverse("wagtailsnippets_library_question:list")).status_code in (302, 403)


def test_each_address_behind_a_proxy_may_ask(client, settings):
    cache.clear()
    settings.BEHIND_PROXY = True
    for number in range(12):
        values = {"text": "Câu hỏi đủ dài đây"}
        client.post(reverse("library_questions"), values, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert Question.objects.count() == 12


@pytest.mark.parametrize("model", ["question", "authorityname", "subject"])
def test_the_librarians_screens_open(client, librarian, named, model):
    assert client.get(reverse(f"wagtailsnippets_library_{model}:list"), {"q": "mau hien"}).status_code == 200
    assert client.get(reverse(f"wagtailsnippets_library_{model}:add")).status_code == 200
