"""Every row becomes a record, or is refused with line, column, value and what would be right."""

import csv
import datetime as dt
import json
import unicodedata
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from heritage.catalog import services
from heritage.catalog.imports import UnreadableFileError, import_file
from heritage.catalog.imports.reading import COLUMNS, open_table
from heritage.catalog.models import Designation, Rank, Record, RelationKind
from heritage.catalog.queries import with_rank_on
from heritage.core import identifiers
from heritage.core.models import Identifier
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db


def counts(report):
    return report.created, report.updated, report.unchanged, report.refused


def test_a_row_becomes_a_draft_with_all_that_it_knows(units, register):
    path = register(
        {
            "lat": "21.755",
            "lon": "105.706",
            "coord_accuracy_m": "500",
            "coord_basis": "site (public app data)",
            "decision_no": "1/QĐ-BVHTT",
            "decision_date": "10/5/2012",
            "decision_authority": "Bộ trưởng mẫu",
            "lunar_dates": "4/1; 13/9-15/9 (approx); month 8",
            "source": "một; hai",
            "facts_vi": "Thờ Dương Tự Minh.",
        }
    )
    assert counts(import_file(path)) == (1, 0, 0, 0)
    record = Record.objects.get(number="TN05")
    act = record.designations.get()
    assert not record.live
    assert (record.unit, record.commune_printed) == (units["05611"], "Xã Động Đạt")
    assert (record.latitude, record.coord_basis, record.coord_accuracy_m) == (21.755, "source", 500)
    assert (act.rank, act.decided_on.isoformat(), str(act.authority)) == (Rank.NATIONAL, "2012-05-10", "Bộ trưởng mẫu")
    assert [str(rule) for rule in record.lunar_rules.all()] == ["4/1", "13/9-15/9", "8"]
    assert [rule.is_approximate for rule in record.lunar_rules.all()] == [False, True, False]
    assert [str(source) for source in record.sources.all()] == ["một", "hai"]
    assert Identifier.objects.filter(number="TN05", object_id=record.pk).exists()


def test_a_second_import_changes_nothing(units, register):
    path = register({}, {"id": "TN06", "part_of_id": "TN05"})
    import_file(path)
    before = list(Record.objects.values_list("number", "modified_at"))
    assert counts(import_file(path)) == (0, 0, 2, 0)
    assert list(Record.objects.values_list("number", "modified_at")) == before


def test_a_trial_run_writes_nothing(units, register):
    report = import_file(register({}, {"id": "TN06", "kind": "temple"}), dry_run=True)
    assert counts(report) == (1, 0, 0, 1)
    assert not Record.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_recognised(units, register, encoding, delimiter):
    import_file(register({}, encoding=encoding, delimiter=delimiter))
    assert Record.objects.get().name_vi == "Đền Đuổm"


def windows_1258(text):
    """As Windows wrote Vietnamese: vowels with their shape marks, tones as signs behind them."""
    split = []
    for char in text:
        base = unicodedata.normalize("NFD", char)
        tones = "".join(c for c in base if c in "\u0300\u0301\u0303\u0309\u0323")
        split.append(unicodedata.normalize("NFC", "".join(c for c in base if c not in tones)) + tones)
    return "".join(split)


def test_windows_1258_is_recognised_and_composed(units, register):
    row = {"name_vi": windows_1258("Nghề làm bún Vân Cù, Đền Đuổm"), "commune_new": windows_1258("Xã Phú Lương")}
    row |= {key: windows_1258(value) for key, value in [("province_new", "Tỉnh Thái Nguyên"), ("source", "nguồn")]}
    row |= {"commune_old": "", "district_old": "", "province_old": ""}
    report = import_file(register(row, encoding="cp1258"))
    assert (report.encoding, report.refusals) == ("cp1258", [])
    assert Record.objects.get().name_vi == "Nghề làm bún Vân Cù, Đền Đuổm"


def test_a_decomposed_name_is_stored_composed(units, register):
    import_file(register({"name_vi": unicodedata.normalize("NFD", "Đền Đuổm")}))
    assert Record.objects.get().name_vi == "Đền Đuổm"


