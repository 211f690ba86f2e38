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
# # 夜间值班要几个人 · How many officers at night
#
# 宜州区（县级）和河池市政府值班室夜间各安排几人，市政府才能以不低于 0.9 的概率在 6 小时内上报？
#
# How many officers at night in the duty offices of the county and of the city, so that the city
# reports within the directive's six hours with a probability of at least 0.9?
#
# 情景：化工厂泄漏，22 时开始。平常的夜里各 1 人大多够用，看不出差别；这里假定当夜暴雨，求助电话
# 不断，每个都与事件同样紧急、要立即处理（区平均 15 分钟、市平均 10 分钟一个，每个一般 6 分钟）。
# 时限从事发起算，这是最严的读法。这些都写在 `scenarios/studies/night-duty.yaml` 里。
#
# The scenario: a chemical works leaks, from 22:00 on. On a usual night one officer each mostly
# does, and nothing can be told apart; so heavy rain is assumed, with calls for help that are as
# urgent as the incident (on average every 15 min in the county, every 10 min in the city, 6 min
# each as a rule). The clock starts at the occurrence, the strictest reading. All this stands in the
# study file.

# %%
from pathlib import Path

import sim

sim.use_language("zh")
HOME = Path.cwd() if (Path.cwd() / "scenarios").exists() else Path.cwd().parent
STUDIES = HOME / "scenarios" / "studies"
DRILLS = 100
engine = sim.engine_named("loky")

# %% [markdown]
# ## 做多少次演练 · How many drills
# 12 个方案，用同样的随机数。选择程序每 50 次看一次，已能断定的方案不再做；每个方案最多 500 次。
#
# Twelve variants on the same random numbers.  The selection looks after every 50 drills and goes on
# only with variants that it cannot decide yet, up to 500 drills each.

# %%
study = sim.load_study(STUDIES / "night-duty.yaml", replications=5 * DRILLS)
results = sim.conduct(study, engine=engine)
results.levels

# %% [markdown]
# ## 哪个方案可靠 · What is safe
# 保证：以下结论全部正确的概率不低于 0.95，不论何时停止。区间同时成立，所以比单独的 95% 区间宽。
# “过于接近”就是不知道：既没有说它可靠，也没有说它不可靠。
#
# The guarantee: with probability 0.95 or more, all of these statements are right, whenever the
# drills stop. The intervals hold together, so they are wider than a 95 % interval by itself. "Too
# close to tell" means that it is not known: neither safe nor unsafe.

# %%
sim.safe_table(results)

# %%
sim.frontier_chart(results)

# %% [markdown]
# 代价在这里就是两处人数之和。图中阶梯线按估计值画出；相邻两点的区间若重叠，可能并无差别。
#
# The cost is simply the number of officers.  The steps follow the estimates; points whose intervals
# overlap may tie.

# %%
sim.compliance_chart(results, "six hours")

# %%
sim.heat_chart(results, "six hours")

# %% [markdown]
# 市值班室只有 1 人时，一个求助电话就足以让上报停下来；区里 1 人时，市里再加人也补不回来。
#
# With one officer in the city every call for help holds up the report; with one in the county, more
# officers in the city cannot make up for it.
#
# ## 差多少 · Differences
# 逐次相减：同一次演练里两个方案遇到同样的来电、同样的用时。空心圆、虚线表示不能区分。
#
# Drill by drill: both variants meet the same calls and the same durations. Hollow circles and
# dashed bars cannot be told apart.

# %%
levels = results.levels
two_each = int(levels.query("county == 'two' and city == 'two'")["point"].iloc[0])
sim.difference_chart(results, "time to report", two_each)

# %% [markdown]
# 同样的随机数值多少：下表是不用与用的方差之比，也就是省下的演练倍数。
#
# What the common numbers are worth: the variance without them by the variance with them, that is,
# how many times as many drills would be needed otherwise.

# %%
gain = sim.compared(results, "time to report", two_each)
gain.assign(方案=gain["point"].map(results.label), 方差比=gain["ratio"].round(1))[
    ["方案", "方差比"]
]

# %% [markdown]
# 名次也一样：不能区分的方案共享名次。
#
# Ranks: variants that cannot be told apart share them.

# %%
ranks = sim.ranks(results, "time to report", greatest_first=False)
ranks.assign(方案=ranks["point"].map(results.label))[["方案", "best", "worst"]]

# %% [markdown]
# ## 估计值稳定了吗 · Has the estimate settled

# %%
sim.convergence_chart(results, "six hours")

# %% [markdown]
# ## 其他时限 · The other deadlines
# 市政府承担的时限（`deadlines`：6 小时、2 小时、3 小时、1 小时各项，适用的全部按时才算）更难达到。
# 这一项没有参与选择，只有单独的区间。
#
# All deadlines that the city's government owes (6 h, 2 h, 3 h, 1 h, as far as they apply) are
# harder to meet. Nothing was selected by this measure, so there are intervals only.

# %%
sim.compliance_chart(results, "deadlines")

# %% [markdown]
# ## 哪一项影响最大 · What matters most
# 以各 2 人为基准，每次只改一项：人数、求助电话的多少、厂里多久发现泄漏。
#
# From two officers each, one change at a time: officers, calls for help, how soon the works
# notices.

# %%
factors = sim.load_study(STUDIES / "night-duty-factors.yaml", replications=DRILLS)
changed = sim.conduct(factors, engine=engine)
engine.close()
sim.tornado_chart(changed, "time to report")

# %%
sim.tornado_chart(changed, "six hours")

# %% [markdown]
# ## 不能回答的 · What this cannot tell
# 求助电话的多少和用时、各道工序的用时都是假定的；区间只是演练次数有限带来的误差。换一组假定，答案
# 可能不同：上图“求助电话”一项就说明这一点。结论不是“这里应当安排 2 人和 3 人”，而是“在这些假定
# 下，最省的可靠安排是它；更省的 2 人和 2 人还不能断定”。
#
# How many calls there are and how long all work takes is assumed; the intervals are the error of a
# limited number of drills only. Other assumptions may give another answer, as the bars of the calls
# show. The result is not "there should be two and three" but "under these assumptions this is the
# cheapest that is known to be safe; two and two, which is cheaper, is not decided".
#
# 要保存和核验，用命令行：
#
# To keep it, and to verify it later, from the command line:
#
# ```
# yanlian study scenarios/studies/night-duty.yaml --out out/night-duty
# yanlian verify out/night-duty
# ```
