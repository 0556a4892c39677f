#!/usr/bin/env python3
"""Writes a large synthetic workspace: contacts in Parquet, one file a week, drawn by DuckDB.

Every value is a hash of the row's number, so the same arguments give the same rows on any machine.

    python benches/generate.py FOLDER [--contacts 20000000] [--agents 2000] [--types 25] [--weeks 13]
"""
import argparse
import pathlib
import sys

LAST_MONDAY = "2026-11-09"

WORKSPACE = """\
client = "Benchmark"
timezone = "UTC"
rules = ["builtin:contact-centre"]

[sources.contacts]
path = "data/contacts/*.parquet"
columns.id = "contact_id"
columns.at = "started_at"
columns.agent = "agent_id"
columns.team = "team"
columns.contact-type = "reason"

[metrics.fcr]
label = "First-contact resolution"
type = "proportion"
value = "resolved = 'Y'"
better = "higher"
target = 0.75
material = 0.02

[metrics.aht]
label = "Handle time"
type = "mean"
value = "handle_s"
unit = "s"
better = "lower"
target = 330
material = 15
"""

# Type 0 is blocked: 40 % whoever takes it. Elsewhere agents differ by about 3 points, and everywhere by about 6 % of
# handle time.
WEEK = """
COPY (
  WITH drawn AS (
    SELECT i, hash(i, 1) % {agents} AS agent, hash(i, 2) % {types} AS type,
           hash(i, 3) / 18446744073709551616.0 AS u, hash(i, 4) / 18446744073709551616.0 AS v,
           hash(i, 5) / 18446744073709551616.0 AS w
    FROM range({first}, {last}) AS rows(i)
  )
  SELECT format('C{{:010d}}', i) AS contact_id,
         TIMESTAMP '{monday}' - INTERVAL {back} WEEK + to_seconds(CAST(u * 604800 AS INTEGER)) AS started_at,
         format('A{{:05d}}', agent) AS agent_id,
         format('Team {{}}', agent % {teams}) AS team,
         format('Type {{:02d}}', type) AS reason,
         CASE WHEN i % 10 < 7 THEN 'voice' ELSE 'chat' END AS channel,
         CAST(greatest(1, (200 + 10 * type) * (0.9 + 0.2 * hash(agent, 8) / 18446744073709551616.0)
              * exp(0.5 * sqrt(-2 * ln(v + 1e-12)) * cos(6.283185307 * w) - 0.125)) AS INTEGER)
           AS handle_s,
         CASE WHEN hash(i, 6) / 18446744073709551616.0 <
           CASE WHEN type = 0 THEN 0.40 ELSE 0.74 + 0.1 * (hash(agent, 7) / 18446744073709551616.0 - 0.5) END
           THEN 'Y' ELSE 'N' END AS resolved
  FROM drawn ORDER BY started_at
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--contacts", type=int, default=20_000_000)
    arguments.add_argument("--agents", type=int, default=2_000)
    arguments.add_argument("--types", type=int, default=25)
    arguments.add_argument("--weeks", type=int, default=13)
    asked = arguments.parse_args()
    try:
        import duckdb
    except ImportError:
        sys.exit("`duckdb` is missing: run benches/whole_job.py, which makes an environment, or pip install duckdb")
    data = asked.folder / "data" / "contacts"
    data.mkdir(parents=True, exist_ok=True)
    (asked.folder / "gapwise.toml").write_text(WORKSPACE)
    for week in range(asked.weeks):
        duckdb.execute(WEEK.format(
            first=asked.contacts * week // asked.weeks,
            last=asked.contacts * (week + 1) // asked.weeks,
            agents=asked.agents,
            types=asked.types,
            teams=max(1, asked.agents // 12),
            monday=LAST_MONDAY,
            back=asked.weeks - 1 - week,
            path=data / f"week-{week + 1:02d}.parquet",
        ))


if __name__ == "__main__":
    main()
