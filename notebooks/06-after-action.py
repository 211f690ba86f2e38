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
# # 从原始表格到签署的报告 · From raw sheets to the report to be signed
#
# 2009年3月19日横县云表镇一商铺起火，4人死亡；县政府办公室10时20分才书面报市，南宁市通报认定迟报
# “近7个小时”。这里把通报所列的时间写回两张值班表（县政府办公室一张，县公安局一张），像真的一样凌
# 乱，再从头做到尾：导入、合并、评判、逾期原因、与模型对照、只改一处会怎样、总结评估报告。
#
# In the night of 19 March 2009 a shop in Yunbiao, Hengxian, burned; four people died. The
# county's office reported to the city in writing at 10:20, and the city's circular found it
# "nearly seven hours" late. Here the published times are written back into two duty sheets, one
# of the county's office and one of the police, as untidy as such sheets are, and then the whole
# way is gone: import, join, verdicts, why late, against the model, one thing changed, report.
#
# 时间和伤亡均出自公开通报。标“※”的两行是为演示“读不了的行”加的，不是事实。
#
# Times and casualties are those of the published circular. Two rows marked ※ were added to show
# what happens to rows that cannot be read; they are not facts.

# %%
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

import sim

LANGUAGE = "zh"  # "en" for English
sim.use_language(LANGUAGE)
HOME = Path.cwd() if (Path.cwd() / "scenarios").exists() else Path.cwd().parent
CASE = HOME / "scenarios" / "real" / "hengxian_2009_fire"
OUT = HOME / "out" / "after-action"
OUT.mkdir(parents=True, exist_ok=True)
DRILLS = 100

# %% [markdown]
# ## 原始表格 · The raw sheets
# 标题行、全角数字、“左右”、省略的日期、GB18030 编码，照实际常见的样子。
#
# A title, full-width digits, 左右 (about), dates left out, an old encoding: as sheets are.

# %%
book = Workbook()
sheet = book.active
sheet.title = "值班记录"
for row in (
    ["横县政府办公室值班记录（2009年3月19日）"],
    ["时间", "事项", "单位", "对方", "种类", "方式", "死亡", "重伤", "备注"],
    ["3月19日凌晨3时30分左右", "起火", "", "", "", "", 4, 2, "云表镇站圩街一商铺"],
    ["８:２０", "来报", "县安监局", "县政府办", "初报", "传真", 4, 2, "首次接报"],
    ["8:33", "来报", "县公安局", "县政府办", "初报", "", None, None, "与安监局所报不一致"],
    ["早饭后", "来报", "某单位", "县政府办", "初报", "", None, None, "※"],
    ["上午9:33", "来报", "县公安局", "县政府办", "续报", "", None, None, "仍不一致"],
    ["9:40", "泡茶", "县政府办", "", "", "", None, None, "※"],
    ["10:20", "上报", "县政府办", "市政府", "初报", "书面", None, None, "核对后上报"],
    ["10:45", "来报", "云表镇", "县政府办", "初报", "", None, None, "晚于县级上报"],
):
    sheet.append(row)
book.save(OUT / "county.xlsx")

police = """时间,事项,对方,种类
2009-3-19 8:33,上报,县政府办,初报
9:33,上报,县政府办,续报
"""
(OUT / "police.csv").write_text(police, encoding="gb18030")
pd.read_excel(OUT / "county.xlsx", header=1, dtype=str, engine="openpyxl").fillna("")

# %% [markdown]
# ## 对照表 · The mapping
# 哪一列是什么，哪个词是什么意思，谁是谁，写在对照表里；`yanlian import county.xlsx --guess --out
# county.yaml` 给出建议稿。通报只讲县级收发情况，不能说明别的事没有做，所以 `complete: unknown`。
#
# What the columns and words mean and who is who stands in the mapping; the command above proposes
# one. The circular tells what the county received and sent, not that nothing else was done: so
# the record is called complete nowhere.

