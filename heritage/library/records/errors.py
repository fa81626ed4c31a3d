"""What can be wrong with a file of catalogue records as a whole."""


class RecordsError(Exception):
    """`str()` says why the file cannot be read, to the person who handed it in."""
