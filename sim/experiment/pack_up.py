"""A batch made ready for its way home: bytes for the result store, values for who decides."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from sim.experiment.work import Job, Task, work


class Packed(NamedTuple):
    """`values` as in `Batch`; `files`: kind of part -> its bytes, none where nothing is kept."""

    values: pd.DataFrame
    files: dict[str, bytes]


def pack_up(job: Job, task: Task) -> Packed:
    """Run a batch where it is called, and encode it there too: that is most of the writing."""
    batch = work(job, task)
    if not job.keep:
        return Packed(batch.values, {})
    from sim.experiment.parquet import to_bytes

    files = {"values": to_bytes(batch.values), "verdicts": to_bytes(batch.verdicts)}
    if batch.logs is not None:
        files["log"] = to_bytes(batch.logs.table)
    return Packed(batch.values, files)
