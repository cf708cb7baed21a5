"""Now and then somebody is filed twice: by another worker, at another door, with a slip in the name and no document."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from core.demo.filing import Row
from core.demo.folk import UNRELATED, Soul
from core.demo.numbers import Numbers
from core.demo.residents import LOCAL, Known
from core.people.duplicates import common_area
from core.people.rules.twins import Facts, reasons, weight

SHARE = 0.009
"""Of the households somebody is filed with who stands elsewhere already: about 0.3 % of the people."""
KEPT = 400
OLD_FORMS = str.maketrans(
    "陈张黄杨赵吴郑谢罗马刘许邓冯苏叶吕钟谭丽华国伟军红凤兰荣贵宝锦东学峰杰辉铭锋洁晓颖诗维文",
    "陳張黃楊趙吳鄭謝羅馬劉許鄧馮蘇葉呂鍾譚麗華國偉軍紅鳳蘭榮貴寶錦東學峯傑輝銘鋒潔曉穎詩維文",
)


class Doubles:
    """Chooses who is filed twice; starts anew in each community."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers, self.random = numbers, Random()
        self.known: list[Known] = []
        self.pairs: list[tuple[int, Soul]] = []

    def start(self, random: Random) -> None:
        """A community begins."""
        self.random, self.known, self.pairs = random, [], []

    def guests(self) -> list[Soul]:
        """Perhaps somebody who lives elsewhere in the community, filed once more."""
        if not self.known or self.random.random() > SHARE:
            return []
        original = self.known.pop(self.random.randrange(len(self.known)))
        soul = original.soul
        guest = Soul(soul.sex, soul.born, soul.surname, "guest", self._slip(soul.name), UNRELATED, True)
        guest.phone = soul.phone if self.random.random() < 0.5 else ""
        self.pairs.append((original.id, guest))
        return [guest]

    def remember(self, known: Iterable[Known]) -> None:
        """These may be filed once more later."""
        grown = (
            p for p in known if p.lodging.category == LOCAL and not p.soul.twin and p.soul.role != "child"
        )
        self.known += [person for person in grown if len(self.known) < KEPT]

    def _slip(self, name: str) -> str:
        """Mostly the same name; else in old characters, or with two characters swapped."""
        turn = self.random.random()
        if turn < 0.6 or len(name) < 3:
            return name
        return name.translate(OLD_FORMS) if turn < 0.8 else name[0] + name[2] + name[1] + name[3:]

    def rows(self, people: Iterable[Row], known: Iterable[Known]) -> Iterator[Row]:
        """The pairs of the community, as the search would find them."""
        filed = {row["id"]: row for row in people}
        twins = {person.soul: person.id for person in known}
        for one, soul in self.pairs:
            low, high = sorted((one, twins[soul]))
            why = reasons(_facts(filed[low]), _facts(filed[high]))
            if why:
                yield {
                    "id": self.numbers.id(),
                    "area": common_area(filed[low]["area"], filed[high]["area"]),
                    "person_id": low,
                    "other_id": high,
                    "reasons": f" {' '.join(why)} ",
                    "weight": weight(why),
                }


def _facts(row: Row) -> Facts:
    marks: dict[str, Any] = {"phone": row["phone_index"], "document": row["document_no_index"]}
    plain = {
        name: row[name] for name in ("id", "area", "name", "sex", "birth", "document_kind", "household_id")
    }
    return Facts(**plain, **marks, tail=row["document_no_tail"], former_name="", house_id=None)
