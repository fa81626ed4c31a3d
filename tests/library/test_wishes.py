"""What readers of other libraries' programs ask for in public and long lack: each wish with the tests that show it met.

A wish whose test is renamed or taken away has nothing left that shows it, which this file finds.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READING, PLAYER = "browser/test_library_reading.py", "browser/test_library_player.py"
LISTENING, BOOK = "browser/test_library_listening.py", "browser/test_library.py"
OFFLINE, DOCUMENTS = "browser/test_library_offline.py", "browser/test_library_documents.py"

WISHES = {
    "audiobookshelf 1558: read and listen together, the words marked": [
        f"{LISTENING}::test_text_and_recorded_voice_go_in_step",
    ],
    "audiobookshelf 1709: notes on the account, one list, export": [
        "library/test_readings.py::test_notes_of_all_titles_are_one_list_for_their_reader_alone",
        "library/test_readings.py::test_over_http",
    ],
    "audiobookshelf 1953: OPDS with the place kept in step": [
        "library/test_programs.py::test_the_place_goes_from_a_program_to_the_site_and_back",
        "library/test_programs.py::test_koreader_and_the_site_share_one_place",
    ],
    "audiobookshelf 2013: notes while listening, by chapter": [
        f"{LISTENING}::test_marks_transcript_queue_and_the_place_carried_to_the_ebook",
    ],
    "audiobookshelf 2066: cards that end on a day, many changed at once": [
        "library/test_batches.py::test_cards_are_prolonged_and_blocked",
        "library/test_lending.py::test_who_may_not_borrow",
    ],
    "Kavita 1383: find in the book, bookmarks, a scroller over the pages": [
        f"{BOOK}::test_words_are_found_without_accents_and_text_grows",
        f"{BOOK}::test_highlights_and_bookmarks_are_kept",
        f"{DOCUMENTS}::test_a_pdf_is_read_by_pages_and_searched",
    ],
    "Kavita 342: programs log in to OPDS": [
        "library/test_opds_lending.py::test_without_the_right_password_the_authentication_document_answers",
        "library/test_programs.py::test_a_reader_makes_and_withdraws_a_password_that_is_shown_once",
    ],
    "Kavita 4135: two columns of vertical text that make sense": [
        f"{READING}::test_vertical_text_has_bands_and_scrolls_sideways",
        f"{BOOK}::test_vertical_text_turns_its_pages_from_right_to_left",
    ],
    "Komga 1495, 980: highlights, bookmarks and notes in EPUB": [
        f"{BOOK}::test_highlights_and_bookmarks_are_kept",
        f"{OFFLINE}::test_read_offline_come_back_and_the_second_device_has_place_and_note",
    ],
    "Komga 1492: find in the book, go to a page": [
        f"{LISTENING}::test_a_browser_without_voices_says_so_and_pages_letters_and_dictionary_work",
        f"{DOCUMENTS}::test_a_pdf_is_zoomed_turned_marked_and_leafed_by_number",
    ],
    "calibre-web 2298: the place belongs to the account, not to the device": [
        f"{OFFLINE}::test_read_offline_come_back_and_the_second_device_has_place_and_note",
        f"{OFFLINE}::test_two_devices_an_hour_apart_write_without_a_network_and_nothing_is_lost",
    ],
    "calibre-web 480: audiobooks, and one place in e-book and audiobook": [
        f"{LISTENING}::test_marks_transcript_queue_and_the_place_carried_to_the_ebook",
        f"{BOOK}::test_an_audiobook_is_heard_from_any_second_and_resumed",
    ],
    "Thorium 1950: the mark earlier or later than the voice": [
        f"{LISTENING}::test_the_mark_runs_ahead_of_the_voice_or_after_it_as_set_on_this_device",
    ],
    "Thorium 3173: no note and no place lost": [
        "library/test_readings.py::test_notes_written_offline_on_both_devices_both_stay",
        "library/test_readings.py::test_what_was_removed_does_not_come_back",
    ],
    "Thorium 3784: for keyboard and screen reader": [
        f"{READING}::test_the_reader_is_worked_by_keyboard_alone",
        f"{PLAYER}::test_the_player_is_worked_by_keyboard_alone",
    ],
    "Readium web 1: media overlays in a browser": [
        f"{LISTENING}::test_text_and_recorded_voice_go_in_step",
    ],
}


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_has_the_tests_that_show_it_met(wish):
    for name in WISHES[wish]:
        file, function = name.split("::")
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name
