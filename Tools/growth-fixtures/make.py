#!/usr/bin/env python3
"""Copies the expected values for the growth tests into Tests/Fixtures/growth.

    make.py SOURCE            copy the files from the directory SOURCE
    make.py SOURCE --check    copy nothing; exit code 1 if a committed file differs from SOURCE

The figures are copied as they are. Rows that do not have one field per column, or a file that
lacks a column the tests read, stop the script. Tests/Fixtures/growth/README.md says what the
files hold and where the figures come from.
"""

import argparse
import csv
import io
import pathlib
import sys

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "growth"

# File, number of rows without the header, columns the tests read.
FILES = (
    ("survey_MySurvey_498.csv", 498,
     "id region GENDER agemons WEIGHT HEIGHT measure oedema HEAD MUAC TRI SUB SW "
     "e_zlen e_zwei e_zwfl e_zbmi e_zhc e_zac e_zts e_zss"),
    ("smart_survey_1.csv", 873,
     "psu age sex weight height muac oedema clenhei "
     "zlen flen zwei fwei zwfl fwfl zbmi fbmi zac fac"),
    ("survey_who2007_expected.csv", 933,
     "id sex weight height oedema age.mo cbmi zhfa zwfa zbfa fhfa fwfa fbfa"),
    ("generated_0_5_years.csv", 5000,
     "id age_unit age sex weight lenhei measure headc armc oedema clenhei cmeasure c9mo_flag cbmi "
     "zlen flen zwei fwei zwfl fwfl zbmi fbmi zhc fhc zac fac"),
    ("generated_5_19_years.csv", 2000,
     "age_months sex oedema height weight cbmi zhfa zwfa zbfa fhfa fwfa fbfa"),
    ("MySurvey_prevalence_anthro.csv", 25,
     "Group HAZ_pop HAZ_unwpop HA_2_r HA_2_se HA_2_ll HA_2_ul WAZ_pop WH_2_r WH_3_r BMIZ_pop"),
)


def checked(path, rows, columns):
    """The text of a file, after a look at its shape."""
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    records = list(csv.reader(io.StringIO(text)))
    header = records[0]
    missing = [column for column in columns.split() if column not in header]
    if missing:
        sys.exit(f"{path.name} lacks {', '.join(missing)}")
    if len(records) - 1 != rows:
        sys.exit(f"{path.name} has {len(records) - 1} rows and not {rows}")
    for number, record in enumerate(records, 1):
        if len(record) != len(header):
            sys.exit(f"{path.name} row {number} has {len(record)} fields and not {len(header)}")
    return text


def main():
    parser = argparse.ArgumentParser(description="Copies the expected values for growth tests.")
    parser.add_argument("source", type=pathlib.Path, help="directory to copy from")
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    FIXTURES.mkdir(parents=True, exist_ok=True)
    wrong = []
    for name, rows, columns in FILES:
        text = checked(arguments.source / name, rows, columns)
        target = FIXTURES / name
        if not arguments.check:
            target.write_bytes(text.encode("utf-8"))
        elif not target.exists() or target.read_bytes() != text.encode("utf-8"):
            wrong.append(name)
    for name in wrong:
        print(f"{name} differs")
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
