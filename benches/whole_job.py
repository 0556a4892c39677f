#!/usr/bin/env python3
"""Times gapwise's whole job beside a bare DuckDB GROUP BY of the same sums and a pandas script.

Processor seconds (user + system) and peak memory of each child process come from wait4; the sides take turns,
so that a busy machine hits all of them. DuckDB, pandas, statsmodels and pyarrow are installed into a virtual
environment on first use.

    python benches/whole_job.py [--gapwise target/release/gapwise] [--folder benches/.large] [--repeat 5]
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ["duckdb", "pandas", "statsmodels", "pyarrow"]


def environment(folder: pathlib.Path) -> str:
    """The interpreter of an environment that has the peers."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return str(python)


def measure(command: list[str]) -> dict[str, float]:
    """Processor seconds and peak memory (MiB) of one child and what it waited for."""
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(command, stdout=log, stderr=log)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            log.seek(0)
            sys.exit(f"`{' '.join(command)}` ended with {child.returncode}:\n{log.read().decode()[-2000:]}")
    return {"cpu_s": used.ru_utime + used.ru_stime, "peak_mib": used.ru_maxrss / 1024}


def sides(asked: argparse.Namespace, python: str, scratch: pathlib.Path) -> dict[str, list[str]]:
    peer = [python, str(HERE / "peers.py")]
    commands = {
        "duckdb": [*peer, "duckdb", str(asked.folder), str(scratch / "duckdb.parquet")],
        "pandas": [*peer, "pandas", str(asked.folder), str(scratch / "pandas.parquet")],
    }
    if asked.gapwise:
        run = [str(asked.gapwise), "run", str(asked.folder), "--as-of", "2026-11-15"]
        commands = {"gapwise": [*run, "--rebuild", "--out", str(scratch / "out")], **commands}
    return {name: command for name, command in commands.items() if name not in asked.skip}


def table(results: dict[str, list[dict[str, float]]]) -> None:
    """Medians, and ratios formed within each turn."""
    base = "gapwise" if "gapwise" in results else "duckdb"
    print(f"| side | turns | cpu s (median) | cpu / {base} (median, range) | peak MiB |\n|---|---|---|---|---|")
    for name, turns in results.items():
        ratios = [turn["cpu_s"] / ours["cpu_s"] for turn, ours in zip(turns, results[base])]
        print(
            f"| {name} | {len(turns)} | {statistics.median(t['cpu_s'] for t in turns):.2f} "
            f"| {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) "
            f"| {max(t['peak_mib'] for t in turns):.0f} |"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--gapwise", type=pathlib.Path, help="the binary; without it only the peers are run")
    arguments.add_argument("--folder", type=pathlib.Path, default=HERE / ".large", help="generated when absent")
    arguments.add_argument("--contacts", type=int, default=20_000_000)
    arguments.add_argument("--venv", type=pathlib.Path, default=HERE / ".venv")
    arguments.add_argument("--repeat", type=int, default=5)
    arguments.add_argument("--skip", action="append", default=[], help="leave a side out")
    arguments.add_argument("--json", type=pathlib.Path, help="also write every turn here")
    asked = arguments.parse_args()
    python = environment(asked.venv)
    if not (asked.folder / "gapwise.toml").exists():
        subprocess.run([python, HERE / "generate.py", asked.folder, "--contacts", str(asked.contacts)], check=True)
    with tempfile.TemporaryDirectory() as scratch:
        commands = sides(asked, python, pathlib.Path(scratch))
        results = {name: [] for name in commands}
        for turn in range(asked.repeat):
            for name, command in commands.items():
                shutil.rmtree(pathlib.Path(scratch) / "out", ignore_errors=True)
                results[name].append(measure(command))
                print(f"turn {turn + 1}, {name}: {results[name][-1]}", file=sys.stderr)
    table(results)
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
