"""Moderation, history and rights of the register.

The pains of other registers (their issue trackers, as users told them) and the tests that show each solved here:

1. Rights by territory: `tests/catalog/admin/test_matrix.py`, every address and role; `test_in_any_order.py`.
2. Rights on records, and the point stays on the map: `test_pains.py::test_rights_hide_no_point_from_the_map`.
3. Rights in every endpoint: `tests/publishing/test_identifiers.py::test_a_hidden_record_is_hidden_on_every_road`.
4. Rights on addresses of files: `tests/catalog/dossiers/test_admin.py`, `tests/iiif/test_authorization.py`.
5. After approval: `test_comments.py::test_a_change_of_what_is_public_can_be_requested`.
8. What one may read but not edit: `test_pains.py::test_who_may_only_read_sees_all_but_the_exact_place`.
9. Two editors on one field: `test_merging.py`, `test_in_any_order.py`.
11. Condition reports with date, author and history, not public: `tests/catalog/surveys/test_admin.py`.
15. Public or not, filtered and changed at once: `tests/catalog/batches/test_batches.py`.
"""
