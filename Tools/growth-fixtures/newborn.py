#!/usr/bin/env python3
"""Writes generated sizes at birth with their exact z-scores and centiles into Tests/Fixtures/growth.

    newborn.py PARAMETERS            write newborn_generated.csv
    newborn.py PARAMETERS --check    write nothing; exit code 1 if the committed file differs

The program interpolates between INTERGROWTH-21st's printed lines. This script does not look at
them: from 33+0 weeks it takes the skewed t distribution that the lines were drawn from, whose mu,
sigma, nu and tau by day are in PARAMETERS (INTERGROWTH_newborn_standards_parameters_BW.csv, _BL and
_HC, as INTERGROWTH-21st gives them out), and before that the very preterm equations. Needs scipy.
"""

import argparse
import math
import pathlib
import random
import sys

from scipy.stats import norm, t

TARGET = (pathlib.Path(__file__).resolve().parents[2]
          / "Tests" / "Fixtures" / "growth" / "newborn_generated.csv")
MEASURES = (("weight", "BW", 3), ("length", "BL", 1), ("head_circumference", "HC", 1))
# Intercept, slope, what is added for boys, variance; by weeks, of weight by their root and as log.
VERY_PRETERM = {
    "weight": (-7.00303, 1.325911, 0.0571937, 0.0373218),
    "length": (1.307633, 1.270022, 0.4263885, 6.757543),
    "head_circumference": (0.7866522, 0.887638, 0.2513385, 2.433481),
}


def parameters(folder):
    found = {}
    for measure, code, _ in MEASURES:
        path = folder / f"INTERGROWTH_newborn_standards_parameters_{code}.csv"
        for line in path.read_text().splitlines()[1:]:
            _, *numbers, sex, day = line.split(",")
            found[measure, "1" if sex == "Male" else "2", int(day)] = tuple(map(float, numbers))
    return found


def share(found, measure, sex, day, value):
    """The share of newborns below a value."""
    if day < 231:
        intercept, slope, boys, variance = VERY_PRETERM[measure]
        weeks = day / 7
        if measure == "weight":
            value, weeks = math.log(value), math.sqrt(weeks)
        mean = intercept + slope * weeks + (boys if sex == "1" else 0)
        return norm.cdf((value - mean) / math.sqrt(variance))
    mu, sigma, nu, tau = found[measure, sex, day]
    if value < mu:
        return 2 * t.cdf(nu * (value - mu) / sigma, tau) / (1 + nu * nu)
    above = t.cdf((value - mu) / (sigma * nu), tau) - 0.5
    return (1 + 2 * nu * nu * above) / (1 + nu * nu)


def value_at(found, measure, sex, day, z):
    low, high = 0.05, 70.0
    for _ in range(60):
        middle = (low + high) / 2
        if share(found, measure, sex, day, middle) < norm.cdf(z):
            low = middle
        else:
            high = middle
    return low


def lines(found):
    numbers = random.Random(21)
    yield "sex,measure,gest_days,value,z,centile"
    for measure, _, decimals in MEASURES:
        for sex in "12":
            for day in range(168, 301):
                for _ in range(2):
                    value = round(
                        value_at(found, measure, sex, day, numbers.uniform(-2.9, 2.9)), decimals)
                    below = share(found, measure, sex, day, value)
                    yield (f"{sex},{measure},{day},{value},{norm.ppf(below):.6f},"
                           f"{100 * below:.5f}")


def main():
    parser = argparse.ArgumentParser(description="Writes generated sizes at birth.")
    parser.add_argument("parameters", type=pathlib.Path, help="directory of the parameters")
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    text = "\n".join(lines(parameters(arguments.parameters))) + "\n"
    if not arguments.check:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit(f"{TARGET.name} differs")


if __name__ == "__main__":
    main()
