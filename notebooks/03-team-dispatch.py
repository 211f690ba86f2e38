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
# # 队伍部署 · Posting teams
#
# 同样六支队伍，全部驻北岸，还是两岸各驻三支？洪水中各桥的桥头引道先后淹没，时刻随机。
# 两种部署用同样的随机数演练，逐次相减，给出差值和 95% 置信区间；按时到场的比例给出精确二项区间。
#
# The same six crews: all on the north bank, or three on either bank? The flood closes the
# bridges at random times. Both postings are drilled on the same random numbers, so the drills are
# compared one by one, with a 95 % confidence interval; shares have exact binomial intervals.

# %%
from pathlib import Path

import numpy as np
import pandas as pd
from IPython.display import HTML
from scipy import stats

import sim
from sim.report.map_data import map_data

sim.use_language("zh")
HOME = Path.cwd() if (Path.cwd() / "scenarios").exists() else Path.cwd().parent
scenario = sim.load_scenario(HOME / "scenarios" / "city-bridges.yaml")
DRILLS = 100

# %% [markdown]
# ## 两种部署 · Two postings


# %%
def posted(base, *crews):
    """The same scenario with these crews at another base."""
    moved = {crew: scenario.teams[crew].model_copy(update={"base": base}) for crew in crews}
    return scenario.model_copy(update={"teams": scenario.teams | moved})


postings = {
    "全驻北岸": scenario,
    "分驻两岸": posted("south-station", "fire-4", "fire-5", "fire-6"),
}
logs = {
    name: sim.run(posting, seed=7, replications=DRILLS, until=posting.horizon, name="city-bridges")
    for name, posting in postings.items()
}

# %% [markdown]
# ## 队伍走哪里 · Where they drive
# 每条路段上的数字是平均每次演练的车次（含往返），两图线宽同一比例。
#
# The numbers are drives in a drill, both ways, on average; both maps have the same scale.

# %%
most = max(max(map_data(logs[name], postings[name]).driven.values()) for name in postings)
maps = {name: sim.map_chart(logs[name], postings[name], title=name, most=most) for name in postings}
HTML(
    '<div style="display: flex">'
    + "".join(f'<img style="width: 50%" src="{picture.data_uri()}">' for picture in maps.values())
    + "</div>"
)

# %%
maps["分驻两岸"]

# %% [markdown]
# ## 首队到场 · The first crew on site
# 自老城区进水到第一支消防救援队伍到场的分钟数。到记录结束仍未到场的记为缺失，有缺失时不作平均。
#
# Minutes from the flooding of the old quarter until the first fire crew is there. A drill in which
# none arrives is missing, and then no mean is taken.


# %%
def first_crew(log):
    """Minutes until the first fire crew is at the old quarter, one number per drill."""
    table, times = log.table, sim.team_times(log)
    start = table[table["activity"] == "occur"].groupby("case", sort=False)["time"].first()
    crews = times[(times["incident"] == "flood") & (times["kind"] == "comprehensive_brigade")]
    arrived = crews.groupby("case")["arrived"].min()
    return ((arrived.reindex(start.index) - start) / 60).astype(float).to_numpy()


def paired(first, second):
    """Mean of first - second with the half width of its 95 % interval (Student's t)."""
    difference = first - second
    if len(difference) < 2 or np.isnan(difference).any():
        return "—", "—"
    half = stats.t.ppf(0.975, len(difference) - 1) * stats.sem(difference)
    return round(difference.mean(), 1), round(half, 1)


arrival = {name: first_crew(log) for name, log in logs.items()}
north, both = arrival.values()
pd.DataFrame(
    {
        "中位数（分钟）": {name: round(float(np.nanmedian(x)), 1) for name, x in arrival.items()},
        "九成不超过": {
            name: round(float(np.nanquantile(x, 0.9)), 1) for name, x in arrival.items()
        },
        "未到场": {name: int(np.isnan(x).sum()) for name, x in arrival.items()},
    }
)

# %%
difference, half = paired(north, both)
print(f"全驻北岸减分驻两岸：{difference} ± {half} 分钟（95%）")

