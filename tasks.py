"""One command for each chore, with nothing but Python 3.11 or newer to start from.
一条命令做一件事，只需 Python 3.11 或更高版本。

    python3 tasks.py demo      run a drill and judge a real case, write the reports
                               演示：一次演练、一个真实案例，写出报告
    python3 tasks.py page      open the page in the browser: everything without a terminal
                               打开网页，不用终端做全部工作
    python3 tasks.py test      run the tests (further words go to pytest: test -k grade)
                               运行测试
    python3 tasks.py lint      style, types and the layers of the code
                               检查代码
    python3 tasks.py lab       open the notebooks in the browser, as copies in yanlian-lab
                               在浏览器中打开笔记本（Jupyter），副本放在 yanlian-lab
    python3 tasks.py bench     run the benchmarks
                               测量速度
    python3 tasks.py docs      build the documentation site
                               生成文档网站
    python3 tasks.py texts     compile the translations (.po to .mo)
                               编译译文

The first run makes .venv beside this file and installs what the task needs; later
runs start at once until pyproject.toml changes. On Windows: `py tasks.py demo`.
首次运行会在本文件旁建立 .venv 并安装所需软件，以后直接开始。Windows：`py tasks.py demo`。
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TASKS = {  # task: extras of pyproject.toml that it needs, words after `python -m`
    "demo": (["excel", "word"], ["sim", "demo"]),
    "page": (["page"], ["sim", "page"]),
    "test": (
        ["docs", "lab", "test"],
        ["pytest", "-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"],
    ),
    "lint": (["dev", "test"], []),
    "lab": (["excel", "lab", "word"], ["sim", "lab"]),
    "bench": ([], ["benchmarks"]),
    "docs": (["docs", "lab"], ["sphinx", "-W", "--keep-going", "docs", "docs/_build/html"]),
    "texts": (["test"], []),
}
NEEDED = {"docs": "docs/conf.py", "bench": "benchmarks", "lab": "notebooks"}
STAMP = VENV / "yanlian-stamp.json"  # what .venv holds; "{}" while it is being changed


class Trouble(Exception):
    """Something that the person has to put right; the text says what."""


def say(text):
    print(f"[tasks] {text}", flush=True)


def script(venv, name):
    """Path of a program inside an environment."""
    return Path(venv, "Scripts", f"{name}.exe") if os.name == "nt" else Path(venv, "bin", name)


def fingerprint(root, version):
    """Changes whenever an installed environment is out of date."""
    files = [(Path(root) / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256(b"\0".join([version.encode(), *files])).hexdigest()


def read_stamp(path):
    """What the environment holds: None without a stamp, {} after an interrupted installation."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}


def to_install(stamp, mark, extras):
    """Extras to install, those already there included; None when nothing is to be done."""
    have = set(stamp.get("extras", ())) if stamp else set()
    fresh = stamp and stamp.get("mark") == mark and have >= set(extras)
    return None if fresh else sorted(have | set(extras))


def install_command(uv, python, extras):
    target = f".[{','.join(extras)}]" if extras else "."
    with_pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
    start = [uv, "pip", "install", "--python", python] if uv else with_pip
    return [*start, "--quiet", "-e", target, "-c", "constraints.txt"]


def run(command, **env):
    """Run a command in the project folder and hand back its exit status."""
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **env}).returncode


@contextlib.contextmanager
def alone():
    """Let one run at a time touch .venv; a second one waits."""
    with open(ROOT / ".venv.lock", "w") as file:
        if os.name != "nt":
            fcntl.flock(file, fcntl.LOCK_EX)
        while os.name == "nt":  # Windows gives up after ten seconds, so ask again
            with contextlib.suppress(OSError):
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                break
        yield


