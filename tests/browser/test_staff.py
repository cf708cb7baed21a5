"""Staff in the field in a real browser: a phone tells where it is, the map shows it, a track is played again."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit

HERE = {"longitude": 116.7402, "latitude": 23.2701, "accuracy": 6}
DRAWN = """() => { for (const one of document.querySelectorAll('*')) {
    const map = one.shadowRoot?.querySelector('.atlas')?.atlas?.map;
    if (map) return NAMES.flatMap((name) => { const data = map.getSource(name)?.serialize().data ?? {};
      return (data.features ?? [data]).map((found) => found.properties?.name ?? found.geometry?.type ?? ''); }); }
  return []; }"""


def drawn(*names: str) -> str:
    """What the map holds in some of its sources."""
    return DRAWN.replace("NAMES", str(list(names)))


def test_a_phone_tells_where_it_is_during_a_shift_and_not_before_or_after(visit: Visit) -> None:
    worker = visit(phone=True)
    worker.page.context.grant_permissions(["geolocation"], origin=worker.base)
    worker.page.context.set_geolocation(HERE)
    worker.enter("wang", "/shift")
    end = worker.page.get_by_role("button", name="结束外勤")
    end.click()  # the demo's shift of today
    expect(worker.page.get_by_text("没有人能看到您的位置")).to_be_visible()
    told = [url for url in worker.asked if "/api/staff/positions" in url]
    worker.page.get_by_role("button", name="开始外勤").click()
    expect(worker.page.get_by_text("正在等待手机定位")).to_be_visible()
    worker.page.context.set_geolocation(
        {**HERE, "longitude": HERE["longitude"] + 1e-5}
    )  # the phone looks anew
    expect(worker.page.get_by_text("正在共享您的位置")).to_be_visible()
    expect(worker.page.get_by_text(re.compile("最近上报"))).to_be_visible()
    assert len([url for url in worker.asked if "/api/staff/positions" in url]) > len(told)

    lead = visit()
    lead.enter("chen", "/staff_map")
    row = lead.page.get_by_role("button", name=re.compile("王晓敏"))
    expect(row).to_be_visible()
    lead.page.wait_for_function(f"() => ({drawn('staff')})().includes('王晓敏')")
    row.click()
    lead.page.get_by_role("link", name=re.compile("查看本次外勤轨迹")).click()
    expect(lead.page.get_by_text("王晓敏可以看到")).to_be_visible()

    worker.open("/shift")
    looked = worker.page.get_by_text("陈志伟")
    expect(looked.first).to_be_visible()
    worker.page.get_by_role("button", name="结束外勤").click()
    expect(worker.page.get_by_text("没有人能看到您的位置")).to_be_visible()
    assert worker.outside == [] and lead.outside == []


def test_a_track_is_played_by_mouse_and_by_keyboard(visit: Visit) -> None:
    lead = visit()
    lead.enter("chen", "/track")
    lead.page.locator("tbody tr").last.click()
    slider = lead.page.get_by_role("slider", name="外勤时间")
    expect(slider).to_be_visible()
    lead.page.wait_for_function(f"() => ({drawn('way', 'done')})().some((one) => one.endsWith('LineString'))")
    slider.evaluate("(one) => { one.value = 3600; one.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(slider).to_have_attribute("aria-valuetext", "09:30:00")
    slider.press(".")
    expect(slider).to_have_attribute("aria-valuetext", "09:31:00")
    slider.press(" ")
    expect(lead.page.get_by_role("button", name="暂停")).to_be_visible()
    lead.page.wait_for_function("(one) => Number(one.value) > 3700", arg=slider.element_handle())
    slider.press(" ")
    expect(lead.page.get_by_role("button", name="播放")).to_be_visible()
    assert lead.outside == []
    assert not [said for said in lead.complaints if "404" not in said]
