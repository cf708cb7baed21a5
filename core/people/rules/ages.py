"""Ages in full years (周岁)."""

from datetime import date


def age_on(birth: date, day: date) -> int:
    """Full years on a day; who was born on 29 February has the birthday on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def born_by(day: date, years: int) -> date:
    """The latest birth date of people who are at least so many years old on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def school_start(today: date) -> date:
    """The last 31 August up to today: who was six by then is of school age (义务教育法 Art 11)."""
    this_year = date(today.year, 8, 31)
    return this_year if today >= this_year else date(today.year - 1, 8, 31)