@pytest.mark.parametrize(
    ("cells", "column", "remedy"),
    [
        ({"decision_date": "32/13/2020"}, "decision_date", "10/5/2012"),
        ({"decision_date": "May 2012"}, "decision_date", "2012-05-10"),
        ({"decision_date": "2999-01-01"}, "decision_date", ""),
        ({"decision_date": "2012-05-10", "decision_year": "2013"}, "decision_year", "2012-05-10"),
        ({"decision_year": "12"}, "decision_year", "1900"),
        ({"kind": "temple"}, "kind", "monument"),
        ({"kind": ""}, "kind", "monument"),
        ({"types": "historical;odd"}, "types", "scenic"),
        ({"rank": "best"}, "rank", "special_national"),
        ({"rank": "", "decision_no": "1/QĐ"}, "rank", ""),
        ({"other_lists": "UNESCO Moon 2019"}, "other_lists", "UNESCO RL 2019"),
        ({"lunar_dates": "30/13"}, "lunar_dates", "12"),
        ({"lunar_dates": "31/1"}, "lunar_dates", "30"),
        ({"lunar_dates": "5/1-3/1"}, "lunar_dates", ""),
        ({"lunar_dates": "Tết"}, "lunar_dates", "6/1"),
        ({"lat": "105.7", "lon": "21.7"}, "lat", "21.7"),
        ({"lat": "21.7"}, "lat", "lon"),
        ({"lat": "north", "lon": "east"}, "lat", "21.81"),
        ({"lat": "48.8", "lon": "2.3"}, "lat", "24"),
        ({"lat": "nan", "lon": "nan"}, "lat", ""),
        ({"coord_accuracy_m": "-5"}, "coord_accuracy_m", "100000"),
        ({"commune_new_code": "99999"}, "commune_new_code", ""),
        ({"commune_new": "Xã Khác"}, "commune_new_code", "Xã Phú Lương"),
        ({"province_new": "Thành phố Huế"}, "commune_new_code", "Thái Nguyên"),
        ({"commune_new_code": ""}, "commune_new_code", ""),
        ({"id": "tn05"}, "id", "TN05"),
        ({"id": ""}, "id", "DS-000123"),
        ({"id": "TN 05; DROP"}, "id", ""),
        ({"name_vi": ""}, "name_vi", ""),
        ({"name_vi": "x" * 301}, "name_vi", "300"),
        ({"part_of_id": "TN404"}, "part_of_id", ""),
        ({"related_place_id": "TN404"}, "related_place_id", ""),
        ({"part_of_id": "TN05"}, "part_of_id", "TN05"),
    ],
)
def test_a_wrong_cell_is_refused_by_name_with_the_remedy(units, register, cells, column, remedy):
    report = import_file(register(cells))
    assert counts(report) == (0, 0, 0, 1)
    assert column in [refusal.column for refusal in report.refusals]
    refusal = next(one for one in report.refusals if one.column == column)
    assert (refusal.line, refusal.value) == (
        2,
        cells.get(column, refusal.value)[:119] + "…" * (len(cells.get(column, "")) > 120),
    )
    assert remedy in refusal.reason
    assert not Record.objects.exists()


def test_all_that_is_wrong_with_a_row_is_said_at_once_and_the_others_are_taken(units, register):
    report = import_file(register({"kind": "x", "rank": "y", "lat": "1"}, {"id": "TN06"}))
    assert counts(report) == (1, 0, 0, 1)
    assert {refusal.column for refusal in report.refusals} == {"kind", "rank", "lat"}


def test_a_number_standing_twice_is_refused_the_second_time(units, register):
    report = import_file(register({}, {"name_vi": "Đền khác"}))
    assert counts(report) == (1, 0, 0, 1)
    assert (report.refusals[0].line, report.refusals[0].column) == (3, "id")
    report = import_file(register({"id": "TN06", "kind": "temple"}, {"id": "TN06"}, {"id": "TN06"}))
    assert counts(report) == (0, 0, 0, 3), "which of them is meant is not known where the first is refused either"
    assert {refusal.line for refusal in report.refusals if refusal.column == "id"} == {3, 4}


def test_a_number_of_a_book_is_refused(units, register):
    other = units["05611"]
    identifiers.issue(other, "TN05")
    assert import_file(register({})).refusals[0].column == "id"


