"""Every message is said in Chinese, and says the same things."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from core.kernel.i18n import LOCALE, catalogue

ROOT = Path(__file__).parents[2]
PLACES = re.compile(r"\{(\w*)[^}]*\}")


def messages() -> dict[str, str]:
    """Message -> where it stands, for everything marked with _ or N_."""
    found: dict[str, str] = {}
    for folder in ("core", "pages"):
        walked = extract_from_dir(
            str(ROOT / folder),
            method_map=[("**.py", "python"), ("**/templates/**.html", "jinja2")],
            keywords={"_": None, "N_": None},
        )
        for file, line, message, _comments, _context in walked:
            found.setdefault(str(message), f"{folder}/{file}:{line}")
    for name in ("roles", "lines"):
        table = (ROOT / "data" / f"{name}.toml").read_text(encoding="utf-8")
        titles = re.findall(r'^(?:title|about) = "(.+)"', table, re.MULTILINE)
        found.update((text, f"data/{name}.toml") for text in titles)
    return found


def test_every_message_has_its_chinese() -> None:
    missing = {m: where for m, where in messages().items() if not catalogue("zh_CN").get(m)}
    assert not missing, "\n".join(f"{where}: {m}" for m, where in missing.items())


def test_no_translation_without_its_message() -> None:
    assert set(catalogue("zh_CN")) <= set(messages()), set(catalogue("zh_CN")) - set(messages())


@pytest.mark.parametrize("message", sorted(catalogue("zh_CN")))
def test_a_translation_keeps_the_places_to_fill(message: str) -> None:
    chinese = catalogue("zh_CN")[message]
    assert set(PLACES.findall(message)) == set(PLACES.findall(chinese)), chinese


@pytest.mark.parametrize(
    "path", [*(ROOT / "core").rglob("*.py"), *(ROOT / "pages").glob("*.py")], ids=lambda p: p.stem
)
def test_no_message_hides_in_an_f_string(path: Path) -> None:
    """There the extraction does not see it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for inner in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
            call = isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in ("_", "N_")
            assert not (call and isinstance(inner.args[0], ast.Constant)), f"{path.name}:{node.lineno}"  # type: ignore[attr-defined]


def test_the_catalogue_is_where_it_should_be() -> None:
    assert (LOCALE / "zh_CN" / "LC_MESSAGES" / "messages.po").is_file()
