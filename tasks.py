"""One command for each chore, with nothing but Python 3.11 or newer to start from.

    python3 tasks.py demo      run the shipped scenario and the real drill log, write the reports
    python3 tasks.py test      run the tests (further words go to pytest: test -k grade)
    python3 tasks.py lint      style, types and the layers of the code
    python3 tasks.py lab       open the notebooks in the browser
    python3 tasks.py bench     run the benchmarks
    python3 tasks.py docs      build the documentation site
    python3 tasks.py texts     compile the translations (.po to .mo)

The first run makes .venv beside this file and installs what the task needs;
later runs start at once, as long as pyproject.toml and constraints.txt stay
the same. On Windows write `py tasks.py demo`.
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

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TASKS = {  # task: extras of pyproject.toml that it needs
    "demo": [],
    "test": ["test", "excel", "word", "cluster", "store"],
    "lint": ["dev", "test"],
    "lab": ["lab"],
    "bench": ["excel", "word", "cluster", "store"],
    "docs": ["docs", "lab"],
    "texts": ["dev"],
}
NEEDED = {"docs": "docs/conf.py", "bench": "benchmarks"}  # task: path without which it is pointless


class Trouble(Exception):
    """Something that the person has to put right; the text says what."""


def say(text):
    print(f"[tasks] {text}", flush=True)


def script(venv, name):
    """Path of a program inside an environment."""
    if os.name == "nt":
        return Path(venv) / "Scripts" / f"{name}.exe"
    return Path(venv) / "bin" / name


def fingerprint(root, version):
    """Changes whenever an installed environment is out of date."""
    digest = hashlib.sha256(version.encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update(b"\0" + (Path(root) / name).read_bytes())
    return digest.hexdigest()


def read_stamp(path):
    """What the environment holds: None without a stamp, {} for an interrupted or spoilt one."""
    try:
        stamp = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return stamp if isinstance(stamp, dict) and {"print", "extras"} <= stamp.keys() else {}


def to_install(stamp, mark, extras):
    """Extras to install, those already there included; None when nothing is to be done."""
    have = set(stamp["extras"]) if stamp else set()
    if stamp and stamp["print"] == mark and have >= set(extras):
        return None
    return sorted(have | set(extras))


def install_command(uv, python, extras):
    target = f".[{','.join(extras)}]" if extras else "."
    if uv:
        start = [uv, "pip", "install", "--quiet", "--python", str(python)]
    else:
        start = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [*start, "-e", target, "-c", "constraints.txt"]


def run(command, **env):
    """Run a command in the project folder and hand back its exit status."""
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.run(
            [str(part) for part in command], cwd=ROOT, env={**os.environ, **env}
        ).returncode
    return 130


@contextlib.contextmanager
def alone():
    """Let one run at a time touch .venv; a second one waits. Ends with the process."""
    with open(ROOT / ".venv.lock", "w") as file:
        if os.name == "nt":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def venv_version(uv):
    """Python version of .venv, or None if it does not work (half made, or its Python is gone)."""
    probe = "import sys; print(sys.version)" if uv else "import pip, sys; print(sys.version)"
    try:
        found = subprocess.run(
            [str(script(VENV, "python")), "-c", probe], capture_output=True, text=True
        )
    except OSError:
        return None
    return found.stdout.strip() if found.returncode == 0 else None


def make_venv(uv):
    if VENV.exists():
        say("removing the unfinished or unusable .venv")
        if Path(sys.prefix).resolve() == VENV.resolve():
            raise Trouble("This Python lives in .venv itself: deactivate it and start again.")
        shutil.rmtree(VENV)
    say(f"making .venv with Python {sys.version.split()[0]}")
    if uv:
        status = run([uv, "venv", "--quiet", "--seed", "--python", sys.executable, VENV])
    elif importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        status = run([sys.executable, "-m", "venv", VENV])
    else:
        raise Trouble(
            "This Python cannot make environments (module venv or ensurepip is missing).\n"
            "On Debian or Ubuntu: sudo apt install python3-venv   then start again."
        )
    if status:
        raise Trouble("Making .venv failed; the reason stands above.")


def prepare(extras):
    """Bring .venv to the state that the task needs."""
    uv, stamp_file = shutil.which("uv"), VENV / "yanlian-stamp.json"
    stamp, version = read_stamp(stamp_file), venv_version(uv)
    if stamp == {} or version is None:
        make_venv(uv)
        stamp, version = None, venv_version(uv)
        if version is None:
            raise Trouble("The new .venv does not start; remove the folder .venv and try again.")
    mark = fingerprint(ROOT, version)
    wanted = to_install(stamp, mark, extras)
    if wanted is None:
        return
    say(f"installing yanlian[{','.join(wanted)}] with {'uv' if uv else 'pip'}, about a minute")
    begin = time.monotonic()
    stamp_file.write_text("{}", encoding="utf-8")  # a run that is cut off leaves this behind
    status = run(install_command(uv, script(VENV, "python"), wanted), UV_COMPILE_BYTECODE="1")
    if status == 130:
        raise Trouble("Interrupted; the next run makes .venv afresh.")
    if status:
        stamp_file.unlink()
        raise Trouble(
            "Installing failed; the reason stands above. Is the network there? A mirror is set\n"
            "with `pip config set global.index-url ADDRESS` (uv: variable UV_DEFAULT_INDEX)."
        )
    stamp_file.write_text(json.dumps({"print": mark, "extras": wanted}), encoding="utf-8")
    say(f"installed in {time.monotonic() - begin:.0f} s")


def commands(task, further):
    """The command lines of a task; all are run, also after one has failed."""
    python = [script(VENV, "python"), "-m"]
    if task == "lint":
        parts = [[*python, "ruff", "check"], [*python, "ruff", "format", "--check"]]
        return [*parts, [*python, "mypy", "sim"], [script(VENV, "lint-imports")]]
    if task == "texts":
        compile_one = [*python, "babel.messages.frontend", "compile"]
        found = sorted((ROOT / "sim" / "texts").rglob("*.po"))
        return [[*compile_one, "-i", po, "-o", po.with_suffix(".mo")] for po in found]
    return [
        {
            "demo": [*python, "sim", "demo", *further],
            "test": [*python, "pytest", *further],
            "bench": [*python, "benchmarks", *further],
            "lab": [*python, "jupyter", "lab", "--notebook-dir=notebooks", *further],
            "docs": [*python, "sphinx", "-b", "html", "docs", "docs/_build/html", *further],
        }[task]
    ]


def main(words):
    if sys.version_info < OLDEST:
        wanted, found = ".".join(map(str, OLDEST)), sys.version.split()[0]
        print(f"Python {wanted} or newer is needed; this is {found} ({sys.executable}).")
        return 2
    if not words or words[0] not in TASKS:
        print(__doc__.strip())
        return 0 if words and words[0] in ("-h", "--help", "help") else 2
    task, further = words[0], words[1:]
    try:
        if task in NEEDED and not (ROOT / NEEDED[task]).exists():
            raise Trouble(f"There is no {NEEDED[task]} yet, so `{task}` has nothing to do.")
        with alone():
            prepare(TASKS[task])
    except (Trouble, OSError) as trouble:
        say(str(trouble))
        return 1
    result = 0
    for command in commands(task, further):
        say(" ".join([command[0].name, *map(str, command[1:])]))
        result = run(command, PYTHONUTF8="1") or result
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