def test_parts_and_wholes_stand_in_any_order(units, register):
    import_file(
        register(
            {"id": "TN05.1", "part_of_id": "TN05"},
            {},
            {
                "id": "TN26",
                "kind": "ich",
                "types": "",
                "ich_category": "festival",
                "rank": "",
                "related_place_id": "TN05",
            },
        )
    )
    assert Record.objects.get(number="TN05.1").part_of.number == "TN05"
    relation = Record.objects.get(number="TN26").relations.get()
    assert (relation.kind, relation.target.number) == (RelationKind.CELEBRATED_AT, "TN05")


def test_rows_that_hang_on_a_refused_row_are_refused_too(units, register):
    report = import_file(
        register({"id": "A1", "part_of_id": "A2"}, {"id": "A2", "part_of_id": "A3"}, {"id": "A3", "kind": "x"})
    )
    assert counts(report) == (0, 0, 0, 3)


def test_circles_are_refused(units, register):
    report = import_file(register({"id": "A1", "part_of_id": "A2"}, {"id": "A2", "part_of_id": "A1"}, {"id": "A3"}))
    assert counts(report) == (1, 0, 0, 2)


class TestEditedByHand:
    """An import never overwrites what people wrote, unless it is told to."""

    @pytest.fixture
    def record(self, units, register):
        import_file(register({}))
        record = services.publish(Record.objects.get())
        record.name_en = "Đuổm Temple, by hand"
        record.save_revision().publish()
        return Record.objects.get()

    def test_an_unchanged_file_leaves_the_edit(self, record, register):
        assert counts(import_file(register({}))) == (0, 0, 1, 0)
        record.refresh_from_db()
        assert record.name_en == "Đuổm Temple, by hand"

    def test_a_new_fact_elsewhere_is_taken_and_the_edit_stays(self, record, register):
        assert counts(import_file(register({"facts_vi": "Mới", "rank": "special_national"}))) == (0, 1, 0, 0)
        record.refresh_from_db()
        assert (record.name_en, record.summary_vi) == ("Đuổm Temple, by hand", "Mới")
        assert with_rank_on(Record.objects.all(), record.created_at.date()).get().rank == Rank.SPECIAL_NATIONAL

    def test_the_same_cell_is_refused_and_both_texts_are_told(self, record, register):
        report = import_file(register({"name_en": "Duom Shrine"}))
        assert counts(report) == (0, 0, 0, 1)
        refusal = report.refusals[0]
        assert (refusal.column, refusal.value) == ("name_en", "Duom Shrine")
        assert "Đuổm Temple, by hand" in refusal.reason

    def test_unless_the_file_is_to_win(self, record, register):
        assert counts(import_file(register({"name_en": "Duom Shrine"}), overwrite=True)) == (0, 1, 0, 0)
        record.refresh_from_db()
        assert record.name_en == "Duom Shrine"

    def test_an_act_added_by_hand_is_not_lost(self, record, register):
        services.designate(
            Designation(record=record, act="upgrade", rank=Rank.SPECIAL_NATIONAL, decision_number="9/QĐ")
        )
        report = import_file(register({"decision_no": "1/QĐ"}))
        assert (counts(report), report.refusals[0].column) == ((0, 0, 0, 1), "rank")
        assert record.designations.count() == 2

    def test_a_waiting_draft_is_not_overtaken(self, record, register):
        record.summary_en = "A draft"
        record.save_revision()
        assert counts(import_file(register({"facts_vi": "Mới"}))) == (0, 0, 0, 1)

    def test_a_record_made_by_hand_under_the_same_number_is_not_overwritten(self, units, register):
        RecordFactory(number="TN05", name_vi="Đền khác")
        assert counts(import_file(register({}))) == (0, 0, 0, 1)
        assert Record.objects.get().name_vi == "Đền khác"


