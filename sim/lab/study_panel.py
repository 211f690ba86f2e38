"""Sliders over a study: what if one thing, or several, were otherwise."""

from __future__ import annotations

from typing import Any

from sim.errors import MissingExtra, YanlianError
from sim.experiment import Results, Study
from sim.lab.answers import answer_html, block, numbered, tried_html, wrong
from sim.lab.soon import Soon
from sim.lab.trials import Setting, Trials
from sim.report.difference_chart import difference_chart
from sim.report.measure_words import measure_words
from sim.texts import in_language, language, t

try:
    import ipywidgets as widgets
except ImportError as error:
    raise MissingExtra("ipywidgets", "lab") from error

WIDE = {"description_width": "14em"}
ROOM = {"width": "40em", "max_width": "100%"}
MOST = 400
"""Drills of one setting that the panel runs at most; `sim.conduct` knows no such bound."""


class StudyPanel(widgets.VBox):
    """One slider for each factor of a study, the answers beside those of the base.

    `drills` are run of a setting when it is first met, on the random numbers of the base; the
    button runs as many more of both.  What was run is kept.  `lang`: `zh` or `en`, by default the
    language in force.  `results` holds all settings tried so far, for `sim.ranks` and the
    pictures of studies.  Raises `UnusableInput`; `MissingExtra` without ipywidgets.
    """

    def __init__(self, study: Study, drills: int = 20, lang: str | None = None):
        self.lang = lang or language()
        self.trials = Trials(study)
        self.drills = self.step = drills
        self.trials.run(self.trials.base, drills)
        self._soon = Soon(self._show)
        with in_language(self.lang):
            self.sliders = {name: self._slider(name) for name in self.trials.levels}
            self.more = widgets.Button(
                description=t("{n} more drills", n=drills), icon="plus", layout={"width": "auto"}
            )
            self.back = widgets.Button(
                description=t("back to the base"), icon="undo", layout={"width": "auto"}
            )
            self.measure = widgets.Dropdown(
                options=self._measures(), description=t("picture"), style=WIDE, layout=ROOM
            )
        self.answer = widgets.HTML()
        self.picture = widgets.Image(format="png", layout={"max_width": "100%"})
        self.tried = widgets.HTML()
        self.more.on_click(self._more)
        self.back.on_click(self._back)
        self.measure.observe(lambda _: self._soon(), "value")
        buttons = widgets.HBox([self.more, self.back])
        sliders = [one for one in self.sliders.values() if len(one.options) > 1]
        self.history = widgets.VBox([self.tried, self.measure, self.picture])
        super().__init__([widgets.HTML(self._head()), *sliders, buttons, self.answer, self.history])
        self._show()

    @property
    def setting(self) -> Setting:
        """The level of every factor as the sliders stand."""
        return tuple(slider.value for slider in self.sliders.values())

    def set(self, **levels: str) -> None:
        """Move sliders to levels (as in the study's file) and show the answers at once."""
        for name, level in levels.items():
            self.sliders[name].value = level
        self._show()

    @property
    def results(self) -> Results:
        """All settings tried so far, the base first."""
        return self.trials.results()

    def _slider(self, name: str) -> Any:
        study = self.trials.study
        levels = list(self.trials.levels[name])
        base = dict(zip(self.trials.levels, self.trials.base, strict=True))[name]
        slider = widgets.SelectionSlider(
            options=[(study.called(level), level) for level in levels],
            value=base,
            description=self._called(name),
            continuous_update=False,
            style=WIDE,
            layout=ROOM,
        )
        slider.observe(lambda _: self._soon(), "value")
        return slider

    def _measures(self) -> list[tuple[str, str]]:
        results = self.results
        return [(measure_words(results, name), name) for name in self.trials.study.measures]

    def _head(self) -> str:
        study = self.trials.study
        texts = [text.in_language(self.lang) for text in (study.name, study.note) if text]
        base = zip(self.trials.levels, self.trials.base, strict=True)
        words = [f"{self._called(name)} {study.called(level)}" for name, level in base]
        with in_language(self.lang):
            return block("", *texts, t("base: {levels}", levels=t(", ").join(words)))

    def _called(self, factor: str) -> str:
        called = self.trials.study.called(factor)
        return called if called != factor else factor.rpartition(".")[2]

    def _more(self, _: object) -> None:
        self.drills = min(self.drills + self.step, MOST)
        self.more.disabled = self.drills >= MOST
        self._soon()

    def _back(self, _: object) -> None:
        for slider, level in zip(self.sliders.values(), self.trials.base, strict=True):
            slider.value = level

    def _show(self) -> None:
        """Run what is missing, then show the answers; what cannot be run is said instead."""
        with in_language(self.lang):
            self.answer.value = self.answer.value or block("", t("drilling …"))
            self.more.button_style = "warning"
            try:
                for setting in (self.trials.base, self.setting):
                    self.trials.run(setting, self.drills)
                self.answer.value = answer_html(self.trials.results(self.setting))
                self._draw()
            except YanlianError as error:
                self.answer.value = wrong(str(error))
            finally:
                self.more.button_style = ""

    def _draw(self) -> None:
        """Show all settings tried so far; nothing where there is only the base."""
        results = self.results
        several = len(results.points) > 1
        self.history.layout.display = "" if several else "none"
        self.tried.value = tried_html(results)
        if several:
            chart = difference_chart(numbered(results), self.measure.value, lang=self.lang)
            self.picture.value = chart.png(dpi=100)


def study_panel(study: Study, drills: int = 20, lang: str | None = None) -> StudyPanel:
    """Return sliders over the factors of a study, for a notebook (extra `lab`); see `StudyPanel`.

    Every setting of the sliders is drilled `drills` times on the same random numbers as the base
    and compared with it, with 95 % intervals; settings tried before are shown at once.
    """
    return StudyPanel(study, drills, lang)
