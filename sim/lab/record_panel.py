"""Sliders over a record: what a verdict depends on, readings of the text and clocks alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.errors import MissingExtra, YanlianError
from sim.lab.answers import wrong
from sim.lab.judging import Judging
from sim.lab.soon import Soon
from sim.log import EventLog
from sim.report.names import display_names, named
from sim.rules import Pack
from sim.texts import in_language, label, language, t

try:
    import ipywidgets as widgets
except ImportError as error:
    raise MissingExtra("ipywidgets", "lab") from error

WIDE = {"description_width": "18em"}
ROOM = {"width": "40em", "max_width": "100%"}
MOST = 60
"""Minutes that a clock is put right by at most, either way."""


class RecordPanel(widgets.VBox):
    """A list for each open question that matters here, a slider for each organisation's clock.

    `names`: id -> display name, by default the record's own.  The record stays as it is.
    `choices` and `minutes` say how the panel stands.
    """

    def __init__(
        self,
        log: EventLog,
        pack: Pack,
        options: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
        lang: str | None = None,
    ):
        self.lang = lang or language()
        self._soon = Soon(self._show)
        with in_language(self.lang):
            self.judging = Judging(log, pack, options)
            self.names = names if names is not None else display_names(log, self.lang)
            self.lists = {name: self._list(name) for name in self.judging.questions}
            self.clocks = {actor: self._clock(actor) for actor in self.judging.actors}
            self.back = widgets.Button(
                description=t("as recorded"), icon="undo", layout={"width": "auto"}
            )
        self.back.on_click(self._back)
        self.answer = widgets.HTML()
        controls = [*self.lists.values(), *self.clocks.values()]
        super().__init__([*controls, widgets.HBox([self.back]), self.answer])
        self._show()

    @property
    def choices(self) -> dict[str, str]:
        """Option -> choice as the lists stand."""
        return {name: found.value for name, found in self.lists.items()}

    @property
    def minutes(self) -> dict[str, int]:
        """Actor -> minutes added to his stamps, those of 0 left out."""
        return {name: clock.value for name, clock in self.clocks.items() if clock.value}

    @property
    def verdicts(self) -> Any:
        """The verdicts as the panel stands."""
        return self.judging.verdicts(self.choices, self.minutes)

    def _list(self, name: str) -> Any:
        about = getattr(self.judging.pack.options[name].about, self.lang)
        found = widgets.Dropdown(
            options=[(label("choice", one), one) for one in self.judging.questions[name]],
            value=self.judging.choice(name),
            description=about,
            style=WIDE,
            layout=ROOM,
        )
        found.observe(lambda _: self._soon(), "value")
        return found

    def _clock(self, actor: str) -> Any:
        found = widgets.IntSlider(
            value=0,
            min=-MOST,
            max=MOST,
            description=t("{name}: clock, min", name=named(self.names, actor)),
            continuous_update=False,
            style=WIDE,
            layout=ROOM,
        )
        found.observe(lambda _: self._soon(), "value")
        return found

    def _back(self, _: object) -> None:
        for name, found in self.lists.items():
            found.value = self.judging.choice(name)
        for clock in self.clocks.values():
            clock.value = 0

    def _show(self) -> None:
        with in_language(self.lang):
            try:
                self.answer.value = self.judging.html(self.verdicts, self.names)
            except YanlianError as error:
                self.answer.value = wrong(str(error))


def record_panel(
    log: EventLog,
    pack: Pack,
    options: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    lang: str | None = None,
) -> RecordPanel:
    """Return what a record's verdicts depend on, as lists and sliders for a notebook (extra `lab`).

    One list for each open question of the pack that turns over a verdict of this record, one
    slider for the clock of each organisation (minutes added to its stamps).  Below them every
    duty with its verdict as recorded and as set.  `options`: choices that count at first.
    """
    return RecordPanel(log, pack, options, names, lang)