class TestFiles:
    def test_missing_columns_are_named(self, units, register):
        columns = [name for name in COLUMNS if name not in ("rank", "lat")]
        with pytest.raises(UnreadableFileError, match="rank, lat"):
            import_file(register({}, columns=columns))

    def test_an_empty_file_a_header_alone_and_no_file(self, units, register, tmp_path):
        empty = tmp_path / "empty.csv"
        empty.write_bytes(b"")
        for path in (empty, register(), tmp_path / "absent.csv", tmp_path):
            with pytest.raises(UnreadableFileError):
                import_file(path)

    def test_a_picture_is_no_register(self, units, tmp_path):
        path = tmp_path / "picture.csv"
        path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
        with pytest.raises(UnreadableFileError):
            import_file(path)

    def test_a_line_with_a_cell_too_many_is_refused_alone(self, units, register):
        path = register({}, {"id": "TN06"})
        path.write_text(path.read_text().replace("TN06,", "TN06,,"))
        report = import_file(path)
        assert (counts(report), report.refusals[0].line) == ((1, 0, 0, 1), 3)

    def test_without_units_it_says_what_to_run(self, register, db):
        with pytest.raises(UnreadableFileError, match="places load_units"):
            import_file(register({}))

    def test_the_command_prints_json(self, units, register, capsys):
        call_command("catalog", "import", str(register({"kind": "x"}, {"id": "TN06"})), "--json")
        printed = json.loads(capsys.readouterr().out)
        assert {key: printed[key] for key in ("created", "updated", "unchanged", "refused")} == {
            "created": 1,
            "updated": 0,
            "unchanged": 0,
            "refused": 1,
        }
        assert printed["refused_rows"][0]["column"] == "kind"

    def test_the_command_fails_for_a_file_it_cannot_read(self, units, tmp_path):
        with pytest.raises(CommandError):
            call_command("catalog", "import", str(tmp_path / "absent.csv"))


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.fixed_dictionaries({"name_vi": CELL, "facts_vi": CELL, "types": CELL}), min_size=1, max_size=4))
def test_whatever_cells_hold_they_are_read_back(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({"id": "TN05", **row} for row in cells)
    rows = list(open_table(path).rows())
    assert len(rows) == len(cells)
    for row, cell in zip(rows, cells, strict=True):
        assert row.values["name_vi"] == unicodedata.normalize("NFC", cell["name_vi"].strip().lstrip("\ufeff"))


REAL = Path(__file__).resolve().parents[3] / "heritage" / "demo" / "data" / "heritage_facts.csv"


@pytest.fixture
def real_units(db):
    """Every unit that the 90 rows name, as the shipped table has them."""
    from heritage.places.services import load_units

    load_units()


class TestTheRealRegister:
    @pytest.fixture(autouse=True)
    def imported(self, real_units):
        self.report = import_file(REAL)

    def acts(self, number):
        rows = Designation.objects.filter(record__number=number)
        return {(act.rank, act.decided_year, act.decision_number) for act in rows}

    def test_its_hard_cases(self):
        assert counts(self.report) == (90, 0, 0, 0)
        assert counts(import_file(REAL)) == (0, 0, 90, 0)
        # the province changed: printed as Bắc Kạn, present in Thái Nguyên
        ba_be = Record.objects.select_related("unit__province").get(number="TN12")
        assert (ba_be.province_printed, ba_be.unit.province.name) == ("Tỉnh Bắc Kạn", "Tỉnh Thái Nguyên")
        # a decision that is the national list's, not UNESCO's
        assert self.acts("BD22") == {
            (Rank.NATIONAL_LIST, 2014, "2684/QĐ-BVHTTDL"),
            (Rank.UNESCO_REPRESENTATIVE, 2017, ""),
        }
        assert self.acts("HU31") == {(Rank.MOWCAP, 2014, ""), (Rank.MOW_INTERNATIONAL, 2017, "")}
        assert self.acts("HU20") == {(Rank.UNESCO_MASTERPIECE, 2003, ""), (Rank.UNESCO_REPRESENTATIVE, 2008, "")}
        assert self.acts("TN28") == {(Rank.UNESCO_REPRESENTATIVE, 2019, "")}
        # blanks stay blank
        assert self.acts("HU40") == {(Rank.NATIONAL_TREASURE, 2012, "")}
        assert self.acts("TN05") == {(Rank.NATIONAL, None, "")}
        assert Record.objects.filter(part_of__number="HU01").count() == 8
        keo = Record.objects.get(number="TB25")
        assert [(str(rule), rule.is_approximate) for rule in keo.lunar_rules.all()] == [
            ("4/1", False),
            ("13/9-15/9", True),
        ]

    def test_its_rank_column_is_what_is_derived(self):
        with REAL.open(encoding="utf-8-sig", newline="") as file:
            printed = {row["id"]: row["rank"] for row in csv.DictReader(file)}
        derived = dict(with_rank_on(Record.objects.all(), dt.date(2026, 1, 1)).values_list("number", "rank"))
        assert derived == printed
