#!/usr/bin/env python3
"""Changes every figure of the guidelines by its smallest step and reports what no test notices.

Usage: python3 Tools/mutation/mutate.py [FILE...] [--seconds N] [--jobs N] [--work FOLDER] [--list]

Without files all guidelines of SUITES are taken. The clinical core and its tests are copied into a
package of their own in a temporary folder; there every figure becomes a call that gives one more or one less where the environment says so. So one
build serves all changes, and each costs one run of the tests of its folder. They are tried in a
random order, that is the same each time; with --seconds only as many as fit. With --work the folder
is kept, and its build used again. The exit code is 1 where a change survives.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

ROOT = "Sources/Programmes"
# The tests of each folder of guidelines; the laws take long and see nothing that these do not.
SUITES = {
    "Pregnancy": "CareMatrix|VisitCompleteness|Preeclampsia|PregnancyNutrition|PregnancyLaboratory"
    "|PoedjiRochjati|AntenatalContact|AfterBirth|Edge",
    "AfterBirth": "AfterBirth|CareMatrix|Edge",
    "Newborn": "Newborn|VisitCompleteness|Edge",
    "ChildHealth": "ChildHealth|GrowthFollowUp|GrowthObservation|Edge",
    "ChildDevelopment": "Development|Screening|Edge",
    "SickChild": "SickChild(?!Law)|YoungInfant|FeverTable|FollowUp|ChildNutrition"
    "|ChildTuberculosis",
}
FIGURE = re.compile(r"(?<![\w.\"#$])(\d[\d_]*)(?![\w\"]|\.\d)")
# What stands before a number that names a thing and is no figure.
NAMES = re.compile(
    r"(DataElement|CareService|DecisionTable|Instrument|CareAction|ClinicalSetting|Guideline|"
    r"VisitForm|ContactSlot|atBirth|Band|UInt16|number:|index:|\.init)\(?\s*$")
PACKAGE = """// swift-tools-version: 6.2
import PackageDescription
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]
let package = Package(
  name: "mutants",
  targets: [
    .target(name: "Health", swiftSettings: settings),
    .target(name: "Guidance", dependencies: ["Health"], swiftSettings: settings),
    .target(name: "Programmes", dependencies: ["Health", "Guidance"], swiftSettings: settings),
    .testTarget(
      name: "GuidanceTests", dependencies: ["Health", "Guidance", "Programmes"],
      swiftSettings: settings),
  ])
"""
HELPER = """import Glibc

/// The number of the change that is tried, and by how much.
private let tried: (place: Int, step: Int) = {
  guard let text = getenv("MUTANT") else { return (-1, 0) }
  let parts = String(cString: text).split(separator: ",").compactMap { Int($0) }
  return (parts[0], parts[1])
}()