# %%
ORGANISATIONS = """
organisations:
  nanning-gov: {role: city_gov, jurisdiction: nanning, name: 南宁市政府, words: [市政府]}
  hengxian-gov:
    role: county_gov
    jurisdiction: hengxian
    superior: nanning-gov
    name: 横县政府办公室
    words: [县政府办]
  hengxian-safety:
    role: county_dept
    superior: hengxian-gov
    supervises: fire
    name: 横县安监局
    words: [县安监局]
  hengxian-police:
    role: county_dept
    superior: hengxian-gov
    supervises: fire
    name: 横县公安局
    words: [县公安局]
  yunbiao-gov: {role: township_gov, superior: hengxian-gov, name: 云表镇党委、政府, words: [云表镇]}
time: {zone: Asia/Shanghai, date: 2009-03-19, about: 15 min}
complete: unknown
"""
COUNTY = """
mapping: 1
source: {header: 2}
columns:
  时间: time
  事项: activity
  单位: actor
  对方: recipient
  种类: kind
  方式: channel
  死亡: dead
  重伤: injured
  备注: note
constants: {incident: fire, keeper: hengxian-gov}
words:
  activity:
    起火: {activity: occur, hazard: fire, jurisdiction: hengxian|nanning}
    来报: reported
    上报: reported
  kind: {初报: initial, 续报: follow_up}
  channel: {传真: fax, 书面: written}
"""
POLICE = """
mapping: 1
columns: {时间: time, 事项: activity, 对方: recipient, 种类: kind}
constants: {incident: fire, actor: hengxian-police, keeper: hengxian-police}
words:
  activity: {上报: reported}
  kind: {初报: initial, 续报: follow_up}
"""
(OUT / "county.yaml").write_text(COUNTY + ORGANISATIONS, encoding="utf-8")
(OUT / "police.yaml").write_text(POLICE + ORGANISATIONS, encoding="utf-8")
county = sim.import_files([OUT / "county.xlsx"], OUT / "county.yaml")
police = sim.import_files([OUT / "police.csv"], OUT / "police.yaml")

# %% [markdown]
# 读不了的行逐条列出，一行也不会悄悄丢掉：
#
# What could not be read is listed, row by row; nothing is dropped in silence:

# %%
pd.DataFrame([*county.unread, *police.unread])

# %% [markdown]
# ## 合并 · Join
# 公安局的两次来报两张表都有，合并后各为一行，注明两处出处；对不上的列为冲突，由人决定。
#
# The two calls of the police stand in both sheets: joined, each is one row with both its sources.
# What cannot both be true would be listed as a conflict, for a person to decide.

# %%
joined = sim.join_logs({"county.xlsx": county.log, "police.csv": police.log}, case="hengxian")
log = joined.log
pd.DataFrame(joined.findings)[["kind", "source", "other_source"]]

# %% [markdown]
# ## 时钟 · Clocks
# 同一报文两端都有时间时，可以算出各单位的钟至少差多少、至多差多少。这里没有这样的报文：钟准不准，
# 记录说明不了。
#
# Where both ends of messages have stamps, they bound how far clocks were apart. Here none has:
# the record cannot tell whether the clocks were right.

# %%
sim.clock_offsets(log).table

# %% [markdown]
# ## 结论与官方认定 · Verdicts, and what the authority found
# 当时适用的自治区预案（转述）：县级二小时内报市。通报自起火算，程序两种起算点都给出。
#
# By the regional plan in force then (as quoted): the county reports to the city within 2 h. The
# circular counted from the fire; the program gives both readings.

# %%
from sim.report.agreement import agreement_lines
from sim.report.findings import finding_lines, finding_title
from sim.rules import agreements

pack = sim.load_pack("guangxi-general-2006")
finding = sim.load_finding(CASE / "finding.yaml")
names = sim.display_names(log, LANGUAGE)
verdicts = sim.score(log, pack)
print(sim.scorecard(verdicts, names, LANGUAGE))

# %%
agreed = agreements(log, finding, [(pack, {})])
for head, words in (*finding_lines(finding, names, LANGUAGE), *agreement_lines(agreed, names)):
    print(head, words, sep="：")

# %% [markdown]
# ## 为什么逾期 · Why late
# 记录说得出的分钟逐项列出，说不出的写“原因不明”，相加等于总用时。起火时刻只知道前后十五分钟，所以
# 从接报起看：接报到报市恰好二小时，其间做了什么，记录没有。
#
# What the record can tell of the minutes is listed, the rest is "unexplained", and they add up.
# The fire is known to a quarter of an hour either way; from first notice to the report it was
# exactly two hours, and what was done in between is not on record.

