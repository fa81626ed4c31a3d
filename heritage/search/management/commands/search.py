"""`manage.py search rebuild|check|evaluate`: builds the index anew, compares it with the database, measures it."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from heritage.search import engines, evaluation, indexing
from heritage.search.engines.base import EngineAwayError


class Command(BaseCommand):
    help = "Builds the search index anew beside the live one (rebuild), or compares it with the database (check)."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        rebuild = actions.add_parser("rebuild", help="build the whole index, then switch to it")
        rebuild.add_argument("--anew", action="store_true", help="begin again, resume nothing")
        rebuild.add_argument("--json", action="store_true", help="print the figures as JSON")
        check = actions.add_parser("check", help="compare index and database")
        check.add_argument("--mend", action="store_true", help="write what is missing, remove what is too much")
        check.add_argument("--json", action="store_true", help="print the figures as JSON")

        judge = actions.add_parser("evaluate", help="measure relevance on a set of judged queries")
        judge.add_argument("file", type=Path)
        judge.add_argument("--format", choices=["squad", "judgements"], default="judgements")
        judge.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        actions = {"rebuild": self.rebuild, "check": self.check_index, "evaluate": self.evaluate}
        try:
            actions[options["action"]](**options)
        except EngineAwayError as error:
            raise CommandError(f"The search engine cannot be used: {error}") from error

    def rebuild(self, **options: Any) -> None:
        began = time.monotonic()
        try:
            row = indexing.rebuild(progress=self._progress, anew=options["anew"])
        except indexing.RebuildRunningError as error:
            raise CommandError("A rebuild is under way; wait for it to end.") from error
        except (OSError, EngineAwayError) as error:
            raise CommandError(f"The index could not be written, the live one is untouched: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped; the live index is untouched. Run it again and it goes on from here.") from None
        seconds = time.monotonic() - began
        state = engines.current().state()
        self._say(
            {"engine": row.engine, "documents": state.documents, "seconds": round(seconds, 2)},
            f"{state.documents} documents in {seconds:.1f} s ({row.engine})",
            as_json=options["json"],
        )

    def check_index(self, **options: Any) -> None:
        found = indexing.compare(progress=self._progress)
        if options["mend"] and not found.is_none:
            indexing.mend(found)
        figures = {
            "same": found.same,
            "missing": found.missing[:100],
            "outdated": found.outdated[:100],
            "surplus": found.surplus[:100],
            "differing": len(found.missing) + len(found.outdated) + len(found.surplus),
            "mended": bool(options["mend"] and not found.is_none),
        }
        words = (
            f"{found.same} alike, {len(found.missing)} missing, {len(found.outdated)} outdated, "
            f"{len(found.surplus)} too many{'; mended' if figures['mended'] else ''}"
        )
        self._say(figures, words, as_json=options["json"])
        if not found.is_none and not options["mend"]:
            raise CommandError("The index differs from the database; `search check --mend` brings it in step.")

    def evaluate(self, **options: Any) -> None:
        try:
            judged = evaluation.read(options["file"], options["format"])
        except evaluation.UnreadableSetError as error:
            raise CommandError(str(error)) from error
        if not judged.queries:
            raise CommandError(f"{options['file']} holds no query.")
        figures = evaluation.evaluate(judged)
        lines = [f"{figures['queries']} queries, {figures['documents']} documents ({figures['engine']})"]
        for form in evaluation.FORMS:
            row = figures[form]
            lines.append(
                f"{form:<10}  MRR {row['mrr']:.3f}  recall@10 {row['recall@10']:.3f}  nDCG@10 {row['ndcg@10']:.3f}"
            )
        self._say(figures, "\n".join(lines), as_json=options["json"])

    def _progress(self, done: int, total: int) -> None:
        if sys.stderr.isatty() or done % 10_000 == 0 or done == total:
            self.stderr.write(f"{done} of {total}", ending="\r" if sys.stderr.isatty() else "\n")

    def _say(self, figures: dict[str, Any], words: str, *, as_json: bool) -> None:
        self.stdout.write(json.dumps(figures, ensure_ascii=False) if as_json else words)
