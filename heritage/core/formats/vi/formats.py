"""Vietnamese: 16.700 and 3.450,5."""

NUMBER_GROUPING = 3