# %%
print(sim.explain(log, verdicts, "GP-county", pack, names, LANGUAGE))

# %%
sim.swimlane(log, verdicts, lang=LANGUAGE)

# %% [markdown]
# ## 与模型对照 · Against the model
# `scenario.yaml` 是同样单位、同一时刻的情景；**值班人数和各环节用时都是假定的**，比例和倍数随之改
# 变。
#
# `scenario.yaml` has the same offices at the same hour. **Staffing and all durations in it are
# assumed**, and every share and factor depends on them.

# %%
scenario = sim.load_scenario(CASE / "scenario.yaml")
found = sim.against(log, scenario, pack, DRILLS, reading="receive")
called = sim.display_names(scenario, LANGUAGE)
print(sim.against_text(found, called, lang=LANGUAGE))

# %%
duty = found.duties.query("rule == 'GP-county'").iloc[0]
sim.against_chart(found, "GP-county", "hengxian-gov", called, LANGUAGE)

# %% [markdown]
# 模型要怎样假定，这个用时才算寻常？倍数不是原因，只说明其余如模型所设时，这些环节须慢到什么程度。
#
# What would the model have had to assume for this time to be an ordinary one? A factor is no
# cause: it tells how slow these steps would have to be if all else were as in the model.

# %%
for factor in sim.typical_factors(scenario, pack, duty, DRILLS, reading="receive"):
    print(sim.factor_words(factor, called))

# %% [markdown]
# ## 只改一处 · One thing changed
# 接报到报市的二小时照记录固定，夜间多一人值班。说的是**模型里**多少次按时，不是“本来会怎样”。先看
# “原样”一列与记录合不合。
#
# The two hours from hearing to reporting are held as on record; one more officer at night. It
# tells how often the duty is met **in the model**, not what would have happened. Look first
# whether "as it was" fits the record.

# %%
from sim.scenario.changes import Change, path_of

change = Change(path_of("offices.hengxian-gov.duty.night"), 2)
two = sim.load_scenario(CASE / "scenario.yaml", [change])
again = sim.replay(log, scenario, pack, two, DRILLS // 2, reading="receive")
print(sim.replay_text(again, ["offices.hengxian-gov.duty.night=2"], called, lang=LANGUAGE))

# %% [markdown]
# ## 评估人员的表 · The evaluators' forms
# 演练前用 `yanlian sheets export` 给每位评估人员一张表，当天填写，写报告时用 `--ratings` 并列显
# 示：人的评价与程序的结论各归各，不混算。事件没有评估人员，这里略去。
#
# Before a drill, `yanlian sheets export` gives every evaluator a form; filled in, `--ratings`
# shows it beside the verdicts in the report, never mixed into them. An incident has no
# evaluators, so there are none here.
#
# ## 总结评估报告 · The report to be signed
# 数字链接到附件中的记录行；〔待填写〕和签署栏由人填写，签署前为草稿。
#
# Its numbers link to rows of the record in the annex; what stands in brackets, and the signature,
# are for persons: a draft until signed.

# %%
from sim.report.word import write_word

write_word(
    OUT / "hengxian.docx",
    log,
    verdicts,
    finding=finding,
    lang=LANGUAGE,
    names={**names, **called},
    title=finding_title(finding, LANGUAGE),
    texts={name: getattr(rule.text, LANGUAGE) for name, rule in pack.rules.items()},
    agreed=agreed,
    packs=[pack],
)

# %% [markdown]
# 同样的步骤，用命令行：
#
# The same from the command line:
#
# ```
# yanlian join county.xlsx police.csv --out joined.csv
# yanlian score joined.csv --pack guangxi-general-2006
# yanlian explain joined.csv --pack guangxi-general-2006 --rule GP-county
# yanlian against joined.csv scenario.yaml --pack guangxi-general-2006 --reading receive \
#     --rule GP-county --factor
# yanlian replay joined.csv scenario.yaml --pack guangxi-general-2006 --reading receive \
#     --change offices.hengxian-gov.duty.night=2
# yanlian report joined.csv --pack guangxi-general-2006 --out hengxian.docx \
#     --against scenario.yaml --reading receive
# ```
