"""`areas`: loading the official divisions of a county."""

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core.cli.console import JSON, at_work, both, opened, report
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid
from core.kernel.settings import ROOT
from core.places.commands import load_areas

SHIPPED = ROOT / "data" / "areas"
COLUMNS = ("code", "level", "name", "parent")

app = typer.Typer(help=both(N_("The area tree.")), no_args_is_help=True)


@app.command(help=both(N_("Load the official divisions of a county.")))
def load(
    file: Annotated[Path | None, typer.Argument(help=both(N_("CSV file: code, level, name, parent")))] = None,
    shipped: Annotated[str, typer.Option(help=both(N_("A list that comes with LinGrid: shantou")))] = "",
    root: Annotated[str, typer.Option(help=both(N_("Only this code and what is below it")))] = "",
    as_json: JSON = False,
) -> None:
    """Load official divisions; again with a newer list brings the tree up to date."""
    rows = read_rows(_source(file, shipped))
    with opened() as office:
        done = asdict(load_areas(at_work(office), rows, root=root))
        words = _("{added} added, {changed} changed, {closed} closed, {same} as before.")
        report(done, as_json, [words.format(**done)])


def _source(file: Path | None, shipped: str) -> Path:
    """The file meant. Raises Invalid."""
    if bool(file) == bool(shipped):
        raise Invalid(_("Name either a file or a list that comes with LinGrid."))
    known = sorted(path.stem for path in SHIPPED.glob("*.csv"))
    if shipped and shipped not in known:
        raise Invalid(_("LinGrid comes with these lists: {known}.").format(known=", ".join(known)))
    return file or SHIPPED / f"{shipped}.csv"


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8, or as Excel on a Chinese Windows writes it. Raises Invalid."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig") if _is_utf8(raw) else raw.decode("gb18030")
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = list(reader)
    except (OSError, UnicodeError, csv.Error) as trouble:
        raise Invalid(_("{file} cannot be read: {reason}").format(file=path, reason=trouble)) from trouble
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise Invalid(_("{file} lacks the columns: {columns}.").format(file=path, columns=", ".join(missing)))
    return rows


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
