"""Homes over the years on a phone: a new tenant is found, looked at and verified."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_worker_verifies_a_new_tenant_on_the_phone(visit: Visit) -> None:
    worker = visit(phone=True)
    worker.enter("wang", path="/rentals?view=tenants&days=365")
    row = worker.page.locator("tbody tr").first
    expect(row).to_be_visible()
    name = row.locator("td.main").inner_text()
    row.click()
    expect(worker.page.get_by_role("heading", name=re.compile(name)).first).to_be_visible()
    worker.page.get_by_role("button", name="核实", exact=True).click()
    worker.page.get_by_role("button", name="上门走访", exact=True).click()
    expect(worker.page.get_by_text(re.compile("wang · 上门走访")).first).to_be_visible()


def test_the_years_of_a_house_are_bars_that_open_their_period(visit: Visit) -> None:
    clerk = visit(phone=True)
    clerk.enter("li", path="/rentals")
    clerk.page.locator("tbody tr").first.click()
    bars = clerk.page.locator(".timeline a.row")
    expect(bars.first).to_be_visible()
    box, track = bars.first.bounding_box(), clerk.page.locator(".timeline .track i").first.bounding_box()
    assert box and track
    assert box["height"] >= 44
    assert box["x"] <= track["x"] < track["x"] + track["width"] <= box["x"] + box["width"] + 1
    bars.first.click()
    expect(clerk.page.get_by_role("heading", name="居住时段")).to_be_visible()
