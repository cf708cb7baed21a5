"""Every test here hashes passwords at no cost."""

import pytest


@pytest.fixture(autouse=True)
def _cheap(cheap_hashes: None) -> None:
    """For the tests that hire nobody as well."""
