"""Works, editions, cards."""

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone

from heritage.library.models import Access, CardState, Edition, EditionKind, FileFormat, Question, ReaderCard, Work


class WorkFactory(factory.django.DjangoModelFactory):
    """A published work with its permanent number."""

    class Meta:
        model = Work
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"TL-{n + 1:06d}")
    title_vi = factory.Sequence(lambda n: f"Sách thử số {n}")
    title_en = factory.Sequence(lambda n: f"Test book {n}")
    live = True
    first_published_at = factory.LazyFunction(timezone.now)


class EditionFactory(factory.django.DjangoModelFactory):
    """An open e-book; with `copies=n` a lent one."""

    class Meta:
        model = Edition

    work = factory.SubFactory(WorkFactory)
    kind = EditionKind.EBOOK
    format = FileFormat.EPUB
    copies = None
    access = factory.LazyAttribute(lambda o: Access.OPEN if o.copies is None else Access.LENDING)


class ReaderCardFactory(factory.django.DjangoModelFactory):
    """An active card."""

    class Meta:
        model = ReaderCard

    user = factory.LazyAttributeSequence(
        lambda o, n: get_user_model().objects.create_user(f"reader{n}@example.org", f"reader{n}@example.org")
    )
    number = factory.Sequence(lambda n: f"BD-T{n:05d}")
    full_name = factory.Sequence(lambda n: f"Bạn đọc {n}")
    state = CardState.ACTIVE
    activated_at = factory.LazyFunction(timezone.now)


class QuestionFactory(factory.django.DjangoModelFactory):
    """An answered question that its reader lets be shown."""

    class Meta:
        model = Question

    text = factory.Sequence(lambda n: f"Câu hỏi mẫu {n}?")
    answer = "Câu trả lời mẫu."
    answered_at = factory.LazyFunction(timezone.now)
    may_be_shown = True
    is_shown = False