def venv_version(uv):
    """Python version of .venv, or None if it does not work (half made, or its Python is gone)."""
    probe = ("" if uv else "import pip; ") + "import sys; print(sys.version)"
    command = [str(script(VENV, "python")), "-c", probe]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def make_venv(uv):
    if VENV.exists():
        say("removing the unfinished or unusable .venv 删除未装完或不能用的 .venv")
        if Path(sys.prefix).resolve() == VENV.resolve():
            raise Trouble(
                "This Python lives in .venv itself: deactivate it and start again.\n"
                "当前 Python 就在 .venv 里：请先退出该环境（deactivate），再运行一次。"
            )
        shutil.rmtree(VENV)
    if not (uv or (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"))):
        raise Trouble(
            "No module venv or ensurepip. On Debian: sudo apt install python3-venv\n"
            "缺少 venv 或 ensurepip 模块。Debian 上请运行：sudo apt install python3-venv"
        )
    say(f"making .venv with Python {sys.version.split()[0]} 建立 .venv")
    VENV.mkdir()
    STAMP.write_text("{}", encoding="utf-8")
    with_uv = [uv, "venv", "--quiet", "--seed", "--allow-existing", "--python", sys.executable]
    if run([*(with_uv if uv else [sys.executable, "-m", "venv"]), VENV]):
        raise Trouble("Making .venv failed; the reason stands above. 建立 .venv 失败，原因见上。")


def prepare(extras):
    """Bring .venv to the state that the task needs."""
    uv = shutil.which("uv")
    stamp, version = read_stamp(STAMP), venv_version(uv)
    if stamp == {} or version is None:
        make_venv(uv)
        stamp, version = None, venv_version(uv)
    mark = fingerprint(ROOT, version or "")
    wanted = to_install(stamp, mark, extras)
    if wanted is None:
        return
    say(f"installing by {'uv' if uv else 'pip'}, about a minute; extras: {' '.join(wanted) or '-'}")
    say("正在安装，约需一分钟，请勿关闭窗口")
    begin = time.monotonic()
    STAMP.write_text("{}", encoding="utf-8")
    status = run(install_command(uv, script(VENV, "python"), wanted), UV_COMPILE_BYTECODE="1")
    if status:
        STAMP.unlink()
        raise Trouble(
            "Installing failed; the reason stands above. Is the network there? A mirror is set\n"
            "with `pip config set global.index-url ADDRESS` (uv: variable UV_DEFAULT_INDEX).\n"
            "安装失败，原因见上。请检查网络；换用镜像：`pip config set global.index-url 镜像地址`"
            "（uv：设置环境变量 UV_DEFAULT_INDEX）。"
        )
    STAMP.write_text(json.dumps({"mark": mark, "extras": wanted}), encoding="utf-8")
    say(f"installed in {time.monotonic() - begin:.0f} s 安装完毕")


def commands(task, further):
    """The command lines of a task; all are run, also after one has failed."""
    python = [script(VENV, "python"), "-m"]
    if task == "lint":
        chores = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy", "sim"])
        return [*([*python, *words] for words in chores), [script(VENV, "lint-imports")]]
    if task == "texts":
        compile_one = [*python, "babel.messages.frontend", "compile"]
        found = sorted((ROOT / "sim" / "texts").rglob("*.po"))
        return [[*compile_one, "-i", po, "-o", po.with_suffix(".mo")] for po in found]
    return [[*python, *TASKS[task][1], *further]]


def main(words):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a sign that the console lacks stops nothing
            stream.reconfigure(errors="replace")
    if sys.version_info < (3, 11):  # noqa: UP036
        say(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}, {sys.executable}")
        say("需要 Python 3.11 或更高版本，请先安装")
        return 2
    if not words or words[0] not in TASKS:
        print(__doc__.strip())
        return 0 if words and words[0] in ("-h", "--help", "help") else 2
    task, further = words[0], words[1:]
    try:
        if task in NEEDED and not (ROOT / NEEDED[task]).exists():
            raise Trouble(
                f"There is no {NEEDED[task]} yet, so `{task}` has nothing to do.\n"
                f"没有 {NEEDED[task]}，`{task}` 无事可做。"
            )
        with alone():
            prepare(TASKS[task][0])
        result = 0
        for command in commands(task, further):
            say(" ".join([command[0].name, *map(str, command[1:])]))
            result = run(command, PYTHONUTF8="1") or result
        return result
    except (Trouble, OSError) as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt:
        say("interrupted 已中断")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
