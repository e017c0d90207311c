#!/usr/bin/env python3
"""Writes generated gains with their z-scores into Tests/Fixtures/growth.

    velocity.py            write velocity_generated.csv
    velocity.py --check    write nothing; exit code 1 if the committed file differs

L, M and S are those of the PyPI package pygrowthstandards 0.1.3, read by Tools/growth-tables; what
WHO adds to a gain of weight (400 g and 600 g), and the formula, are written here once more, so that
an error in the program's own reading or arithmetic shows.
"""

import argparse
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "growth-tables"))
from generate import TABLES_2009, velocity_rows  # noqa: E402

TARGET = HERE.parents[1] / "Tests" / "Fixtures" / "growth" / "velocity_generated.csv"
ADDED = {("weight_velocity", 1): 400, ("weight_velocity", 2): 600}
CASES_PER_ROW = 12


def value_at(l, m, s, z):
    return m * (1 + l * s * z) ** (1 / l)


def z_score(measurement, l, m, s, value):
    """As WHO does: for weight the distance of the outer SDs is carried on beyond ±3 SD."""
    if measurement == "weight_velocity":
        low, high = value_at(l, m, s, -3), value_at(l, m, s, 3)
        if value < low:
            return -3 + (value - low) / (value_at(l, m, s, -2) - low)
        if value > high:
            return 3 + (value - high) / (high - value_at(l, m, s, 2))
    return ((value / m) ** l - 1) / (l * s)


def lines():
    numbers = random.Random(2009)
    rows = velocity_rows()
    yield "sex,measure,months,row,gain,z"
    for _, measurement, months, count, _ in TABLES_2009:
        added = ADDED.get((measurement, months), 0)
        for sex in "MF":
            found = rows[measurement, sex]
            starts = [i for i, row in enumerate(found) if row[0] == 0]
            # Of two tables of weight the shorter is that by one month.
            start = next(
                i for i, end in zip(starts, starts[1:] + [len(found)]) if end - i == count)
            for position in range(count):
                _, l, m, s = found[start + position]
                for _ in range(CASES_PER_ROW):
                    z = numbers.uniform(-4.5, 4.5)
                    if added:
                        gain = round(m * (1 + s * z) - added)
                    else:
                        gain = round(max(0.01, m * (1 + s * z)), 2)
                    exact = z_score(measurement, l, m, s, gain + added)
                    yield (f"{'1' if sex == 'M' else '2'},{measurement[:-9]},{months},{position},"
                           f"{gain},{exact:.9f}")


def main():
    parser = argparse.ArgumentParser(description="Writes generated gains with their z-scores.")
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    text = "\n".join(lines()) + "\n"
    if not arguments.check:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit(f"{TARGET.name} differs")


if __name__ == "__main__":
    main()
