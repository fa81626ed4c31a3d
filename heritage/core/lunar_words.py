"""Days and months of the Vietnamese lunar calendar in the words of each language."""

from heritage.core import languages

MONTHS_VI = ["Giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "Chạp"]
MONTHS_EN = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "11th", "12th"]


def month(number: int, leap: bool = False, language: str | None = None) -> str:
    """`tháng Giêng`, `tháng tư nhuận`; `1st lunar month`, `leap 4th lunar month`."""
    if (language or languages.current()) == "en":
        return f"{'leap ' if leap else ''}{MONTHS_EN[number - 1]} lunar month"
    return f"tháng {MONTHS_VI[number - 1]}{' nhuận' if leap else ''}"


def day(number: int, language: str | None = None) -> str:
    """`mồng 6`, `rằm`, `16`; in English `day 6`."""
    if (language or languages.current()) == "en":
        return f"day {number}"
    if number == 15:
        return "rằm"
    return f"mồng {number}" if number <= 10 else str(number)


def day_and_month(number: int, month_number: int, leap: bool = False, language: str | None = None) -> str:
    """`mồng 6 tháng Giêng`, `rằm tháng bảy`; `day 6 of the 1st lunar month`."""
    language = language or languages.current()
    joined = " of the " if language == "en" else " "
    return f"{day(number, language)}{joined}{month(month_number, leap, language)}"


def span(first: tuple[int, int, bool], last: tuple[int, int, bool], language: str | None = None) -> str:
    """From `first` to `last`, each (day, month, leap): `mồng 6 – 16 tháng Giêng`."""
    language = language or languages.current()
    if first == last:
        return day_and_month(*first, language=language)
    if first[1:] == last[1:]:
        if language == "en":
            return f"days {first[0]}–{last[0]} of the {month(*first[1:], language=language)}"
        return f"{day(first[0], language)} – {day(last[0], language)} {month(*first[1:], language=language)}"
    return f"{day_and_month(*first, language=language)} – {day_and_month(*last, language=language)}"
