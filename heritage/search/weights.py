"""Every weight of the ranking, in one place, for both engines."""

EXACT = {"title_exact": 8.0, "keys_exact": 3.0, "body_exact": 1.0}
"""A word typed with its marks."""

FOLDED = {"title_folded": 7.0, "keys_folded": 2.6, "body_folded": 0.9}
"""A word typed without."""

TYPOS = {"title_folded": 2.0, "keys_folded": 0.7}
"""A word that differs by a letter; bodies are left out, where nearly every syllable is near another."""

SHORTEST_JOINED = 5
"""Letters of a word that may be two syllables typed without a space (`chuakeo`)."""

SHORTEST_BEGUN = 3
"""Letters of a word being typed that may already hold an error."""

NEARNESS = 1.0
"""What each halving of the distance to the point asked for adds, `NEAR_STEPS` times at most."""
NEAR_STEPS = 6

FRESH_WEEKS = ((range(-1, 5), 2.0), (range(-4, 14), 1.0))
"""Weeks from the present one, and what a day within them adds: news of last week, a feast of the month or season."""

FRESHNESS = 0.004
"""What each year after 2000 adds to the weight of a dated page: of two that say the same, the newer stands first."""

PREFIX = {"title_folded": 3.0, "keys_folded": 1.2, "body_folded": 0.4}
PHRASE = {"title": 6.0, "keys": 2.5, "body": 1.2}
WHOLE_NAME = 12.0
"""The words are a whole name: `chua keo` is Chùa Keo, not Lễ hội Chùa Keo."""
NEIGHBOURS = 3.0
"""Two words stand beside each other in a name."""
BODY_TOGETHER = 6.0
"""All words of the query stand together in a text, in their order."""
NUMBER = 20.0

SCOPES = {"any": ("title", "keys", "body"), "title": ("title",), "keys": ("keys",), "body": ("body",)}
SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 and b, which both engines use unasked. tantivy keeps BM25's factor k1 + 1, Elasticsearch drops it."""
