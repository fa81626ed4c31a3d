"""Demo data, app by app. Each module has `load(say)`, which may run again without changing anything, and those that
can make synthetic rows for benchmarks have `synthesise(count, say)`."""
