#!/usr/bin/env python3
"""Makes Tests/Fixtures/immunization/cdsi-cases.json of CDC's published test cases.

    cases.py CASES.json OUT.json

CASES.json is a list of CDSi test cases (version 4.8) as objects with the names that
docs/formats/immunization-schedule.md describes, and what CDC expects. What no test reads (names,
texts, kinds) is left out, and every case stands on one line. CDC's cases are in the public domain.
"""
import json
import sys

CASE = ("id", "group", "dob", "sex", "assessment_date", "doses", "series_status", "forecast_num",
        "earliest", "recommended", "past_due")
DOSE = ("date", "cvx", "vaccine", "expected_status", "expected_reason")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as source:
        cases = json.load(source)
    lines = []
    for case in cases:
        short = {name: case[name] for name in CASE}
        short["doses"] = [{name: dose[name] for name in DOSE} for dose in case["doses"]]
        lines.append(json.dumps(short, ensure_ascii=False, separators=(",", ":")))
    with open(sys.argv[2], "w", encoding="utf-8") as output:
        output.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
