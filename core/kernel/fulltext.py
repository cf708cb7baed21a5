"""The index under the search box: the same words in SQLite's FTS5 and in a `tsvector` of PostgreSQL.

Both answer which documents have some words of `tok` one after another. FTS5 knows phrases; PostgreSQL keeps no
positions here, so it finds the documents that have the words and then looks whether they follow each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import DDL, Connection, Table, TextClause, event, text

VECTOR = "array_to_tsvector(array_remove(string_to_array(tok, ' '), ''))"
SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(tok, content='search_doc', content_rowid='id', "
    "tokenize=\"unicode61 tokenchars '='\", columnsize=0, prefix='1')",
    "CREATE TRIGGER search_doc_ai AFTER INSERT ON search_doc BEGIN "
    "INSERT INTO search_fts(rowid, tok) VALUES (new.id, new.tok); END",
    "CREATE TRIGGER search_doc_ad AFTER DELETE ON search_doc BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tok) VALUES ('delete', old.id, old.tok); END",
    "CREATE TRIGGER search_doc_au AFTER UPDATE ON search_doc BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tok) VALUES ('delete', old.id, old.tok); "
    "INSERT INTO search_fts(rowid, tok) VALUES (new.id, new.tok); END",
)
ENOUGH = 5000
POSTGRESQL = (f"CREATE INDEX ix_search_doc_tok ON search_doc USING gin ({VECTOR}) WITH (fastupdate = off)",)


def made_with(table: Table) -> None:
    """Make the index whenever the table is made."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl)


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other; `is_open`: the last one is still being typed."""

    words: tuple[str, ...]
    is_open: bool = False


Way = Sequence[Phrase]
"""Phrases that must all be there."""


@dataclass(frozen=True)
class Question:
    """One of several ways, and all of what narrows: each entry of `narrowing` is words of which one must be there."""

    ways: Sequence[Way]
    narrowing: Sequence[Sequence[str]] = ()

    def condition(self, column: str, *, is_postgresql: bool, most: int = 0) -> TextClause:
        """What is asked, as a condition on the document's number in `column`; at most so many, 0: all."""
        ask = self._postgresql if is_postgresql else self._sqlite
        where, values = ask()
        limit = f" LIMIT {most}" if most else ""
        return text(f"{column} IN ({where}{limit})").bindparams(**values)

    def _sqlite(self) -> tuple[str, dict[str, str]]:
        ways = " OR ".join(f"({' AND '.join(map(_fts_phrase, way))})" for way in self.ways)
        parts = [f"({ways})", *(f"({' OR '.join(map(_quoted, some))})" for some in self.narrowing)]
        return "SELECT rowid FROM search_fts WHERE search_fts MATCH :match", {"match": " AND ".join(parts)}

    def _postgresql(self) -> tuple[str, dict[str, str]]:
        """What is rare through the index; the rest, and the order of the words, in the documents found by it."""
        ways = " | ".join(f"({' & '.join(map(_ts_phrase, _rare(way)))})" for way in self.ways)
        parts = [f"({ways})", *(_lexeme(some[0]) for some in self.narrowing if len(some) == 1)]
        again, values = self._look_again()
        where = f"SELECT id FROM search_doc WHERE {VECTOR} @@ CAST(:match AS tsquery) AND {again}"
        return where, {"match": " & ".join(parts), **values}

    def _look_again(self) -> tuple[str, dict[str, str]]:
        kinds = [[[Phrase((word,))] for word in some] for some in self.narrowing if len(some) > 1]
        patterns: list[str] = []
        said = [_any_of(ways, patterns) for ways in (self.ways, *kinds)]
        return " AND ".join(said), {f"like_{n}": pattern for n, pattern in enumerate(patterns)}

    @property
    def is_broad(self) -> bool:
        """Whether PostgreSQL looks for one word alone, which may stand in every third document."""
        words = [word for way in self.ways for phrase in _rare(way) for word in phrase.words]
        return len(words) == 1 and all(len(some) > 1 for some in self.narrowing)


@contextmanager
def capped(connection: Connection, question: Question) -> Iterator[None]:
    """Let PostgreSQL stop after some thousand documents of a word that stands in very many."""
    if connection.dialect.name != "postgresql" or not question.is_broad:
        yield
        return
    connection.exec_driver_sql(f"SET LOCAL gin_fuzzy_search_limit = {ENOUGH}")
    yield
    connection.exec_driver_sql("SET LOCAL gin_fuzzy_search_limit = 0")


def _rare(way: Way) -> Way:
    """The phrases worth asking the index for: the beginning of a word by one letter stands in very many documents."""
    return [one for one in way if not (one.is_open and len(one.words[-1]) == 1)] or way


def _any_of(ways: Sequence[Way], patterns: list[str]) -> str:
    """One of the ways, word after word in the text itself; what each LIKE looks for goes into `patterns`."""
    said = []
    for way in ways:
        first = len(patterns)
        patterns += map(_pattern, way)
        said.append(" AND ".join(f"' ' || tok || ' ' LIKE :like_{n}" for n in range(first, len(patterns))))
    return "(" + " OR ".join(f"({one})" for one in said) + ")"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', "") + '"'


def _fts_phrase(phrase: Phrase) -> str:
    return _quoted(" ".join(phrase.words)) + "*" * phrase.is_open


def _lexeme(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _ts_phrase(phrase: Phrase) -> str:
    return " & ".join(map(_lexeme, phrase.words)) + ":*" * phrase.is_open


def _pattern(phrase: Phrase) -> str:
    words = " ".join(phrase.words)
    for sign in "\\%_":
        words = words.replace(sign, "\\" + sign)
    return f"% {words}" + ("%" if phrase.is_open else " %")


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts as the words of a phrase: what has a space in it is several."""
    return tuple(word for one in texts for word in one.split(" ") if word)
