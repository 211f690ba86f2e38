"""A real browser for the tests: Debian's Chromium without a window, driven by Selenium.

Where one of the two is missing the tests are skipped, and say why.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-quic", "--window-size=1280,1000", "--hide-scrollbars"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
"""The last one cuts the browser off from every other computer."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chrome(profile: Path) -> Iterator[Any]:
    """Yield a browser with a fresh profile in a folder; skip the test where there is none."""
    browser = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("no Chromium with its driver (Debian: apt install chromium chromium-driver)")
    selenium = pytest.importorskip("selenium.webdriver", reason="Selenium is in the extra test")
    from selenium.webdriver.chrome.service import Service

    options = selenium.ChromeOptions()
    options.binary_location = browser
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    window = selenium.Chrome(options=options, service=Service(driver))
    try:
        yield window
    finally:
        window.quit()
