"""From a page's form to what is handed in, and back: which field said what, and where its trouble is to be shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.claims.forms import ClaimForm, Picture, Said
from core.claims.rules import HOUSE
from core.kernel import files
from core.kernel.database import office
from core.kernel.i18n import _, language
from core.kernel.problems import Invalid, Problem
from core.server.public.asking import MOST_PARTS, Ask
from core.server.public.kit import Form

MOST_PICTURES = 4


@dataclass(frozen=True)
class Read:
    """What is said, each with the number of its part on the page (several people may come from one part)."""

    said: tuple[Said, ...]
    parts: tuple[int, ...]


@dataclass
class Trouble:
    """What is wrong: a sentence for the top of the page, and one for each field by its name there."""

    sentence: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def parts(form: Form, least: int = 1) -> int:
    """How many parts the page shows; one more when somebody asked for it."""
    typed = form.text("parts", str(least))
    shown = int(typed) if typed.isdecimal() and len(typed) < 3 else least
    return max(least, min(MOST_PARTS, shown + (form.text("do") == "more")))


def read(form: Form, asks: Sequence[Ask], state: str = "") -> Read:
    """What each part of a page says, in a home of that `state`; a further part that was left empty says nothing."""
    found = [(place, one) for place, ask in enumerate(asks) for one in _said(form, place, ask)]
    found += [(0, Said(HOUSE, "", {"state": one.makes})) for one in asks[:1] if one.makes not in ("", state)]
    return Read(tuple(one for _place, one in found), tuple(place for place, _one in found))


def _said(form: Form, place: int, ask: Ask) -> Iterator[Said]:
    values = {name: form.text(f"{place}.{name}") for name in ask.names}
    about = [one for one in form.texts(f"{place}.about") if one]
    is_empty = not about and not any(values[name] for name in values if name not in ask.starts)
    if is_empty and place and ask.several:
        return
    full: dict[str, object] = {**values, **ask.fixed}
    if not about or (ask.about == "many" and values.get("name")):
        yield Said(ask.kind, "", full)
    for one in about:
        yield Said(ask.kind, one, {**full, "name": ""} if ask.about == "many" else full)


def claim_form(form: Form, who: str, said: Read, texts: Sequence[int]) -> ClaimForm:
    """All of it as it is handed in; ticked consents beside those already agreed to."""
    ticked = (
        one
        for name in ("text.sensitive", "text.under14", "text.identity_picture")
        for one in form.texts(name)
    )
    agreed = {*texts, *(int(one) for one in ticked if one.isdecimal() and len(one) < 19)}
    return ClaimForm(
        who=who,
        items=said.said,
        contact_name=form.text("contact_name"),
        contact_phone=form.text("contact_phone"),
        texts=tuple(sorted(agreed)),
        note=form.text("note"),
        language=language.get(),
    )


def pictures(form: Form, kind: str) -> list[Picture]:
    """The photos of a form, cleaned and stored. Raises Invalid at the field."""
    contents = form.files("pictures")
    if len(contents) > MOST_PICTURES:
        said = _("At most {most} pictures fit.").format(most=MOST_PICTURES)
        raise Invalid(said, pictures=said)
    try:
        found = [files.checked(data) for data in contents]
    except Invalid as trouble:
        raise Invalid(trouble.sentence, pictures=trouble.sentence) from trouble
    return [Picture(file=one, digest=files.put(office(), one.data), kind=kind) for one in found]


def trouble(problem: Problem, said: Read | None) -> Trouble:
    """What is wrong, by the names of the fields on the page; what belongs to no field stands at the top."""
    fields, more = {}, []
    for name, sentence in problem.fields.items():
        place, dot, rest = name.partition(".")
        if said is not None and dot and place.isdecimal() and int(place) < len(said.parts):
            name = f"{said.parts[int(place)]}.{rest}" if rest else ""
        if name in ("", "items", "who", "once"):
            more.append(sentence)
        else:
            fields[name] = sentence
    top = _("Please look again: {count} fields.").format(count=len(fields)) if fields else problem.sentence
    return Trouble(" ".join(dict.fromkeys([top, *more])), fields)
