"""Schemas of what the API answers. A field once published keeps its name and meaning; new ones may come."""

from typing import Generic, TypeVar

from ninja import Field, Schema
from pydantic import ConfigDict

Texts = dict[str, str]
"""A text by language (`vi`, `en`, BCP 47); a language that is missing has no entry."""

T = TypeVar("T")


class Answer(Schema):
    """Base of all answers: nothing but the named fields goes out."""

    model_config = ConfigDict(extra="forbid")


class Listing(Answer, Generic[T]):
    """One page of a collection."""

    count: int = Field(description="How many there are in all pages.")
    next: str | None = Field(description="Address of the next page.")
    previous: str | None = Field(description="Address of the previous page.")
    results: list[T]


class Location(Answer):
    """A point in WGS 84 degrees."""

    latitude: float
    longitude: float
    accuracy_m: int | None = Field(None, description="How far the point may be off, in metres.")
    basis: str = Field("", description="What the point stands on; `commune` is the centre of the commune.")


class UnitName(Answer):
    """An administrative unit in short."""

    code: str
    level: str = Field(description="`province`, `district` (until 30 June 2025) or `commune`.")
    name: Texts
    full_name: Texts = Field(description="With the units above it.")


class Problem(Answer):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list["ProblemError"] | None = None


class ProblemError(Answer):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Tombstone(Answer):
    """A number that was withdrawn or merged: it answers 410 and is never given again."""

    number: str
    state: str = Field(description="`withdrawn` or `merged`.")
    reason: Texts
    since: str
    successor: str | None = Field(description="Permanent address of what it was merged into.")
    successor_number: str | None
