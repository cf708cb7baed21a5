"""`settings`: what an office may choose, for people, for machines and for docs/settings.md."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from core.cli.console import JSON, both, report
from core.kernel import postgresql
from core.kernel.i18n import N_, _, catalogue
from core.kernel.settings import ROOT, Settings, settings

HEAD = """# Settings 设置

设置环境变量，或在数据文件夹的 `settings.toml` 中写去掉 `LINGRID_` 的小写名称，例如 `port = 8502`；
两处都有时以环境变量为准。`python -m core settings` 显示当前生效的设置。

Set an environment variable, or write the name without `LINGRID_` in small letters into `settings.toml` in
the data folder, such as `port = 8502`. The environment wins. `python -m core settings` prints what is in
force. This page is made by `python -m core settings --markdown`.

| 变量 Variable | 默认 Default | 含义 | Meaning |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Choice:
    """One setting; secrets show only whether they are set."""

    variable: str
    value: str
    default: str
    meaning: str


def _word(value: object) -> str:
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
    if isinstance(value, Path) and value.is_relative_to(ROOT):
        return value.relative_to(ROOT).as_posix()
    if isinstance(value, str) and postgresql.speaks(value):
        return postgresql.shown(value)
    return ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def choices(chosen: Settings) -> list[Choice]:
    """Every setting with what is in force."""
    return [_choice(name, getattr(chosen, name)) for name in Settings.model_fields]


def _choice(name: str, value: object) -> Choice:
    known = Settings.model_fields[name]
    return Choice(f"LINGRID_{name.upper()}", _word(value), _word(known.default), known.description or "")


def markdown() -> str:
    """docs/settings.md: the same on every machine."""
    return HEAD + "".join(_rows(choices(Settings.model_construct())))


def _rows(found: list[Choice]) -> Iterator[str]:
    chinese = catalogue("zh_CN")
    for one in found:
        default = f"`{one.default}`" if one.default else ""
        meaning = chinese.get(one.meaning, one.meaning)
        yield f"| `{one.variable}` | {default} | {meaning} | {one.meaning} |\n"


def show(
    as_markdown: Annotated[bool, typer.Option("--markdown", help=both(N_("Print docs/settings.md")))] = False,
    as_json: JSON = False,
) -> None:
    """Print every setting and what is in force."""
    if as_markdown:
        typer.echo(markdown(), nl=False)
        return
    found = choices(settings())
    lines = (f"{one.variable}={one.value}\n    {_(one.meaning)}" for one in found)
    report([asdict(one) for one in found], as_json, lines)
