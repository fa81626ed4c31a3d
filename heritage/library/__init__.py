"""Works, their editions, and lending them to readers."""
