#!/usr/bin/env python3
"""The two peers of whole_job.py, each a process of its own so that its time and memory can be counted.

    python benches/peers.py duckdb FOLDER OUT     the same sums by one bare GROUP BY
    python benches/peers.py pandas FOLDER OUT     sums by pandas, a mixed model a metric by statsmodels
"""
import pathlib
import sys

CUBE = """
COPY (
  SELECT date_trunc('week', started_at) AS period, agent_id, team, reason, count(*) AS n,
         count(resolved) AS fcr_n, sum(CASE WHEN resolved = 'Y' THEN 1 ELSE 0 END) AS fcr_k,
         count(handle_s) AS aht_n, sum(CAST(handle_s AS BIGINT)) AS aht_sum,
         sum(CAST(handle_s AS BIGINT) * handle_s) AS aht_squares
  FROM read_parquet('{data}')
  GROUP BY ALL ORDER BY ALL
) TO '{out}' (FORMAT parquet)
"""


def by_duckdb(data: str, out: str) -> None:
    import duckdb

    duckdb.execute(CUBE.format(data=data, out=out))


def by_pandas(data: str, out: str) -> None:
    """What an analyst would write with care: only the columns needed, categories, one pass of sums."""
    import glob

    import pandas
    import pyarrow.parquet
    import statsmodels.formula.api as models

    keys = ["agent_id", "team", "reason"]
    table = pyarrow.parquet.ParquetDataset(sorted(glob.glob(data)), read_dictionary=[*keys, "resolved"]).read(
        columns=["started_at", *keys, "resolved", "handle_s"]
    ).unify_dictionaries()
    rows = table.to_pandas(self_destruct=True)
    del table
    days = rows["started_at"].dt.floor("D")
    rows["period"] = days - pandas.to_timedelta(days.dt.day_of_week, unit="D")
    rows["k"] = (rows.pop("resolved") == "Y").astype("int64")
    rows["s"] = rows["handle_s"].astype("int64")
    rows["s2"] = rows["s"] ** 2
    cube = rows.groupby(["period", *keys], observed=True, sort=True).agg(
        n=("k", "size"), k=("k", "sum"), s=("s", "sum"), s2=("s2", "sum")
    ).reset_index()
    del rows
    cube.to_parquet(out)
    cells = cube.groupby(["agent_id", "reason"], observed=True)[["n", "k", "s"]].sum().reset_index()
    for name, total in {"fcr": "k", "aht": "s"}.items():
        cells[name] = cells[total] / cells["n"]
        fit = models.mixedlm(f"{name} ~ C(reason)", cells, groups=cells["agent_id"]).fit(reml=True)
        print(f"{name}: between-agent variance {float(fit.cov_re.iloc[0, 0]):.6g}", file=sys.stderr)


if __name__ == "__main__":
    peer, folder, out = sys.argv[1:]
    data = str(pathlib.Path(folder) / "data" / "contacts" / "*.parquet")
    {"duckdb": by_duckdb, "pandas": by_pandas}[peer](data, out)
