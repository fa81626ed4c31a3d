"""Why an e-book is refused."""


class EpubError(Exception):
    """`str()` says what is wrong with the file and what to do, to the person who handed it in."""
