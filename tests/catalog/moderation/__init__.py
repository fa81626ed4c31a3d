"""Moderation, history and rights of the register.

The pains of other registers (their issue trackers, as users told them) and the tests that show each solved here:

1. Rights by territory: `tests/catalog/admin/test_matrix.py`, every address and role; `test_in_any_order.py`.
2. Rights on records, and the point stays on the map: `test_pains.py::test_rights_hide_no_point_from_the_map`.
3. Rights in every endpoint: `tests/publishing/test_identifiers.py::test_a_hidden_record_is_hidden_on_every_road`.
4. Rights on addresses of files: `tests/catalog/dossiers/test_admin.py`, `tests/iiif/test_authorization.py`.
5. After approval: `test_comments.py::test_a_change_of_what_is_public_can_be_requested`.
6. Reports that time out: `test_pains.py::test_many_related_records_cost_a_report_no_more_than_few`.
7. A search result on paper with map, scale, north, criteria, watermark, any length: `tests/catalog/test_exports.py`
   (`test_points_and_papers`, `test_a_long_list_on_paper_...`), `test_watermark.py`, `tests/maps/test_listing.py`.
8. What one may read but not edit: `test_pains.py::test_who_may_only_read_sees_all_but_the_exact_place`.
9. Two editors on one field: `test_merging.py`, `test_in_any_order.py`.
10. JSON in bulk: `test_pains.py::test_a_file_in_json_is_taken_in_bulk_like_any_other`.
11. Condition reports with date, author and history, not public: `tests/catalog/surveys/test_admin.py`.
12. Imports that overwrite what people wrote: `tests/catalog/imports/test_import.py::TestEditedByHand`, and of places
    `tests/maps/test_imports.py`; keys of a provider: `test_import_admin.py::test_a_provider_s_keys_stand_for_numbers`.
15. Public or not, filtered and changed at once: `tests/catalog/batches/test_batches.py`.
"""
