"""What every command shares: words in two languages, JSON for machines, and problems as a sentence."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from core.kernel import database
from core.kernel.access import job
from core.kernel.database import Office, translated
from core.kernel.i18n import N_, _, catalogue
from core.kernel.opening import open_office
from core.kernel.problems import Problem
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork

Progress = Callable[[float, str], None]


class Sentences(TyperGroup):
    """Commands whose problems end as a sentence on the screen and exit code 2, never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; print what was wrong and with what."""
        try:
            with translated():
                return super().invoke(ctx)
        except Problem as trouble:
            for sentence in dict.fromkeys((trouble.sentence, *trouble.fields.values())):
                typer.echo(sentence, err=True)
            raise typer.Exit(2) from trouble


def both(message: str) -> str:
    """A marked message in Chinese and English, for help texts: nobody has chosen a language yet."""
    return " ".join(dict.fromkeys((catalogue("zh_CN").get(message, message), message)))


JSON = Annotated[bool, typer.Option("--json", help=both(N_("Print JSON.")))]


def say(message: str, *, err: bool = False, **values: object) -> None:
    """Print a marked message in the office's language, and in English below when that is another."""
    for text in dict.fromkeys((_(message), message)):
        typer.echo(text.format(**values), err=err)


def report(found: object, as_json: bool, lines: Iterable[str]) -> None:
    """Print what was found: as JSON, or as lines for people."""
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    else:
        for line in lines:
            typer.echo(line)


@contextmanager
def opened() -> Iterator[Office]:
    """The office of the settings, open for the length of the block."""
    office = open_office(settings())
    database.use(office)
    try:
        yield office
    finally:
        database.use(None)
        office.close()


def at_work(office: Office) -> UnitOfWork:
    """The command line at work; the audit log calls it `cli`."""
    return office.uow(job("cli"))


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A bar on the error stream, so that what is printed stays clean; comes with the first (share, words)."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def heard(share: float, words: str = "") -> None:
            if not bars:
                bar = typer.progressbar(length=1000, label=_(label), file=sys.stderr)
                bars.append(stack.enter_context(bar))
            bars[0].label = words or _(label)
            bars[0].update(int(share * 1000) - bars[0].pos)

        yield heard
