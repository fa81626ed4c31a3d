"""Two people, one record: versions merged, comments on fields, tasks that wait, and what the history says."""
