"""Demo data of the library: two sample texts as e-books, one of them also an audiobook, one lent in a single copy."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from heritage.catalog.models import Record
from heritage.core import identifiers
from heritage.core.models import Identifier
from heritage.demo import samples
from heritage.library.imports import Terms, take_in
from heritage.library.models import (
    Access,
    Audience,
    Contributor,
    Edition,
    EditionKind,
    Language,
    Licence,
    Question,
    Role,
    Subject,
    Work,
)
from heritage.library.models.forms import mask_of
from heritage.library.queries import shelf_counts
from heritage.library.services import cards, works
from heritage.places.models import Unit

SUBJECTS = [
    ("han-nom", "Hán Nôm", "Sino-Vietnamese studies", "495.922"),
    ("di-tich", "Di tích và danh thắng", "Monuments and sites", "363.69"),
    ("dung-tu-lieu", "Dùng tư liệu", "Using sources", "001.42"),
]
READER = "ban-doc"
SYNTHETIC_KINDS = [EditionKind.EBOOK, EditionKind.AUDIOBOOK, EditionKind.PRINT]
QUESTIONS = [
    (
        "vi",
        "Các tài liệu mẫu trong thư viện này do ai soạn?",
        "Đây là câu hỏi và câu trả lời mẫu. Sách và bản đọc mẫu do dự án tự soạn để giới thiệu cách dùng thư viện; "
        "phần giới thiệu của mỗi tài liệu nói rõ đó là văn bản mẫu.",
    ),
    (
        "en",
        "May I use the sample books of this library in my own lessons?",
        "This is a sample question with a sample answer. Yes: the sample books were written for this archive, and "
        "their licence, shown on the page of each, lets you read, copy, print and change them if you name the source.",
    ),
]
TERMS_VI = "Được đọc, chép lại, in và sửa đổi khi ghi rõ nguồn."
TERMS_EN = "You may read, copy, print and change it if you name the source."


def load(say: Callable[[str], None]) -> None:
    """Subjects, the sample works with their files, a reader with a card."""
    for slug, vi, en, notation in SUBJECTS:
        Subject.objects.update_or_create(slug=slug, defaults={"label_vi": vi, "label_en": en, "notation": notation})
    done = [_load_work(text) for text in samples.texts()]
    _load_reader()
    _load_questions()
    say(f"{len(done)} sample works in the library, {sum(done)} of them new")


def _load_questions() -> None:
    """Sample questions with answers, one in each language."""
    for language, text, answer in QUESTIONS:
        defaults = {"answer": answer, "answered_at": timezone.now(), "may_be_shown": True, "is_shown": True}
        Question.objects.get_or_create(text=text, language=language, defaults=defaults)


def synthesise(count: int, say: Callable[[str], None]) -> None:
    """`count` works with one edition each, in bulk; for benchmarks."""
    first = Work.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    languages, audiences = list(Language.values), list(Audience.values)
    now = timezone.now()
    rows = Work.objects.bulk_create(
        (
            Work(
                number=f"TLX-{first + n:07d}", title_vi=f"Sách tổng hợp {n}", title_en=f"Synthetic book {n}",
                folded=f"sach tong hop {n} synthetic book {n}", language=languages[n % len(languages)],
                audience=audiences[n % len(audiences)], live=True, first_published_at=now,
                forms=mask_of([SYNTHETIC_KINDS[n % 3]]),
            )
            for n in range(count)
        ),
        batch_size=2000,
    )  # fmt: skip
    Edition.objects.bulk_create(
        (
            Edition(work=work, kind=SYNTHETIC_KINDS[n % 3], format="epub" if n % 3 == 0 else "")
            for n, work in enumerate(rows)
        ),
        batch_size=2000,
    )
    Identifier.objects.bulk_create(
        (
            Identifier(number=work.number, code=identifiers.new_code(), model="library.work", object_id=work.pk)
            for work in rows
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )
    _synthesise_links(rows)
    shelf_counts.refresh()  # as the worker does after changes
    say(f"{count} synthetic works")


def _synthesise_links(rows: list[Work]) -> None:
    """An author and two of forty subjects for each work."""
    subjects = [
        Subject.objects.get_or_create(slug=f"chu-de-{n}", defaults={"label_vi": f"Chủ đề {n}"})[0] for n in range(40)
    ]
    Contributor.objects.bulk_create(
        (Contributor(work=work, name=f"Tác giả {n % 900}", role=Role.AUTHOR) for n, work in enumerate(rows)),
        batch_size=2000,
    )
    link = Work.subjects.through
    link.objects.bulk_create(
        (
            link(work_id=work.pk, subject_id=subjects[place % 40].pk)
            for n, work in enumerate(rows)
            for place in (n, n + 1 + n // 40 % 39)
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )


def _load_work(text: dict[str, Any]) -> bool:
    """Take in the files of `text` and complete the description; True if the work is new."""
    known = Edition.objects.filter(source_identifier=text["identifier"]).exists()
    with TemporaryDirectory() as folder:
        book = Path(folder, f"{text['slug']}.epub")
        book.write_bytes(samples.epub_of(text))
        copies = text.get("copies")
        access = Access.OPEN if copies is None else Access.LENDING
        take_in(book, Terms(access=access, copies=copies, licence=Licence.CC_BY))
    if text["audio"]:
        take_in(samples.AUDIO / text["slug"], Terms(licence=Licence.CC_BY))
    work = Edition.objects.select_related("work").get(source_identifier=text["identifier"]).work
    if not known:
        _describe(work, text)
    elif not work.records.exists():  # a demo filled before the texts named records, or before the records came
        _link(work, text)
        works.save_work(work)
    return not known


def _describe(work: Work, text: dict[str, Any]) -> None:
    for field in ("title_vi", "title_en", "description_vi", "description_en", "audience"):
        setattr(work, field, text[field])
    work.terms_vi, work.terms_en, work.is_sample, work.publication_year = TERMS_VI, TERMS_EN, True, 2026
    work.subjects.set(Subject.objects.filter(slug__in=text["subjects"]))
    _link(work, text)
    people = [Contributor(name=samples.AUTHOR, role=Role.AUTHOR, sort_order=0)]
    if text["audio"]:
        people.append(Contributor(name="Giọng máy (espeak-ng)", role=Role.NARRATOR, sort_order=1))
        work.editions.filter(kind=EditionKind.AUDIOBOOK).update(
            note_vi="Bản mẫu do máy đọc.", note_en="A sample read by a machine, in Vietnamese."
        )
    work.contributors.set(people)
    works.save_work(work)
    works.publish(work)


def _link(work: Work, text: dict[str, Any]) -> None:
    """Link the records that the text names; those that are not loaded are left out."""
    work.records.set(Record.objects.filter(number__in=text["records"]))


def _load_reader() -> None:
    """A card for the account of the reader, which the accounts' loader made."""
    user = get_user_model().objects.get(username=READER)
    cards.open_card(user, user.first_name, Unit.objects.current().filter(level="commune").first())
