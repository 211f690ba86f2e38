"""The columns of the inject list (MSEL): what they are called, how wide they may be.

The first group is the list as exercise control uses it, the second what a drill's script
(演练脚本) adds, the third what the model needs.  Every heading is read in Chinese and in English.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.files.cells import comparable, heading_and_unit

LIST, SCRIPT, MODEL = "list", "script", "model"


class Column(NamedTuple):
    """`zh` and `en` are its headings, `others` further ones that are read; `width` at most."""

    zh: str
    en: str
    width: int
    group: str = LIST
    others: tuple[str, ...] = ()

    def heading(self, lang: str) -> str:
        """Return the heading in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


COLUMNS: dict[str, Column] = {
    "number": Column("序号", "No.", 6, others=("编号", "number", "seq", "#", "注入编号")),
    "relative": Column("相对时间", "Relative time", 11, others=("演练时间", "elapsed")),
    "clock": Column("时钟时间", "Clock time", 17, others=("时刻", "注入时刻", "time of day")),
    "condition": Column("出现条件", "Condition", 24, others=("触发条件",)),
    "time": Column("时间", "Time", 17, others=("注入时间", "发生时间", "开始时间", "时间安排")),
    "text": Column("注入内容", "Inject", 40, others=("内容", "事件描述", "注入信息", "情况描述")),
    "kind": Column("类型", "Kind", 11, others=("注入类型", "信息类型", "type", "inject type")),
    "channel": Column(
        "方式", "Channel", 10, others=("注入方式", "渠道", "传递方式", "delivery method", "method")
    ),
    "from": Column("发出方", "From", 14, others=("扮演方", "发送方", "发出人", "sender")),
    "to": Column(
        "接收方", "To", 22, others=("接收单位", "对象", "受训单位", "recipient", "player")
    ),
    "expected": Column(
        "预期行动", "Expected action", 34, others=("处置行动", "期望行动", "应采取的行动")
    ),
    "within": Column("时限", "Within", 10, others=("完成时限", "deadline", "time allowed")),
    "tests": Column(
        "检验目标", "Objective or clause", 18, others=("演练目标", "条款", "objective", "clause")
    ),
    "controller": Column(
        "导调员", "Controller", 11, others=("控制人员", "责任导调员", "responsible controller")
    ),
    "watch": Column("评估要点", "Evaluator note", 26, others=("评估提示", "观察要点", "note")),
    "contingency": Column(
        "备用注入", "Contingency inject", 22, others=("备选注入", "应变注入", "contingency")
    ),
    "situation": Column("模拟情景", "Situation", 36, SCRIPT, ("情景", "scenario")),
    "who": Column("执行人员", "Acts", 22, SCRIPT, ("行动人", "执行单位", "performers")),
    "dialogue": Column("指令与对白", "Orders and lines", 44, SCRIPT, ("指令", "对白", "台词")),
    "screen": Column("视频背景与字幕", "Screen and captions", 30, SCRIPT, ("字幕", "视频背景")),
    "narration": Column("解说词", "Narration", 44, SCRIPT, ("解说",)),
    "key": Column("标识", "Key", 24, MODEL, ("id",)),
    "name": Column("名称", "Title", 20, MODEL, ("注入名称",)),
    "incident": Column("所属事件", "Incident", 20, MODEL, ("突发事件",)),
    "figures": Column("所报数字", "Figures", 24, MODEL, ("数字", "伤亡数字")),
    "does": Column("行动类别", "Activity", 13, MODEL, ("记录中的活动",)),
    "reports": Column("报告类别", "Kind of report", 14, MODEL, ()),
    "informs": Column("行动对象", "Towards", 18, MODEL, ()),
    "more": Column("其他参数", "Further keys", 40, MODEL, ("其他",)),
}
"""Column -> what it is called; `time` stands in lists of others instead of the first two times."""
OURS = tuple(name for name in COLUMNS if name != "time")
"""The columns of a list that is exported."""


def column_of(heading: str) -> str:
    """Return the column that a heading stands for, or empty."""
    bare = heading_and_unit(heading)[0]
    return _KNOWN.get(comparable(heading)) or _KNOWN.get(comparable(bare)) or ""


def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, column in COLUMNS.items():
        for word in (name, column.zh, column.en, *column.others):
            found.setdefault(comparable(word), name)
    return found


_KNOWN = _known()
