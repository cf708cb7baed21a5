"""The documents keep up with the program: links lead somewhere, commands and words on the screen exist."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer

from core.cli.app import app
from core.cli.settings_table import markdown
from core.kernel.codes import codes
from core.kernel.i18n import catalogue
from core.kernel.settings import Settings

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PLACES = ("*.md", "docs/**/*.md", "data/**/*.md")
DOCUMENTS = sorted(path for each in PLACES for path in ROOT.glob(each) if "local" not in path.parts)
GUIDE = sorted((ROOT / "docs" / "guide").rglob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"python3? (?:run\.py|-m core)((?: [a-z]+)+)(?= |$|`)", re.MULTILINE)
LAUNCHER = {"test", "setup", "help", "serve"}
VARIABLE = re.compile(r"LINGRID_[A-Z_]+[A-Z]")


def place(path: Path) -> str:
    """A document as the house calls it."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """What a document says."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=place)
def test_every_relative_link_leads_to_a_file(path: Path) -> None:
    targets = [t for t in LINK.findall(text_of(path)) if not re.match(r"[a-z]+:|#", t)]
    missing = [t for t in targets if not (path.parent / unquote(t.partition("#")[0])).exists()]
    assert not missing


def known_commands() -> set[str]:
    """Every command of the command line, such as "user add"."""
    root = typer.main.get_command(app)
    found: set[str] = set()
    for name, one in root.commands.items():  # type: ignore[attr-defined]
        found |= {f"{name} {sub}" for sub in one.commands} if hasattr(one, "commands") else {name}
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=place)
def test_every_command_in_a_document_exists(path: Path) -> None:
    known = known_commands() | LAUNCHER
    for words in COMMAND.findall(text_of(path)):
        one, two = words.split()[0], " ".join(words.split()[:2])
        assert one in known or two in known, f"{words} is no command"


def test_the_readme_names_every_command() -> None:
    named = text_of(READMES[0])
    assert not {c for c in known_commands() if not re.search(rf"(?:run\.py|-m core) {c}\b", named)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=place)
def test_every_setting_in_a_document_exists(path: Path) -> None:
    known = {f"LINGRID_{name.upper()}" for name in Settings.model_fields} | {"LINGRID_WHEELS"}
    assert set(VARIABLE.findall(text_of(path))) <= known


def test_the_table_of_settings_is_the_one_the_program_prints() -> None:
    assert text_of(ROOT / "docs" / "settings.md") == markdown()


def shape(path: Path) -> list[str]:
    """The headings by their depth and every line of a command word for word, remarks aside."""
    found = re.findall(r"^(#+) |^((?:.*(?:python3|LINGRID_)|export).*)$", code_of(path), re.MULTILINE)
    return [depth or re.sub(r" +#.*", "", command) for depth, command in found]


def code_of(path: Path) -> str:
    """Headings and blocks of a document, without its prose."""
    blocks = re.findall(r"^#+ [^\n]*$|^```\n.*?^```$", text_of(path), re.MULTILINE | re.DOTALL)
    return "\n".join(blocks)


def test_both_readmes_have_the_same_sections_and_commands() -> None:
    english, chinese = map(shape, READMES)
    assert english == chinese
    assert LINK.findall(text_of(READMES[0])).count("LICENSE") == 1


def test_the_guide_has_the_same_pages_sections_and_commands_in_both_languages() -> None:
    pages = {lang: {p.name: p for p in GUIDE if p.parent.name == lang} for lang in ("en", "zh")}
    assert pages["en"].keys() == pages["zh"].keys()
    for name, path in pages["en"].items():
        assert shape(path) == shape(pages["zh"][name]), name


def on_screen(language: str) -> set[str]:
    """Every message of the program and every name in the code lists that the guide quotes."""
    names = {name for each in ("sources", "house_state") for name in codes(each, lang=language).values()}
    messages = catalogue("zh_CN")
    return names | set(messages.values() if language == "zh_CN" else messages)


@pytest.mark.parametrize("path", [p for p in GUIDE if p.name != "README.md"], ids=place)
def test_the_words_on_the_screen_are_the_ones_the_guide_quotes(path: Path) -> None:
    quoted, language = (r"「([^」]+)」", "zh_CN") if path.parent.name == "zh" else (r"“([^”]+)”", "en")
    known = on_screen(language)
    assert not [word for word in re.findall(quoted, text_of(path)) if word not in known]


def test_every_picture_is_used_and_small() -> None:
    links = ((path.parent, target) for path in DOCUMENTS for target in LINK.findall(text_of(path)))
    used = {(folder / target).resolve() for folder, target in links if target.endswith(".png")}
    there = {path.resolve() for path in (ROOT / "docs" / "pictures").glob("*.png")}
    assert there == used
    assert all(path.stat().st_size <= 200_000 for path in there)
