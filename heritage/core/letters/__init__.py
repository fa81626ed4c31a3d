"""Vietnamese letters from before Unicode, as old sheets hold them: recognised by their syllables, turned into Unicode.

Such text reads `§Òn §uæm` (TCVN3, the fonts `.VnTime`) or `Ñeàn Ñuoåm` (VNI-Win, the fonts `VNI-Times`): letters of
Windows-1252 that a font of its own shows as Vietnamese. It may lie in a file of any encoding.
"""

from heritage.core.letters.old import LETTERS, NAMES, from_letters, to_letters
from heritage.core.letters.recognising import looks_vietnamese, recognise

__all__ = ["LETTERS", "NAMES", "from_letters", "looks_vietnamese", "recognise", "to_letters"]