# %% [markdown]
# 正数表示全驻北岸更晚。 · Positive: all on the north bank is later.
#
# ## 20 分钟内到场的比例 · Within 20 minutes
# 20 分钟是本例假定的目标，不是指令的规定。区间为 Clopper–Pearson 精确区间。
#
# 20 min is a target assumed here, none of the directive. Intervals are exact (Clopper and Pearson).

# %%
TARGET = 20


def in_time(times):
    """Number and share of drills within the target, with the exact 95 % interval."""
    within = int((times <= TARGET).sum())
    low, high = stats.binomtest(within, len(times)).proportion_ci(0.95, method="exact")
    return within, f"{within / len(times):.0%}", f"{low:.0%}–{high:.0%}"


pd.DataFrame(
    {name: in_time(times) for name, times in arrival.items()},
    index=["20 分钟内到场（次）", "比例", "95% 区间"],
).T

# %% [markdown]
# 只有一种部署按时的演练各有几次？ · In how many drills was only one of the two in time?

# %%
only_both = int(((both <= TARGET) & ~(north <= TARGET)).sum())
only_north = int(((north <= TARGET) & ~(both <= TARGET)).sum())
print(f"只有分驻两岸按时 {only_both} 次，只有全驻北岸按时 {only_north} 次，共 {len(both)} 次")

# %% [markdown]
# ## 代价 · The price
# 南岸快了，北岸的日常警情是否慢了？自要求派队到队伍到场的平均分钟数（含等队伍空闲的时间），按警情
# 所在的岸；只计前 6 小时的警情，没有这种警情的演练不计（两种部署的警情相同）。
#
# The south gains; do calls on the north bank lose? Mean minutes from the request for a crew to its
# arrival, waiting for an idle one included, by bank; calls of the first 6 hours, drills without
# such a call left out (both postings have the same calls).

# %%
BANKS = {"北岸": ["north-square", "first-north"], "南岸": ["school", "yufeng"]}


def calls(log, places):
    """Mean minutes until a crew is at calls from these places, one number per drill."""
    table = log.table[log.table["incident"] == ""]
    orders = table[(table["activity"] == "order") & (table["phase"] == "asked")]
    orders = orders[orders["place"].isin(places) & (orders["time"] < 6 * 3600)]
    arrivals = table[table["activity"] == "arrive"].groupby(["case", "object"])["time"].first()
    orders = orders.set_index(["case", "object"])["time"]
    minutes = (arrivals.reindex(orders.index) - orders).astype(float) / 60
    means = minutes.groupby("case").mean() if minutes.notna().all() else minutes * np.nan
    return means.reindex(log.cases)


rows = {}
for bank, places in BANKS.items():
    one, other = (calls(log, places) for log in logs.values())
    called = one.notna() & other.notna()
    gain = paired(one[called].to_numpy(), other[called].to_numpy())
    rows[bank] = (round(one.mean(), 1), round(other.mean(), 1), *gain, int(called.sum()))
price = pd.DataFrame(rows, index=[*postings, "差值", "± 95%", "演练次数"]).T
price.astype({"演练次数": int})

# %%
for bank, row in price.iterrows():
    told = row["± 95%"] != "—" and abs(row["差值"]) > row["± 95%"]
    word = "分不出快慢" if not told else "分驻两岸更快" if row["差值"] > 0 else "分驻两岸更慢"
    print(f"{bank}：{word}")

# %% [markdown]
# ± 只说明演练次数有限带来的误差；桥何时被淹、路上多快都是假定的，它们的误差不在其中。
#
# The ± is the error of a limited number of drills only; when bridges flood and how fast one drives
# is assumed, and how far that is off it does not say.

# %% [markdown]
# ## 同样的随机数值多少 · What common numbers are worth
# 方差之比：不用同样的随机数，要得到同样窄的区间需要多少倍的演练次数。
#
# Ratio of variances: how many times as many drills independent numbers would need.

# %%
independent = north.var(ddof=1) + both.var(ddof=1)
print(f"方差比 {independent / (north - both).var(ddof=1):.1f}")
