"""Real offices in a folder, for tests of what happens to files: opened as the program opens them."""

import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlmodel import select

from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.identifiers import upgrade_15
from core.kernel.opening import open_office
from core.kernel.search import file
from core.kernel.settings import ROOT, Settings
from core.kernel.unit_of_work import UnitOfWork, command, query
from core.people.models import Person

GRID = "440599/001/001/001/"


def chosen(folder: Path, **values: Any) -> Settings:
    """The settings of an office in a folder."""
    return Settings(data=folder, **{"demo": "none", "keys": "", **values})


def office_in(folder: Path, people: int = 0) -> Office:
    """The office of a folder, opened as the program does, with so many more people."""
    office = open_office(chosen(folder))
    for number in range(people):
        take_in(office.uow(job("test")), number)
    return office


@command("person.edit")
def take_in(uow: UnitOfWork, number: int) -> int:
    """A person with a document and a phone, found by the search."""
    facts = {"area": GRID, "name": f"林{number}", "birth": "1990-01-01"}
    person = uow.add(Person, **facts, document_no=identity(number), phone=phone(number))
    file(uow, "person", person, person.name, "", (person.document_no, person.phone))
    return person.id


@query("person.view")
def everybody(uow: UnitOfWork) -> dict[str, tuple[str, str]]:
    """Name -> document and phone in full."""
    return {
        p.name: (p.document_no.open() if p.document_no else "", p.phone.open() if p.phone else "")
        for p in uow.session.exec(select(Person))
    }


def people(office: Office) -> dict[str, tuple[str, str]]:
    """Everybody in the office, unsealed."""
    return everybody(office.uow(job("test")))


def identity(number: int) -> str:
    """The invented identity number of the n-th person."""
    return upgrade_15(f"440599900101{number:03d}")


def phone(number: int) -> str:
    """The invented phone of the n-th person."""
    return f"199000{number:05d}"


def rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the database file itself holds; or change it behind the program's back."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(statement).fetchall()
        connection.commit()
        return found


def packed(path: Path, name: str) -> bytes:
    """One part of a zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def run_python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A process of its own, in the folder of the program."""
    command_line = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command_line, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
