"""Which present unit a record belongs to: found by succession or coordinate, doubted, settled by staff."""
