"""A browser without windows: keeps its cookie, sends the session's key, waits for tasks."""

from __future__ import annotations

import html
import io
import re
import time
from typing import Any

PORT = 8077
BASE = f"http://127.0.0.1:{PORT}"


class Client:
    """`page` is the text of the page that was shown last, `url` its address."""

    def __init__(self, app: Any) -> None:
        self.http = app.test_client()
        self.key, self.page, self.url, self.status = "", "", "", 0
        self.get("/")
        self.key = self._key()

    def _key(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.page)
        assert found
        return found[1]

    def get(self, url: str) -> str:
        """Open an address; return the page that it leads to."""
        return self._follow(self.http.get(url, base_url=BASE), url)

    def post(self, url: str, **fields: Any) -> str:
        """Send a form; return the page that it leads to."""
        form = {"csrf": self.key, **fields}
        answer = self.http.post(url, base_url=BASE, data=form, content_type="multipart/form-data")
        return self._follow(answer, url)

    def upload(self, *files: tuple[str, str | bytes]) -> str:
        """Upload files by name and what they hold."""
        data = [(io.BytesIO(d.encode() if isinstance(d, str) else d), n) for n, d in files]
        return self.post("/upload", files=data)

    def _follow(self, answer: Any, url: str) -> str:
        for _ in range(600):
            if answer.status_code in (302, 303):
                url = answer.headers["Location"]
            elif 'id="progress"' in answer.get_data(as_text=True):
                time.sleep(0.2)
            else:
                break
            answer = self.http.get(url, base_url=BASE)
        self.url, self.status, self.page = url, answer.status_code, answer.get_data(as_text=True)
        return self.page

    def text(self) -> str:
        """The words of the page, without its tags."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    def files(self) -> dict[str, str]:
        """Name -> address of the files of a result."""
        found = re.findall(r'class="file" href="([^"]+)" download>([^<]+)<', self.page)
        return {html.unescape(name): url for url, name in found}
