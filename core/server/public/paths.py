"""Where the pages for everybody stand, beside the screens of the office."""

ALONE = ("/r", "/mine")
"""Pages of their own name; no screen of the office may be called so."""
UNDER = ("/h/", "/r/", "/mine/", "/public/")


def is_public(path: str) -> bool:
    """Whether an address belongs to a page that anybody may open."""
    return path in ALONE or path.startswith(UNDER)
