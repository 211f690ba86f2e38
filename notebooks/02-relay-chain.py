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
# 同样的人数，单岗还是双岗？白天还是夜间？每种安排用同样的随机数演练，逐次相减，
# 给出差值和 95% 置信区间。
#
# One post or two, day or night: every arrangement is drilled on the same random numbers, so the
# drills are compared one by one, with a 95 % confidence interval.

# %%
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

import sim

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
    """The same scenario with other numbers of officers at the city's duty office."""
    office = base.offices["hechi-gov"].model_copy(update={"duty": duty})
    return base.model_copy(update={"offices": base.offices | {"hechi-gov": office}})


def paired(first, second):
    """Mean of first - second with the half width of its 95 % interval (Student's t)."""
    difference = first - second
    if np.isnan(difference).any():
        return "—", "—"
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return round(difference.mean(), 1), round(half, 1)


# %% [markdown]
# ## 单岗与双岗 · One officer or two

# %%
night_start = scenario.model_copy(update={"start": scenario.start + timedelta(hours=9)})
arrangements = {
    "白天 1 人": staffed(scenario, {"day": 1, "night": 1}),
    "白天 2 人": staffed(scenario, {"day": 2, "night": 1}),
    "夜间 1 人": staffed(night_start, {"day": 2, "night": 1}),
    "夜间 2 人": staffed(night_start, {"day": 2, "night": 2}),
}
results = {name: minutes(arrangement) for name, arrangement in arrangements.items()}
pd.DataFrame(
    {
        "中位数（分钟）": {name: round(float(np.nanmedian(x))) for name, x in results.items()},
        "九成不超过": {name: round(float(np.nanquantile(x, 0.9))) for name, x in results.items()},
        "未收到": {name: int(np.isnan(x).sum()) for name, x in results.items()},
    }
)

# %%
rows = {
    "白天：双岗比单岗早": paired(results["白天 1 人"], results["白天 2 人"]),
    "夜间：双岗比单岗早": paired(results["夜间 1 人"], results["夜间 2 人"]),
    "单岗：夜间比白天晚": paired(results["夜间 1 人"], results["白天 1 人"]),
}
pd.DataFrame(rows, index=["差值（分钟）", "± 95%"]).T

# %% [markdown]
# 区间不含零才说明有差别；含零，就说明这些演练还分不出高下。
#
# An interval that contains zero does not tell the two apart.
#
# ## 同样的随机数值多少 · What common numbers are worth
# 方差之比：不用同样的随机数，要得到同样窄的区间需要多少倍的演练次数。

# %%
one, two = results["白天 1 人"], results["白天 2 人"]
independent = one.var(ddof=1) + two.var(ddof=1)
print(f"方差比 {independent / (one - two).var(ddof=1):.1f}")

# %% [markdown]
# ## 谁在什么时候知道多少 · Who knew what when

# %%
log = sim.run(scenario, seed=7, name="chemical-leak")
sim.knowledge_chart(log, field="dead", lang="zh", names=names)
