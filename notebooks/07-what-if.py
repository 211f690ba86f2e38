# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 改一处会怎样 · What if
#
# 拨动滑块，改值班人数、队伍驻地、道路和电话中断，约一两秒后看到结果。每种改法都与基准用同样的
# 随机数各演练 20 次，逐次相减；差值带 95% 区间，不能区分的不着色。做过的不再重做，区间太宽就再做
# 20 次。先从上到下运行全部单元（菜单“运行”→“运行所有单元格”）。
#
# Move a slider and see, within a second or two, what another staffing, other bases of teams,
# closed roads or telephones that are out would change. Every setting is drilled 20 times on the
# same random numbers as the base, and compared drill by drill; differences have
# 95 % intervals, and what cannot be told apart is not coloured. Nothing is run twice; where
# intervals are too wide, run 20 more. Run all cells first.

# %%
from pathlib import Path

import sim

LANGUAGE = "zh"  # "en" for English
sim.use_language(LANGUAGE)
HOME = Path.cwd() if (Path.cwd() / "scenarios").exists() else Path.cwd().parent
STUDIES = HOME / "scenarios" / "studies"
DRILLS = 20

# %% [markdown]
# ## 演练策划：柳州城区洪水 · Designing a drill: a flooded city
# 滑块就是研究文件 `scenarios/studies/city-what-if.yaml` 里的因素和水平；复制一份，换成自己的情景和
# 改法（写法见指南“比较值班安排”）。
#
# The sliders are the factors of a study file and their levels; copy it and write your own.

# %%
flood = sim.study_panel(sim.load_study(STUDIES / "city-what-if.yaml"), drills=DRILLS)
flood

# %% [markdown]
# 也可以用程序拨动：四座桥全断，南岸有三队会怎样？
#
# A program can move the sliders too: all four bridges closed, with three crews on the south bank?

# %%
flood.set(roads="all four")
flood.set(roads="all four", south="three of six")
sim.difference_chart(flood.results, "last team", lang=LANGUAGE)

# %% [markdown]
# ## 研究：夜间值班 · A study: officers at night
# 与笔记本 05 是同一个研究。先用滑块找到值得做的方案，再用 `sim.conduct` 做足次数：滑块的每一格看
# 了又看，挑出最好的一个，它的区间就偏乐观，不能代替带保证的选择。
#
# The study of notebook 05. Look for variants worth running, then run enough drills by
# `sim.conduct`: the best of many settings looks better than it is, and no slider gives the
# guarantee of a selection.

# %%
night = sim.study_panel(sim.load_study(STUDIES / "night-duty.yaml"), drills=DRILLS)
night

# %%
night.set(county="two", city="two")
sim.ranks(night.results, "time to report", greatest_first=False).assign(
    方案=lambda table: table["point"].map(night.results.label)
)[["方案", "best", "worst"]]

# %% [markdown]
# ## 评估：起算点与时钟 · Evaluating: readings and clocks
# 一起真实事件的记录。各单位的钟不一定准：拨动滑块，给某单位的时间加上几分钟，再选时限自何时
# 起算，看哪些结论会变。记录本身不改。
#
# The record of a real incident. Clocks disagree: add minutes to the stamps of an organisation,
# choose where the limits start, and see which verdicts change. The record itself stays as it is.

# %%
record = sim.read_log(HOME / "scenarios" / "real" / "hengxian_2009_fire" / "events.csv")
judged = sim.record_panel(record, sim.load_pack("guangxi-general-2006"))
judged

# %% [markdown]
# 2009 年横县火灾：自接报起算恰好 2 小时，县政府的钟只要慢 1 分钟，就成了逾期。
#
# The Hengxian fire of 2009: exactly two hours from receipt; one minute on the county's clock
# decides.
