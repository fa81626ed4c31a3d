"""Text without the characters that XML, and so every office file and feed, cannot hold."""

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def fit_for_xml(text: str) -> str:
    """`text` without the control characters that XML 1.0, section 2.2, leaves out."""
    return _UNFIT.sub("", text)
