"""Demo data of accounts: one user for each post, in units of the register's provinces."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext

from heritage.accounts.models import Role, UnitRole
from heritage.places.models import Unit
from heritage.places.queries import current_unit

PASSWORD = "di-san-2026"  # noqa: S105  made known on purpose: everybody may try the demo


@dataclass(frozen=True)
class Post:
    """A demo user, said to be a sample; `unit` is a code in force, "" for the whole archive."""

    username: str
    name: str
    role: Role | None
    unit: str = ""


POSTS = (
    Post("quantri", "Quản trị", Role.ADMINISTRATOR),
    Post("so.vhttdl", "Cán bộ Sở", Role.DEPARTMENT_EDITOR, "19"),
    Post("tham-dinh", "Thẩm định viên", Role.REVIEWER, "19"),
    Post("xa.phudinh", "Cán bộ xã Phú Đình", Role.COMMUNE_EDITOR, "05602"),
    Post("xa.donghy", "Cán bộ xã Đồng Hỷ", Role.COMMUNE_EDITOR, "05692"),
    Post("bao-tang", "Cán bộ bảo tàng", Role.MUSEUM_EDITOR, "46"),
    Post("thu-vien", "Thủ thư", Role.LIBRARIAN),
    Post("du-lich", "Cán bộ du lịch", Role.TOURISM_OFFICER, "19"),
    Post("xem", "Người xem", Role.VIEWER, "19"),
    Post("ban-doc", "Bạn đọc", None),
)


def load(say: Callable[[str], None]) -> None:
    """Make the users that are missing; a password or role that somebody changed since is left alone."""
    made = sum(_make(post) for post in POSTS)
    say(f"{len(POSTS)} accounts, {made} of them new; password for all: {PASSWORD}")
    for name, role, place in table():
        say(f"  {name:<12} {role:<28} {place}")


def table() -> list[tuple[str, str, str]]:
    """User name, role and unit of every demo account, for the table that the demo prints."""
    return [(post.username, _role_name(post), _place_name(post)) for post in POSTS]


@transaction.atomic
def _make(post: Post) -> bool:
    user, is_new = get_user_model().objects.get_or_create(
        username=post.username,
        defaults={"last_name": post.name, "first_name": "(mẫu)", "email": f"{post.username}@example.org"},
    )
    if is_new:
        user.set_password(PASSWORD)
        user.save()
        if post.role:
            UnitRole.objects.create(user=user, role=post.role, unit=_unit(post))
    return is_new


def _unit(post: Post) -> Unit | None:
    if not post.unit:
        return None
    unit = current_unit(post.unit)
    if unit is None:
        raise LookupError(f"No unit {post.unit} in force: load the units first (manage.py places load_units).")
    return unit


def _role_name(post: Post) -> str:
    return str(post.role.label) if post.role else gettext("reader")


def _place_name(post: Post) -> str:
    unit = _unit(post)
    return unit.name if unit else "-"
