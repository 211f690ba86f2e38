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
# # 信息报告链 · The relay chain
#
# 单岗还是双岗？同样两个人，主副班还是双人双岗？白天还是夜间？每种安排用同样的随机数演练，
# 逐次相减，给出差值和 95% 置信区间。
#
# One officer or two; the same two officers at two posts, or one of them on call; day or night:
# every arrangement is drilled on the same random numbers, so the drills are compared one by one,
# with a 95 % confidence interval.

# %%
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

import sim
from sim.scenario.people import Post

sim.use_language("zh")
HOME = Path.cwd() if (Path.cwd() / "scenarios").exists() else Path.cwd().parent
scenario = sim.load_scenario(HOME / "scenarios" / "chemical-leak.yaml")
names = sim.display_names(scenario, "zh")
DRILLS = 100

# %% [markdown]
# ## 量什么 · What is measured
# 自事发到自治区总值班室第一次收到市政府报告的分钟数。到记录结束仍未收到的记为缺失，
# 有缺失时不作平均。
#
# Minutes from the occurrence until the region first has the city's report. A drill in which it
# never arrives is missing, and then no mean is taken.


# %%
def minutes(arrangement):
    """Minutes until the region has the city's first report, one number per drill."""
    log = sim.run(arrangement, seed=7, replications=DRILLS, until=arrangement.horizon)
    table = log.table
    start = table[table["activity"] == "occur"].groupby("case", sort=False)["time"].first()
    acknowledged = table[
        (table["activity"] == "acknowledge")
        & (table["actor"] == "region-gov")
        & (table["recipient"] == "hechi-gov")
    ]
    end = acknowledged.groupby("case", sort=False)["time"].first()
    return ((end.reindex(start.index) - start) / 60).astype(float).to_numpy()


def staffed(base, duty):
    """The same scenario with another staffing of the city's duty office."""
    office = base.offices["hechi-gov"].model_copy(update={"duty": duty})
    return base.model_copy(update={"offices": base.offices | {"hechi-gov": office}})


def paired(first, second):
    """Mean of first - second, the half width of its 95 % interval (Student's t), what it says."""
    difference = first - second
    if np.isnan(difference).any():
        return "—", "—", "有未收到的，不作比较"
    mean = difference.mean()
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    says = "分不出早晚" if abs(mean) <= half else "前者晚" if mean > 0 else "前者早"
    return f"{mean:+.1f}", f"{half:.1f}", says


# %% [markdown]
# ## 单岗、主副班、双人双岗 · One officer, one and a deputy on call, two
# 副班在听班，叫到岗的时间是假定的：中位数 10 分钟，九成不超过 20 分钟。
#
# How long it takes to call the deputy in is assumed: median 10 min, nine in ten within 20 min.

# %%
CALLED_IN = {"lognormal": {"median": "10 min", "p90": "20 min"}}
ONE = Post(persons=1)
MAIN_AND_DEPUTY = Post.model_validate({"persons": 2, "on_call": "second", "reach": CALLED_IN})
TWO = Post(persons=2)
night_start = scenario.model_copy(update={"start": scenario.start + timedelta(hours=9)})
posts = {"单岗": ONE, "主副班": MAIN_AND_DEPUTY, "双人双岗": TWO}
arrangements = {f"白天 {name}": staffed(scenario, post) for name, post in posts.items()}
arrangements |= {f"夜间 {name}": staffed(night_start, post) for name, post in posts.items()}
results = {name: minutes(arrangement) for name, arrangement in arrangements.items()}
pd.DataFrame(
    {
        "中位数（分钟）": {name: round(float(np.nanmedian(x))) for name, x in results.items()},
        "九成不超过": {name: round(float(np.nanquantile(x, 0.9))) for name, x in results.items()},
        "未收到": {name: int(np.isnan(x).sum()) for name, x in results.items()},
    }
)

# %%
rows = {}
for time in ("白天", "夜间"):
    two = results[f"{time} 双人双岗"]
    rows[f"{time}：单岗减双人双岗（人数不同）"] = paired(results[f"{time} 单岗"], two)
    rows[f"{time}：主副班减双人双岗（人数相同）"] = paired(results[f"{time} 主副班"], two)
for name in posts:
    rows[f"{name}：夜间减白天"] = paired(results[f"夜间 {name}"], results[f"白天 {name}"])
pd.DataFrame(rows, index=["差值（分钟）", "± 95%", "结论"]).T

# %% [markdown]
# 差值为正即前者晚，为负即前者早。区间不含零才说明有差别；含零，就说明这些演练
# 分不出早晚。夜间例行电话少（各时段的电话量是假定的），所以可能反而早。
#
# Positive: the first is later (前者晚); negative: earlier (前者早). An interval that contains zero
# does not tell the two apart (分不出早晚). At night fewer routine calls come (their rate by the
# hour is assumed), so it may even be earlier.
#
# ± 只说明演练次数有限带来的误差，不含假定时长的误差；一次看七个区间，其中一个碰巧不含零并不
# 稀奇。中位数和分位数不计未收到的演练。
#
# The ± is the error of a limited number of drills only, not that of assumed durations; of seven
# intervals one may well miss zero by chance. Medians and quantiles leave out drills in which the
# report never came.
#
# ## 同样的随机数值多少 · What common numbers are worth
# 方差之比：不用同样的随机数，要得到同样窄的区间需要多少倍的演练次数。

# %%
one, two = results["白天 单岗"], results["白天 双人双岗"]
independent = one.var(ddof=1) + two.var(ddof=1)
print(f"方差比 {independent / (one - two).var(ddof=1):.1f}")

# %% [markdown]
# ## 谁在什么时候知道多少 · Who knew what when

# %%
log = sim.run(scenario, seed=7, name="chemical-leak")
sim.knowledge_chart(log, field="dead", lang="zh", names=names)
