"""PDF of a Word document, by LibreOffice where it is present."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sim.errors import YanlianError
from sim.texts import t

SECONDS = 300
"""The longest that LibreOffice may take."""


class MissingProgram(YanlianError):
    """A program of the system that is not installed."""

    def __init__(self) -> None:
        super().__init__(
            t(
                "LibreOffice (soffice) is needed to write PDF and was not found; install it, or "
                "write a .docx and save it as PDF in Word"
            )
        )


def office_program() -> str:
    """Return the path of LibreOffice; raises `MissingProgram` where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingProgram
    return program


def convert(source: Path, program: str, fonts: Path) -> bytes:
    """Return the PDF of a document; LibreOffice runs unseen, with a profile of its own.

    `fonts` is a folder of fonts to take where the system lacks those of the document.
    """
    folder = source.parent
    settings = folder / "fonts.conf"
    settings.write_text(_FONTS.format(folder=fonts), encoding="utf-8")
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
    ]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(source)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(settings)}
    try:
        done = subprocess.run(
            command, env=environment, timeout=SECONDS, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        raise YanlianError(t("LibreOffice did not answer within {n} s", n=SECONDS)) from None
    made = source.with_suffix(".pdf")
    if not made.is_file():
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise YanlianError(t("LibreOffice wrote no PDF: {words}", words=said or done.returncode))
    return made.read_bytes()


_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir>
<alias binding="same"><family>方正小标宋简体</family><prefer><family>华文中宋</family>
<family>Noto Serif CJK SC</family><family>Yanlian Sans SC</family></prefer></alias>
<alias binding="same"><family>宋体</family><prefer><family>Noto Serif CJK SC</family>
<family>Yanlian Sans SC</family></prefer></alias>
<alias binding="same"><family>仿宋</family><prefer><family>仿宋_GB2312</family>
<family>Noto Serif CJK SC</family><family>Yanlian Sans SC</family></prefer></alias>
<alias binding="same"><family>楷体</family><prefer><family>楷体_GB2312</family>
<family>Noto Serif CJK SC</family><family>Yanlian Sans SC</family></prefer></alias>
<alias binding="same"><family>黑体</family><prefer><family>Noto Sans CJK SC</family>
<family>Yanlian Sans SC</family></prefer></alias>
</fontconfig>
"""
