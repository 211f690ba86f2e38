"""The page in a real browser, as a trainer and an evaluator use it."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.page.hostile import HOSTILE, MARK, hostile_scenario, hostile_sheet

pytestmark = pytest.mark.browser
SHEET = """某县危化品泄漏演练记录,,,,,
时间,事项,单位,报送对象,死亡,备注
3月19日上午8时20分,发生,,,,厂区泄漏
8:40左右,接报,县政府值班室,,,
9:05,上报,县政府值班室,市政府值班室,3,
9:20,上抱,县政府值班室,市政府值班室,3,
,上报,市政府值班室,自治区政府总值班室,3,
"""


class Person:
    """What a person does with the page: finds things by their words, waits for what works."""

    def __init__(self, window: Any, address: str) -> None:
        self.window, self.address = window, address

    def open(self, path: str = "") -> None:
        """Go to an address of the page."""
        self.window.get(self.address + path)

    def all(self, selector: str) -> list[Any]:
        """Return everything that a selector finds."""
        found: list[Any] = self.window.find_elements("css selector", selector)
        return found

    def one(self, selector: str) -> Any:
        """Return the first thing that a selector finds."""
        return self.window.find_element("css selector", selector)

    def press(self, words: str) -> None:
        """Press the button, or follow the link, with these words; wait for what it begins."""
        for thing in self.all("main button, main a, header button"):
            if thing.text.strip() == words:
                self.leave(thing.click)
                return self.done()
        raise AssertionError(f"no {words!r} in {self.words()}")

    def leave(self, act: Callable[[], Any], seconds: float = 60) -> None:
        """Do what leads to another page, and wait until that is there."""
        from selenium.common.exceptions import WebDriverException

        before = self.one("html")
        act()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                before.is_displayed()
            except WebDriverException:
                return
            time.sleep(0.1)
        raise AssertionError("the page stays")

    def done(self, seconds: float = 90) -> None:
        """Wait until no task is running; the page moves on by itself."""
        end = time.monotonic() + seconds
        while self.all("#progress"):
            assert time.monotonic() < end, "the task does not end"
            time.sleep(0.2)

    def choose(self, name: str, value: str) -> None:
        """Choose a value of a drop-down."""
        from selenium.webdriver.support.ui import Select

        Select(self.one(f"[name='{name}']")).select_by_value(value)

    def upload(self, *paths: Path) -> None:
        """Choose files and press the button."""
        self.open()
        self.one("#files").send_keys("\n".join(map(str, paths)))
        self.press("上传")

    def words(self) -> str:
        """The words that can be seen."""
        return str(self.one("main").text)


@pytest.fixture
def person(browser: Any, started: str) -> Person:
    """Somebody in front of the page."""
    return Person(browser, started)


def test_a_messy_sheet_is_corrected_by_cell_judged_and_reported(
    person: Person, tmp_path: Path
) -> None:
    """Upload as it is; see the two wrong cells; correct them; judge; take the Word report home."""
    sheet = tmp_path / "记录.csv"
    sheet.write_text(SHEET, encoding="gb18030")
    person.upload(sheet)
    person.window.execute_script("document.getElementById('date').value = '2026-03-19'")
    person.press("导入为记录")
    assert "读取 3 行，未读取 2 行" in person.words()
    assert [cell.text for cell in person.all("table .cell")] == ["B6", "A7"]
    first, second = (person.one(f"[name='cell-{at}']") for at in ("6-1", "7-0"))
    assert (first.get_attribute("value"), second.get_attribute("value")) == ("上抱", "")
    first.clear()
    first.send_keys("上报")
    second.send_keys("10:10")
    person.press("保存更正并重新检查")
    assert "读取 5 行，未读取 0 行" in person.words()
    person.press("下一步：评判记录")
    person.press("评判")
    assert "适用的要求共" in person.words()
    person.press("下一步：生成报告")
    person.one("#unit").send_keys("某市应急管理局")
    person.press("生成报告")
    link = person.one("a.file")
    assert link.text.endswith(".docx")
    folder = str(tmp_path)
    person.window.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": folder}
    )
    link.click()
    (saved,) = waited_for(tmp_path, "*.docx")
    assert "某市应急管理局" in zipfile.ZipFile(saved).read("word/document.xml").decode()


def waited_for(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder, as soon as there are any."""
    for _ in range(100):
        found = list(folder.glob(pattern))
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"no {pattern}")


def test_a_scenario_is_run_and_its_numbers_seen_without_a_mouse(person: Person) -> None:
    """With the keyboard alone: tab to the list, choose by typing, enter."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    keys = ActionChains(person.window)
    for _ in range(30):
        keys.send_keys(Keys.TAB).perform()
        if person.window.switch_to.active_element.get_attribute("id") == "scenario":
            break
    assert person.window.switch_to.active_element.get_attribute("id") == "scenario"
    person.leave(keys.send_keys(Keys.TAB).send_keys(Keys.ENTER).perform)
    person.done()
    assert "此情景可以推演" in person.words()
    person.press("开始推演")
    assert "适用的要求共" in person.words()
    assert len(person.all("table.duties tbody tr")) > 20
    assert {link.text.rpartition(".")[2] for link in person.all("a.file")} >= {"csv", "html", "png"}


def test_the_page_is_usable_on_a_phone(person: Person) -> None:
    person.window.set_window_size(390, 800)
    try:
        for path in ("", "packs", "packs/order-493"):
            person.open(path)
            wide = person.window.execute_script("return document.documentElement.scrollWidth")
            shown = person.window.execute_script("return document.documentElement.clientWidth")
            assert wide <= shown, path
    finally:
        person.window.set_window_size(1280, 900)


def test_hostile_texts_stay_texts(person: Person, tmp_path: Path) -> None:
    """Markup in every text of a scenario and of a sheet: no dialog, nothing injected anywhere."""
    scenario, sheet = tmp_path / "h.yaml", tmp_path / "h.csv"
    scenario.write_text(hostile_scenario(), encoding="utf-8")
    sheet.write_text(hostile_sheet(), encoding="utf-8")
    pages = []

    def look() -> None:
        pages.append(person.window.current_url)
        assert person.window.execute_script("return window.hacked") is None
        assert person.all(f"[id*='{MARK}'], script:not([src]), [onerror], [onmouseover]") == []
        assert all(
            one.get_attribute("src").startswith(person.address) for one in person.all("script")
        )

    person.upload(scenario)
    assert "此情景可以推演" in person.words()
    look()
    assert HOSTILE.strip() in person.words()
    person.press("开始推演")
    look()
    assert HOSTILE.strip() in person.words()
    view = next(link for link in person.all("ul.files a") if "/view/" in link.get_attribute("href"))
    person.window.get(view.get_attribute("href"))
    look_at_report(person)
    person.upload(sheet)
    look()
    assert HOSTILE.strip() in person.one("main").text
    person.press("导入为记录")
    look()
    person.open()
    look()
    assert len(pages) == 5


def look_at_report(person: Person) -> None:
    """A report shown by the page runs nothing; a dialog would make this raise."""
    assert person.all(f"[id*='{MARK}'], script, [onerror], [onmouseover]") == []