/// A figure, or the one beside it.
@inline(never)
public func mutant<Number: FixedWidthInteger>(_ place: Int, _ value: Number) -> Number {
  tried.place == place ? Number(Int(value) + tried.step) : value
}
"""


def figures(text):
    """The numbers of a file that are thresholds, ages, counts, choices, doses or readings."""
    for match in FIGURE.finditer(text):
        before, after = text[: match.start()], text[match.end() : match.end() + 60]
        line = before.rsplit("\n", 1)[-1]
        if "//" in line or "item_" in line or line.count('"') % 2:
            continue
        # A number with a name after it is that thing's own; so is what stands before it. But a
        # setting's reading is a figure.
        isReading = before.rstrip().endswith(".init(") and re.match(r"\s*,\s*\.", after)
        if NAMES.search(before[-60:]) and not isReading:
            continue
        # Ranges of belief.
        if re.match(r', "|\.\.', after) or re.search(r"\.\.[.<]$", before):
            continue
        # Visits of a matrix, bits, places in an array, patterns.
        if re.search(
            r"(at|onIndication): \[[\d, ]*$|(places|Self)\[$|\bcase (\w+ = )?[\d, ]*$", line):
            continue
        if before.endswith("0b"):
            continue
        yield match


def instrument(path, text, first):
    """Puts a call in the place of every figure; gives the new text and what was found."""
    places, result, last = [], "", 0
    for match in figures(text):
        places.append((path, text.count("\n", 0, match.start()) + 1, match.group(1)))
        number = first + len(places) - 1
        result += text[last : match.start()] + f"mutant({number}, {match.group(1)})"
        last = match.end()
    return result + text[last:], places


def chosen(options):
    """The files whose figures are changed."""
    if options.files:
        return [os.path.relpath(name) for name in options.files]
    return sorted(
        os.path.join(ROOT, folder, name)
        for folder in SUITES
        for name in os.listdir(os.path.join(ROOT, folder))
        if name.endswith(".swift") and "Elements" not in name and "Sources" not in name)


def prepare(work, options):
    """Copies the clinical core, with calls in the place of figures."""
    for name in ("Sources/Health", "Sources/Guidance", ROOT, "Tests/GuidanceTests"):
        shutil.copytree(name, f"{work}/{name}", dirs_exist_ok=True)
    open(f"{work}/Package.swift", "w").write(PACKAGE)
    places = []
    for path in chosen(options):
        text, found = instrument(path, open(path).read(), len(places))
        places += found
        open(f"{work}/{path}", "w").write(text)
    open(f"{work}/{ROOT}/Mutant.swift", "w").write(HELPER)
    return places


def tests(path):
    """The tests that are run for a file."""
    return SUITES.get(path[len(ROOT) + 1 :].split("/")[0], ".")


def try_all(work, places, options):
    products = f"{work}/.build/debug"
    bundle = next(
        os.path.join(products, name) for name in os.listdir(products) if name.endswith("Tests.xctest"))

    def passes(filter, change):
        command = [bundle, "--testing-library", "swift-testing", "--filter", filter]
        environment = dict(os.environ, MUTANT=change)
        try:
            run = subprocess.run(
                command, cwd=work, capture_output=True, env=environment, timeout=120)
        except subprocess.TimeoutExpired:
            return False
        return run.returncode == 0

    for filter in sorted({tests(path) for path, _, _ in places}):
        if not passes(filter, "-1,0"):
            print("the tests fail without any change:", filter)
            return 2
    end = time.time() + options.seconds
    tries = [(place, step) for place in range(len(places)) for step in (1, -1)]
    random.Random(options.seed).shuffle(tries)

    def survives(change):
        if time.time() > end:
            return None
        place, step = change
        path, line, number = places[place]
        if not passes(tests(path), f"{place},{step}"):
            return False
        print(f"{path}:{line}: {number} {step:+d} is noticed by no test", flush=True)
        return True

    with ThreadPoolExecutor(options.jobs) as pool:
        results = [result for result in pool.map(survives, tries) if result is not None]
    print(f"{len(results)} of {len(tries)} changes tried, {sum(results)} survive", flush=True)
    return 1 if any(results) else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--seconds", type=float, default=1e9, help="for how long changes are tried")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help="a folder that is kept")
    parser.add_argument("--list", action="store_true", help="only list the figures")
    options = parser.parse_args()
    if options.list:
        for path in chosen(options):
            for _, line, number in instrument(path, open(path).read(), 0)[1]:
                print(f"{path}:{line}: {number}")
        return 0
    work = options.work or tempfile.mkdtemp(prefix="mutate-")
    os.makedirs(work, exist_ok=True)
    try:
        places = prepare(work, options)
        build = subprocess.run(
            ["swift", "build", "--build-tests", "-j", str(options.jobs), "-Xswiftc", "-O"],
            cwd=work, capture_output=True, text=True)
        if build.returncode != 0:
            print(build.stdout[-4000:], build.stderr[-4000:])
            return 2
        print(f"{len(places)} figures, {2 * len(places)} changes", flush=True)
        return try_all(work, places, options)
    finally:
        if not options.work:
            shutil.rmtree(work)


if __name__ == "__main__":
    sys.exit(main())
