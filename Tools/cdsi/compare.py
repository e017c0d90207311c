#!/usr/bin/env python3
"""Compares the answers of `sikilap forecast` with the expected values of a file of cases.

    compare.py CASES.json ANSWERS.json [GROUP]

Prints for each group how many cases are equal in every field, and the classes of difference with
the cases in each. With a GROUP, prints every difference of that group.
"""
import collections
import json
import sys

GOAL = ("DTAP", "POL", "HIB", "HepB", "PCV", "ROTA", "MMR", "HPV")
FIELDS = ("series_status", "forecast_num", "earliest", "recommended", "past_due")


def number(value):
    return "-" if value in ("", "0", "-", None) else value


def differences(case, answer):
    found = []
    for index, (dose, got) in enumerate(zip(case["doses"], answer["doses"])):
        for name in ("status", "reason"):
            if dose["expected_" + name] != got[name]:
                found.append((f"dose {name}", f"#{index + 1} {dose['cvx']} {dose['date']}: "
                              f"expected {dose['expected_' + name]!r}, got {got[name]!r}"))
    for field in FIELDS:
        expected, got = case[field], answer[field]
        if field == "forecast_num":
            expected, got = number(expected), number(got)
        if expected != got:
            found.append((field, f"{field}: expected {expected}, got {got}"))
    return found


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    cases = json.load(open(sys.argv[1], encoding="utf-8"))
    answers = {a["id"]: a for a in json.load(open(sys.argv[2], encoding="utf-8"))}
    equal, total = collections.Counter(), collections.Counter()
    classes = collections.defaultdict(lambda: collections.defaultdict(list))
    for case in cases:
        group = case["group"]
        total[group] += 1
        found = differences(case, answers[case["id"]])
        if not found:
            equal[group] += 1
            continue
        classes[group][" + ".join(sorted({kind for kind, _ in found}))].append(case["id"])
        if len(sys.argv) > 3 and sys.argv[3] == group:
            print(case["id"], case["name"], "born", case["dob"], "on", case["assessment_date"])
            for dose in case["doses"]:
                print("      ", dose["date"], dose["cvx"], dose["vaccine"])
            for _, text in found:
                print("   ", text)
    for group in sorted(total, key=lambda g: (g not in GOAL, g)):
        share = 100 * equal[group] / total[group]
        print(f"{group:9} {equal[group]:4} of {total[group]:4} equal  {share:5.1f} %")
        for kind, ids in sorted(classes[group].items(), key=lambda item: -len(item[1])):
            print(f"            {len(ids):3} {kind}: {' '.join(ids[:12])}")
    goal_equal = sum(equal[g] for g in GOAL)
    goal_total = sum(total[g] for g in GOAL)
    print(f"eight groups {goal_equal} of {goal_total}: {100 * goal_equal / goal_total:.1f} %; "
          f"all {sum(equal.values())} of {sum(total.values())}: "
          f"{100 * sum(equal.values()) / sum(total.values()):.1f} %")


if __name__ == "__main__":
    main()
