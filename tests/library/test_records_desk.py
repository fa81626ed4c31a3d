"""Catalogue records in the admin: looked at, tried, imported by the worker, reported by row, and out again."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from heritage.accounts.models import User
from heritage.accounts.roles import Role
from heritage.library.models import Contributor, Edition, Subject, Work, WorksImport, WorksMeaning
from heritage.library.records import Description, marc
from heritage.library.services import records_imports
from tests.factories.accounts import UserFactory
from tests.factories.library import EditionFactory, WorkFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
NASTY = "</script><img src=x onerror=alert(1)>"
TABLE = f"""Nhan đề;Người viết;Năm;ISBN;Chủ đề
Lược khảo đình làng;Lê Văn A (aut) | Trần B (trl);1999;9786041234567;Di tích | Không có
=cmd {NASTY};Ai đó;năm ngoái;;
;;;;
Lược khảo đình làng;Lê Văn A;1999;;
"""
MEANING = {"column_0": "title_vi", "column_1": "contributors", "column_2": "year", "column_3": "isbns",
           "column_4": "subjects", "save_as": "Thư mục của huyện"}  # fmt: skip


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("quan-tri", "a@example.org", "mat-khau-dai"))
    return client


def hand_in(client, data, name):
    answer = client.post(reverse("works_imports"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return WorksImport.objects.latest("pk")


def run(client, job, **values):
    assert client.post(reverse("works_import", args=[job.pk]), values).status_code == 302
    assert client.get(reverse("works_import", args=[job.pk]) + "?format=json").json()["state"] == "waiting"
    assert records_imports.run_waiting() == 1
    job.refresh_from_db()
    body = b"".join(client.get(reverse("works_import_report", args=[job.pk])).streaming_content)
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.parametrize(("language", "words"), [("en", "Not taken"), ("vi", "Không nhận")])
def test_the_report_speaks_the_language_of_who_ordered_it(staff, language, words):
    staff.defaults["HTTP_ACCEPT_LANGUAGE"] = language  # nothing is said in the profile: the browser's
    rows = run(staff, hand_in(staff, TABLE.encode(), "a.csv"), **MEANING, action="trial")
    assert words in rows[0]["reason"], rows[0]


def test_a_table_is_looked_at_tried_and_imported(staff):
    subject = Subject.objects.create(slug="di-tich", label_vi="Di tích")
    job = hand_in(staff, TABLE.encode(), "thư mục.csv")
    page = reverse("works_import", args=[job.pk])
    seen = staff.get(page)
    assert seen.context["form"].fields["column_0"].initial == "title_vi"
    assert seen.context["form"].fields["column_1"].initial == ""
    assert "Lược khảo đình làng" in seen.content.decode()
    assert "<img src=x" not in seen.content.decode()
    assert staff.post(page, MEANING | {"column_0": ""}).status_code == 200  # a work needs its title

    rows = run(staff, job, **MEANING, action="trial")
    assert [(row["line"], row["outcome"]) for row in rows] == [("2", "created"), ("3", "refused"), ("5", "unchanged")]
    assert "Không có" in rows[0]["reason"]
    assert "năm ngoái" in rows[1]["reason"]
    assert not Work.objects.exists()
    assert not Edition.objects.exists()

    assert [row["outcome"] for row in run(staff, job, **MEANING, action="import")] == [
        "created",
        "refused",
        "unchanged",
    ]
    work = Work.objects.get()
    assert (work.live, work.publication_year, [*work.subjects.all()]) == (False, 1999, [subject])
    assert [(one.name, one.role) for one in work.contributors.all()] == [("Lê Văn A", "aut"), ("Trần B", "trl")]
    assert (Edition.objects.get().kind, Edition.objects.get().isbn) == ("print", "9786041234567")
    assert not job.file
    html = staff.get(page).content.decode()
    assert "năm ngoái" in html

    again = hand_in(staff, TABLE.encode(), "thư mục.csv")
    saved = WorksMeaning.objects.get()
    page = staff.get(reverse("works_import", args=[again.pk]), {"mapping": saved.pk})
    assert page.context["form"].fields["column_1"].initial == "contributors"


@pytest.mark.parametrize("name", ["a.mrc", "a.xml"])
def test_marc_says_by_itself_what_it_means_and_comes_out_of_the_list_again(staff, name):
    written = marc.write_xml if name.endswith("xml") else marc.write
    german = Description(title_vi="Buch", language="de", isbns=["9786041234567"])
    data = b"".join(written([Description(title_vi="Sách", year=2001, contributors=[("A", "aut")]), german]))
    job = hand_in(staff, data, name)
    seen = staff.get(reverse("works_import", args=[job.pk]))
    assert seen.context["seen"].rows[0][:4] == ["", "Sách", "A", "2001"]
    rows = run(staff, job, action="import")
    assert [row["outcome"] for row in rows] == ["created", "created"]
    assert "de" in rows[1]["reason"]  # a language that the library has no name for
    assert Work.objects.get(title_vi="Buch").language == "und"
    work = Work.objects.get(title_vi="Sách")
    answer = staff.get(reverse("wagtailsnippets_library_work:list"), {"export": name[2:]})
    (found,) = [one for _place, one in marc.read(b"".join(answer.streaming_content)) if one.title_vi == "Sách"]
    assert (found.number, found.title_vi, found.year) == (work.number, "Sách", 2001)
    assert f".{name[2:]}" in answer["Content-Disposition"]


def test_the_list_goes_out_filtered_in_a_fixed_number_of_queries(staff):
    def answer():
        with CaptureQueriesContext(connection) as seen:
            body = staff.get(reverse("wagtailsnippets_library_work:list"), {"export": "csv", "language": "en"})
            text = b"".join(body.streaming_content).decode("utf-8-sig")
        return len(seen), list(csv.DictReader(io.StringIO(text)))

    Subject.objects.create(slug="s", label_vi="S")
    WorkFactory(language="vi")
    for count in (1, 4):
        for number in range(count):
            work = WorkFactory(language="en", title_vi=f"=Sách {number}")
            Contributor.objects.create(work=work, name="A", role="aut")
            EditionFactory(work=work)
        queries, rows = answer()
        if count == 1:
            few = queries
    assert (queries, len(rows)) == (few, 5)
    assert rows[0]["title_vi"].startswith("'=Sách")
    page = staff.get(reverse("wagtailsnippets_library_work:list"), {"language": "en"}).content.decode()
    assert "language=en&amp;export=mrc" in page


def test_damaged_large_and_other_files_are_refused_with_the_reason(staff):
    for name, data in {"a.mrc": b"text", "b.xml": b"<a", "c.xlsx": b"PK\3\4", "d.csv": b"\n"}.items():
        job = hand_in(staff, data, name)
        assert staff.get(reverse("works_import", args=[job.pk])).context["problem"]
        records_imports.order(job, dry_run=False)
        records_imports.run_waiting()
        job.refresh_from_db()
        assert (job.state, bool(job.problem)) == ("failed", True)
    url = reverse("works_imports")
    assert ".mrc" in staff.post(url, {"file": SimpleUploadedFile("a.docx", b"x")}).content.decode()
    large = staff.post(url, b"x", content_type="text/plain", CONTENT_LENGTH=str(2 * 1024**3))
    assert large.status_code == 413
    assert "library records" in large.content.decode()


def test_a_librarian_of_a_unit_takes_in_for_that_unit_alone_and_others_nothing(client):
    own, other = UnitFactory(), UnitFactory()
    theirs = WorkFactory(unit=other, title_en="")
    client.force_login(UserFactory(role=Role.LIBRARIAN, unit=own))
    data = f"number,title_vi,title_en\n{theirs.number},{theirs.title_vi},Changed\n,Sách mới,\n".encode()
    job = hand_in(client, data, "a.csv")
    rows = run(client, job, column_0="number", column_1="title_vi", column_2="title_en", action="import")
    assert [row["outcome"] for row in rows] == ["refused", "created"]
    assert theirs.number in rows[0]["reason"]
    assert Work.objects.get(title_vi="Sách mới").unit == own
    assert Work.objects.get(pk=theirs.pk).title_en == ""
    client.force_login(UserFactory(role=Role.TOURISM_OFFICER, unit=own))
    for url in (reverse("works_imports"), reverse("works_import", args=[job.pk])):
        assert client.get(url).status_code in (302, 403)
