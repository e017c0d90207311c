#!/usr/bin/env python3
"""Checks the committed Swift growth tables.

    check.py                   generate them again and compare with the committed files
    check.py --who DIRECTORY   also decode the committed files and compare every cell with
                               WHO's tables (who2006_*.csv, who2007_*.csv) in DIRECTORY

The tables of growth velocity are always decoded, and compared with WHO's printed values at −3 to
+3 SD in Tests/Fixtures/growth (weights), for they hold no figure that a reader could check by eye.
So are sizes at birth: with the printed tables there, and their medians with pygrowthstandards'.

The decoder here shares no code with generate.py. Exit code 1 says that something differs.
"""

import argparse
import csv
import pathlib
import re
import subprocess
import sys
import tempfile
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE.parents[1] / "Sources" / "Programmes" / "Growth" / "Tables"
FIXTURES = HERE.parents[1] / "Tests" / "Fixtures" / "growth"

# File of WHO, column of the position, positions per unit, and the names of the table in Swift.
WHO_FILES = (
    ("who2006_lenanthro.csv", "age", 1, "WHO2006Tables", "LengthHeightForAge"),
    ("who2006_weianthro.csv", "age", 1, "WHO2006Tables", "WeightForAge"),
    ("who2006_bmianthro.csv", "age", 1, "WHO2006Tables", "BMIForAge"),
    ("who2006_hcanthro.csv", "age", 1, "WHO2006Tables", "HeadCircumferenceForAge"),
    ("who2006_acanthro.csv", "age", 1, "WHO2006Tables", "ArmCircumferenceForAge"),
    ("who2006_tsanthro.csv", "age", 1, "WHO2006Tables", "TricepsSkinfoldForAge"),
    ("who2006_ssanthro.csv", "age", 1, "WHO2006Tables", "SubscapularSkinfoldForAge"),
    ("who2006_wflanthro.csv", "length", 10, "WHO2006Tables", "WeightForLength"),
    ("who2006_wfhanthro.csv", "height", 10, "WHO2006Tables", "WeightForHeight"),
    ("who2007_hfa.csv", "age", 1, "WHO2007Tables", "HeightForAge"),
    ("who2007_wfa.csv", "age", 1, "WHO2007Tables", "WeightForAge"),
    ("who2007_bfa.csv", "age", 1, "WHO2007Tables", "BMIForAge"),
)

VELOCITY = "WHO2009Tables"
# Months between the measurements, and what was added to the gain in grams.
WEIGHT_VELOCITY = {1: ("WeightVelocityOneMonth", 400), 2: ("WeightVelocityTwoMonths", 600)}

DECLARATION = re.compile(
    r"static let (\w+) = PackedLMSTable\(\s*first: (\d+),\s*count: (\d+),"
    r'\s*l: """\n(.*?)""",\s*m: """\n(.*?)""",\s*s: """\n(.*?)"""\)',
    re.DOTALL)


def compare_with_fresh():
    """The names of committed files that differ from freshly generated ones."""
    wrong = []
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(
            [sys.executable, str(HERE / "generate.py"), "--out", directory], check=True)
        fresh = {path.name: path.read_text() for path in pathlib.Path(directory).iterdir()}
    committed = {path.name: path.read_text() for path in TABLES.glob("*Tables.swift")}
    for name in sorted(fresh.keys() | committed.keys()):
        if name not in committed:
            wrong.append(f"{name} is not committed")
        elif name not in fresh:
            wrong.append(f"{name} is committed but not generated")
        elif fresh[name] != committed[name]:
            line = next(
                (number for number, (a, b) in enumerate(
                    zip(fresh[name].splitlines(), committed[name].splitlines()), 1) if a != b),
                "the end")
            wrong.append(f"{name} differs from what is generated, first at line {line}")
    return wrong


def base64_value(character):
    code = ord(character)
    for start, end, value in (("A", "Z", 0), ("a", "z", 26), ("0", "9", 52)):
        if ord(start) <= code <= ord(end):
            return code - ord(start) + value
    return {"+": 62, "/": 63}[character]


