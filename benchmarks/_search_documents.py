"""What the search benchmark searches: documents, the same at every run, questions, and how answers are timed."""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

FACETS = ("kind", "rank", "unit", "type", "period", "list")
_KINDS = "Chùa,Đình,Đền,Miếu,Lăng,Tháp,Cầu,Hang,Lễ hội,Nghề,Hát,Mộ,Thành,Nhà thờ"
_NAMES = """An Bình Cẩm Châu Đông Dương Đức Giang Hà Hải Hòa Hoàng Hội Hồng Hưng Khánh Kim Lạc Lâm Liên Linh Long Mai
Minh Mỹ Nam Nghĩa Ngọc Nguyên Ninh Phong Phú Phúc Phượng Quang Quế Quỳnh Sơn Tân Tây Thái Thanh Thành Thiên Thịnh
Thọ Thủy Tiên Trung Trường Tú Văn Vân Việt Vinh Vĩnh Xuân Yên"""
_WORDS = """di tích nằm trên gò đất cao bên sông xây dựng vào thời Lê trùng tu năm bia đá chuông đồng thờ vị thần có
công khai khẩn làng dân gian lễ rước kiệu hằng năm kiến trúc gỗ lim chạm khắc rồng phượng mái ngói sân gạch cổng tam
quan cây đa giếng nước hội đồng kháng chiến cách mạng cơ quan trung ương địa điểm lưu niệm nghệ nhân truyền dạy"""
KINDS, NAMES, WORDS = _KINDS.split(","), _NAMES.split(), _WORDS.split()
RANKS = ["provincial", "national", "special_national", ""]
TYPES = ["historical", "architectural", "archaeological", "scenic"]
PERIODS = ["ly", "tran", "le", "mac", "nguyen", "hien-dai"]
REPEAT = 3
CHUNK = 500


def documents(size: int, first: int = 0) -> Iterator[Any]:
    """Documents from `first` (a multiple of CHUNK) up to `size`, the same at every run."""
    for start in range(first, size, CHUNK):
        yield from chunk(start, min(size, start + CHUNK))


def made(bounds: tuple[int, int]) -> list[Any]:
    """A chunk ready for an engine; done by the processes of a build."""
    from heritage.search.fields import analyse

    return [analyse(document) for document in chunk(*bounds)]


def chunk(first: int, last: int) -> Iterator[Any]:
    from heritage.search.contract import Document, Kind

    chance = random.Random(1802 + first)
    units = [(f"Tỉnh {p}", f"Huyện {d}", f"Xã {c}") for p in NAMES[:34] for d in NAMES[::6] for c in NAMES[::9]]
    for number in range(first, last):
        unit = chance.choice(units)
        name = f"{chance.choice(KINDS)} {chance.choice(NAMES)} {chance.choice(NAMES)}"
        rank = chance.choices(RANKS, (50, 20, 2, 28))[0]
        decision = f"{chance.randrange(1, 4000)}/QĐ-UBND"
        yield Document(
            id=f"catalog.record:{number}",
            kind=Kind.RECORD,
            number=f"DS-{number:06d}",
            urls={"vi": f"/vi/di-san/DS-{number:06d}/", "en": f"/en/heritage/DS-{number:06d}/"},
            titles={"vi": name, "en": f"Temple of {chance.choice(NAMES)}"},
            keywords=(*unit, f"Quyết định {decision}"),
            identifiers=(decision,),
            bodies={"vi": " ".join(chance.choices(WORDS, k=50))},
            facets={
                "kind": (f"record/{chance.choice(['monument', 'ich', 'treasure'])}",),
                "rank": (rank,) if rank else (),
                "unit": ("/".join(unit),),
                "type": tuple(chance.sample(TYPES, chance.choice((1, 1, 2)))),
                "period": (chance.choice(PERIODS),),
                "list": ("world_heritage",) if chance.random() < 0.01 else (),
            },
            location=(chance.uniform(8.5, 23.3), chance.uniform(102.2, 109.4)),
            days=_held(number) if name.startswith("Lễ hội") else (),
            boost=1.2 if rank == "national" else 1.0,
            modified="2026-01-01T00:00:00",
        )


def _held(number: int) -> tuple[str, ...]:
    """A feast's days in ten years."""
    first = dt.date(2025, 1, 1) + dt.timedelta(days=number % 365)
    return tuple((first + dt.timedelta(days=354 * year)).isoformat() for year in range(10))


def questions_of(count: int) -> list[Any]:
    """Queries as people type them: names with and without marks, kinds, decisions, words of the text, filters."""
    from heritage.core.folding import fold
    from heritage.search.contract import Query

    chance = random.Random(54)
    found = []
    for number in range(count):
        kind, first, second = chance.choice(KINDS), chance.choice(NAMES), chance.choice(NAMES)
        text = [
            f"{kind} {first} {second}",
            fold(f"{kind} {first}"),
            f"{fold(first)} {fold(second)}",
            f"{chance.randrange(1, 4000)}/QĐ-UBND",
            f"{kind} huyện {first}",
            " ".join(chance.sample(WORDS, 2)),
        ][number % 6]
        filters = {"rank": ("national", "provincial")} if number % 4 == 0 else {}
        found.append(Query(text=text, filters=filters, facets=FACETS))
    return found


def times(ask: Callable[[Any], Any], questions: list[Any]) -> dict[str, float]:
    for question in questions[:20]:
        ask(question)
    taken = []
    for _round in range(REPEAT):
        for question in questions:
            began = time.perf_counter()
            ask(question)
            taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {"median_ms": round(taken[len(taken) // 2], 2), "p95_ms": round(taken[int(len(taken) * 0.95)], 2)}
