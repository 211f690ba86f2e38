"""Who is answered, with what rights: foreign pages, other sessions, hostile uploads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sim.page.guard import host_known
from sim.page.sessions import Sessions
from sim.page.settings import MOST_SESSIONS, Settings
from tests.page.client import BASE, Client

RECORD = "time,activity,actor\n2026-07-01T09:00+08:00,occur,\n"


@pytest.mark.parametrize(
    ("host", "listening", "known"),
    [
        ("127.0.0.1:8065", "127.0.0.1", True),
        ("localhost:8065", "127.0.0.1", True),
        ("[::1]:8065", "127.0.0.1", True),
        ("127.0.0.1:8066", "127.0.0.1", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("evil.example:8065", "127.0.0.1", False),
        ("127.0.0.1.evil.example:8065", "127.0.0.1", False),
        ("192.168.1.5:8065", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("192.168.1.5:8065", "0.0.0.0", True),
        ("evil.example:8065", "0.0.0.0", False),
        ("drill.city.gov:8065", "drill.city.gov", True),
    ],
)
def test_only_requests_that_name_this_server_are_answered(
    host: str, listening: str, known: bool
) -> None:
    assert host_known(host, Settings(listening, 8065)) is known


def test_a_page_that_rebinds_its_name_gets_nothing(app: Any) -> None:
    answer = app.test_client().get("/", headers={"Host": "evil.example:8077"})
    assert answer.status_code == 421
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("url", ["/", "/packs", "/nothing", "/static/page.css"])
def test_every_answer_forbids_scripts_that_are_not_ours(app: Any, url: str) -> None:
    policy = app.test_client().get(url, base_url=BASE).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_has_a_script_or_style_of_its_own_and_nothing_comes_from_elsewhere() -> None:
    home = Path(__file__).parents[2] / "sim/page"
    for path in [*home.glob("templates/*.html"), *home.glob("static/*.[cj]s*")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?! src=\"{{)|\son\w+=|\sstyle=|<style|\|\s*safe\b", text), (
            path
        )
        assert not re.search(r"(?<!xmlns=.)https?://|@import|//cdn", text), path


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(app: Any) -> None:
    cookie = app.test_client().get("/", base_url=BASE).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("key", ["", "x", "钥"])
def test_a_form_without_the_sessions_key_does_nothing(client: Client, key: str) -> None:
    client.post("/open", csrf=key, case="hengxian_2009_fire")
    assert client.status == 403
    assert "hengxian" not in client.get("/").split("<table")[-1] or "<table" not in client.page


def test_a_form_with_the_key_of_another_session_does_nothing(app: Any) -> None:
    one, other = Client(app), Client(app)
    one.post("/upload", csrf=other.key)
    assert one.status == 403


def test_a_form_without_a_session_does_nothing(app: Any) -> None:
    assert app.test_client().post("/open", base_url=BASE, data={"case": "x"}).status_code == 403


def test_files_and_tasks_of_a_session_are_nobody_elses(app: Any) -> None:
    one, other = Client(app), Client(app)
    one.upload(("events.csv", RECORD))
    assert one.status == 200
    mine = one.url
    for url in (mine, f"{mine}/download", "/task/1", "/task/2", "/task/2/file/0", "/task/2/state"):
        assert other.http.get(url, base_url=BASE).status_code == 404, url
    other.post(f"{mine}/do/score")
    assert other.status == 404


def test_downloads_are_attachments_that_nothing_guesses_about(client: Client) -> None:
    client.upload(("<b>x.csv", RECORD))
    answer = client.http.get(f"{client.url}/download", base_url=BASE)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.get_data(as_text=True) == RECORD


def test_an_uploaded_name_stays_inside_the_sessions_folder(app: Any, client: Client) -> None:
    client.upload(("../../../../tmp/out of here.csv", RECORD))
    assert "out_of_here.csv" in client.page
    (path,) = (item.path for item in newest(app).items.values())
    assert path.is_relative_to(newest(app).folder)


def newest(app: Any) -> Any:
    """The session that was used last."""
    sessions = app.extensions["yanlian"][1]
    return max(sessions._all.values(), key=lambda one: one.used)


def test_files_of_one_name_do_not_replace_one_another(app: Any, client: Client) -> None:
    client.upload(("a/x.csv", RECORD), ("b/x.csv", RECORD.replace("occur", "send")))
    texts = {item.path.read_text("utf-8") for item in newest(app).items.values()}
    assert len(texts) == 2


@pytest.mark.parametrize("name", ["x.exe", "x.py", "x.html", "x"])
def test_files_that_the_page_has_no_use_for_are_refused(client: Client, name: str) -> None:
    client.upload((name, "x"))
    assert client.status == 400


def test_an_upload_that_is_too_large_is_refused(
    app: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    client.upload(("x.csv", "x" * 2000))
    assert client.status == 413


@pytest.mark.parametrize("back", ["//evil.example", r"/\evil.example", "https://evil.example", "x"])
def test_changing_the_language_leads_nowhere_else(client: Client, back: str) -> None:
    answer = client.http.post(
        "/language", base_url=BASE, data={"csrf": client.key, "lang": "en", "back": back}
    )
    assert answer.headers["Location"] == "/"


def test_what_was_idle_longest_gives_way_and_nothing_is_left_at_the_end() -> None:
    sessions = Sessions("zh")
    begun = [sessions.begin() for _ in range(MOST_SESSIONS)]
    begun[0][1].next_folder()
    assert sessions.find(begun[1][0]) is not None
    sessions.begin()
    assert sessions.find(begun[0][0]) is None
    assert not begun[0][1].folder.exists()
    sessions.close()
    assert not sessions.folder.exists()