def decode(text):
    """The column of a text literal as it stands in the Swift file."""
    text = text.replace("\\\n", "")
    text = "".join(part for part in text.split(" ") if part)
    if not text.endswith("\n") or "\n" in text[:-1] or "\\" in text:
        raise ValueError("a text literal is not one line to Swift")
    numbers = []
    weight, total = 1, 0
    for character in text[:-1]:
        value = base64_value(character)
        total += value % 32 * weight
        weight *= 32
        if value < 32:
            numbers.append(-(total // 2) if total % 2 else total // 2)
            weight, total = 1, 0
    if weight != 1:
        raise ValueError("a text literal ends within a number")
    # numbers[0] is a figure, numbers[1] its difference, the rest are second differences.
    column = [numbers[0]]
    if len(numbers) > 1:
        column.append(numbers[0] + numbers[1])
    for number in numbers[2:]:
        column.append(number + 2 * column[-1] - column[-2])
    return column


def decoded_tables():
    """(type, name) to {position: (L, M, S)} for all committed tables."""
    tables = {}
    for path in sorted(TABLES.glob("WHO*Tables.swift")):
        for name, first, count, *texts in DECLARATION.findall(path.read_text()):
            columns = [decode(text) for text in texts]
            for column in columns:
                if len(column) != int(count):
                    raise ValueError(f"{name} has {len(column)} rows and not {count}")
            tables[path.stem, name] = {
                int(first) + index: (
                    Decimal(l).scaleb(-4), Decimal(m).scaleb(-4), Decimal(s).scaleb(-5))
                for index, (l, m, s) in enumerate(zip(*columns))
            }
    return tables


def compare_with_who(directory):
    """What differs between the committed tables and WHO's."""
    tables = decoded_tables()
    wrong = []
    rows = 0
    for file_name, key, scale, type_name, name in WHO_FILES:
        with open(directory / file_name, newline="") as file:
            records = list(csv.DictReader(file))
        for sex, number in (("boys", "1"), ("girls", "2")):
            table = dict(tables.pop((type_name, sex + name), {}))
            for record in records:
                if record["sex"] != number:
                    continue
                rows += 1
                position = Decimal(record[key]) * scale
                theirs = tuple(Decimal(record[column]) for column in "lms")
                ours = table.pop(position, None)
                if ours != theirs:
                    wrong.append(f"{type_name}.{sex}{name} {position}: {ours}, WHO has {theirs}")
            if table:
                wrong.append(f"{type_name}.{sex}{name} has rows that WHO has not: {list(table)}")
    wrong += [
        f"{'.'.join(key)} was compared with nothing" for key in tables if key[0] != VELOCITY]
    print(f"{rows} rows of {2 * len(WHO_FILES)} tables compared with WHO's")
    return wrong


def compare_velocity_with_print():
    """What differs between the committed velocities of weight and WHO's printed z-scores."""
    tables = decoded_tables()
    wrong = []
    compared = set()
    with open(FIXTURES / "weight_velocity_who2009.csv", newline="") as file:
        for record in csv.DictReader(file):
            name, added = WEIGHT_VELOCITY[int(record["months"])]
            key = {"1": "boys", "2": "girls"}[record["sex"]] + name
            l, m, s = map(float, tables[VELOCITY, key][int(record["row"])])
            compared.add((key, record["row"]))
            for z in range(-3, 4):
                ours = m * (1 + l * s * z) ** (1 / l) - added
                if abs(ours - float(record[f"sd{z}"])) > 0.51:
                    wrong.append(f"{key} {record['row']} at {z} SD: {ours:.2f} g, "
                                 f"WHO prints {record[f'sd{z}']}")
    rows = sum(
        len(rows) for (kind, name), rows in tables.items()
        if kind == VELOCITY and "Weight" in name)
    if len(compared) != rows:
        wrong.append(f"{len(compared)} of {rows} rows of weight velocity were compared")
    print(f"{len(compared)} rows of weight velocity compared with WHO's printed z-scores")
    return wrong


LINE_DECLARATION = re.compile(
    r"static let (\w+) = PackedLineTable\(\s*first: (\d+),\s*count: (\d+),\s*lines: \[(.*?)\]\)",
    re.DOTALL)
PRINTED_LINES = ("sd-3", "sd-2", "p10", "sd-1", "sd0", "sd1", "p90", "sd2", "sd3")
NEWBORN_MEASURES = {
    "weight": ("Weight", "weight", 0.005),
    "length": ("Length", "stature", 0.055),
    "head_circumference": ("HeadCircumference", "head_circumference", 0.055),
}


def package_medians():
    """(measurement, sex, day) to the median in pygrowthstandards, which fitted L and S itself."""
    import importlib.metadata

    import pandas

    package = importlib.metadata.distribution("pygrowthstandards")
    data = pandas.read_parquet(
        package.locate_file("pygrowthstandards/data/pygrowthstandards_1.1.parquet"))
    data = data[data["name"].isin(["newborn", "very_preterm_newborn"])]
    return {
        (row.measurement_type, {"M": "1", "F": "2"}[row.sex], int(row.x)): row.m
        for row in data.itertuples()
    }


def compare_newborns_with_print():
    """What differs between the committed sizes at birth, the printed ones and the package's."""
    wrong = []
    tables = {}
    text = (TABLES / "NewbornSizeTables.swift").read_text()
    for name, first, count, lines in LINE_DECLARATION.findall(text):
        columns = [decode(line) for line in re.findall(r'"""\n(.*?)"""', lines, re.DOTALL)]
        if [len(column) for column in columns] != [int(count)] * len(PRINTED_LINES):
            wrong.append(f"{name} has lines of another length")
        tables[name] = {int(first) + i: row for i, row in enumerate(zip(*columns))}
    medians = package_medians()
    rows = 0
    with open(FIXTURES / "newborn_intergrowth21.csv", newline="") as file:
        for record in csv.DictReader(file):
            measure, package_measure, tolerance = NEWBORN_MEASURES[record["measure"]]
            name = {"1": "boys", "2": "girls"}[record["sex"]] + measure
            day = int(record["gest_days"])
            printed = tuple(Decimal(record[line]) for line in PRINTED_LINES)
            ours = tables.get(name, {}).pop(day, None)
            rows += 1
            if ours is None or tuple(Decimal(value).scaleb(-2) for value in ours) != printed:
                wrong.append(f"{name} day {day}: {ours}, printed is {printed}")
            median = medians[package_measure, record["sex"], day]
            if abs(median - float(record["sd0"])) > tolerance:
                wrong.append(f"{name} day {day}: median {record['sd0']}, the package has {median}")
    wrong += [f"{name} was compared with nothing" for name, left in tables.items() if left]
    print(f"{rows} rows of sizes at birth compared with the printed tables and the package's median")
    return wrong


def main():
    parser = argparse.ArgumentParser(description="Checks the committed Swift growth tables.")
    parser.add_argument("--who", type=pathlib.Path, help="directory of WHO's tables as CSV")
    arguments = parser.parse_args()
    wrong = compare_with_fresh() + compare_velocity_with_print() + compare_newborns_with_print()
    if arguments.who:
        wrong += compare_with_who(arguments.who)
    for line in wrong:
        print(line)
    if wrong:
        sys.exit(1)
    print("No difference")


if __name__ == "__main__":
    main()
