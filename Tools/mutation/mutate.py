#!/usr/bin/env python3
"""Changes every figure of the guidelines by its smallest step and reports what no test notices.

Usage: python3 Tools/mutation/mutate.py [FILE...] [--seconds N] [--jobs N] [--work FOLDER]
                                        [--again REPORT] [--list]

Without files all guidelines of SUITES are taken. The clinical core and its tests are copied into a
package of their own in a temporary folder; there every figure becomes a call that gives one more
or one less where the environment says so. So one build serves all changes. Each costs one run of
the tests of its folder, and where these pass one of all tests but the long walks and laws. They are
tried in a random order, that is the same each time; with --seconds only as many as fit. With --work
the folder is kept, and its build used again. With --again only the changes that a report of an
earlier run calls unnoticed are tried, as long as their lines did not move.

What can make no difference to anybody stands in equivalent.txt beside this script, each with its
reason. It is tried all the same: whoever notices it shows that the reason is wrong. The exit code is
1 where a change survives that does not stand there, or one that stands there is noticed, or a line
of that file fits no figure.
"""

import argparse
import collections
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
EQUIVALENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "equivalent.txt")
# The tests of each folder of guidelines, or of one file, which are run first.
SUITES = {
    "Pregnancy": "CareMatrix|VisitCompleteness|Preeclampsia|PregnancyNutrition|PregnancyLaboratory"
    "|PoedjiRochjati|AntenatalContact|AfterBirth|Edge|Window",
    "AfterBirth": "AfterBirth|CareMatrix|Edge|Window",
    "Newborn": "Newborn|VisitCompleteness|Edge|Window",
    "ChildHealth": "ChildHealth|GrowthFollowUp|GrowthObservation|Edge|Window",
    "ChildDevelopment": "Development|Screening|Edge|Window",
    "SickChild": "SickChild(?!Law)|YoungInfant|FeverTable|FollowUp|ChildNutrition"
    "|ChildTuberculosis",
    "Immunization": "ImmunizationTests",
    "Forms/Plausibility.swift": "Plausibility",
}
# What takes long and sees little that the tables of the guidelines do not: walks through random
# lives, and the moving of every figure of the schedule within the tests themselves.
LONG = "Law|Walk|ImmunizationTests.MutationTests"
FIGURE = re.compile(r"(?:(?<![\w.\"#$])|(?<=\.\.\.)|(?<=\.\.<))(\d[\d_]*)(?![\w\"]|\.\d)")
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
    .target(
      name: "Samples", dependencies: ["Health"], path: "Tests/Samples", swiftSettings: settings),
    .testTarget(
      name: "GuidanceTests", dependencies: ["Samples", "Health", "Guidance", "Programmes"],
      swiftSettings: settings),
    .testTarget(
      name: "ImmunizationTests", dependencies: ["Health", "Guidance", "Programmes"],
      path: "Tests/ProgrammesTests/Immunization", swiftSettings: settings),
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


# A figure: its file, line and number, the text of the line and the one before it, and where in that
# text the figure stands.
Place = collections.namedtuple("Place", "path line figure text column")


def figures(text):
    """The numbers of a file that are thresholds, ages, counts, choices, doses or readings."""
    for match in FIGURE.finditer(text):
        before, after = text[: match.start()], text[match.end() : match.end() + 60]
        line = before.rsplit("\n", 1)[-1]
        # Units that are reckoned in fractions are no thresholds.
        if "//" in line or "item_" in line or "Double" in line or line.count('"') % 2:
            continue
        # A number with a name after it is that thing's own; so is what stands before it. But a
        # setting's reading is a figure.
        isReading = before.rstrip().endswith(".init(") and re.match(r"\s*,\s*\.", after)
        if NAMES.search(before[-60:]) and not isReading:
            continue
        # What can be entered at all; but those of the immunisation card are its months, and what is
        # believed without a question is a figure.
        isRange = re.match(r"\.\.", after) or re.search(r"\.\.[.<]$", before)
        isMonth = re.search(r"(ideal|allowed|catchUp): [\d.]*$", before[-24:])
        isUsual = ".usual(" in line
        if re.match(r', "', after) or (isRange and not isMonth and not isUsual):
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
        line = text.count("\n", 0, match.start())
        before = " ".join(text[: match.start()].splitlines()[max(line - 1, 0) :])
        before = re.sub(r"\s+", " ", before)
        after = text[match.start() :].split("\n", 1)[0]
        places.append(Place(path, line + 1, match.group(1), before + after, len(before)))
        number = first + len(places) - 1
        result += text[last : match.start()] + f"mutant({number}, {match.group(1)})"
        last = match.end()
    return result + text[last:], places


def chosen(options):
    """The files whose figures are changed."""
    if options.files:
        return [os.path.relpath(name) for name in options.files]
    found = []
    for name in SUITES:
        path = os.path.join(ROOT, name)
        found += [path] if os.path.isfile(path) else [
            os.path.join(path, file) for file in os.listdir(path)
            if file.endswith(".swift") and "Elements" not in file and "Sources" not in file]
    return sorted(found)


def prepare(work, options):
    """Copies the clinical core, with calls in the place of figures."""
    for name in ("Sources/Health", "Sources/Guidance", ROOT, "Tests/GuidanceTests",
                 "Tests/ProgrammesTests/Immunization", "Tests/Samples", "Tests/Fixtures/antenatal"):
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
    """The tests that are run first for a file."""
    name = path[len(ROOT) + 1 :]
    return SUITES.get(name) or SUITES.get(name.split("/")[0], ".")


class Equivalent:
    """The changes that can make no difference: file | part of the line, which may begin in the line
    before | figure | step | reason."""

    def __init__(self):
        self.rows = []
        for number, line in enumerate(open(EQUIVALENT), 1):
            if line.strip() and not line.startswith("#"):
                row = [part.strip() for part in line.split(" | ")]
                if len(row) != 5 or row[3] not in ("+1", "-1", "±1") or not row[4]:
                    sys.exit(f"{EQUIVALENT}:{number}: file | part of the line | figure | step | reason")
                self.rows.append(row)

    @staticmethod
    def fits(row, place):
        """Whether a row speaks of a figure: it stands in the part of the line that the row names."""
        file, part, figure = row[:3]
        start = place.text.find(part)
        return (
            place.path.endswith(file) and place.figure == figure and start >= 0
            and start <= place.column < start + len(part))

    def holds(self, place, step):
        return any(row[3] in (f"{step:+d}", "±1") and self.fits(row, place) for row in self.rows)

    def unused(self, places):
        """The rows that fit no figure of these files."""
        return [
            " | ".join(row) for row in self.rows
            if any(place.path.endswith(row[0]) for place in places)
            and not any(self.fits(row, place) for place in places)]


def again(report, places):
    """The changes that a report calls unnoticed."""
    wanted = set()
    for line in open(report):
        match = re.match(r"(\S+):(\d+): (\S+) ([+-]1) is noticed by no test", line)
        if match:
            wanted.add((match[1], int(match[2]), match[3], int(match[4])))
    return [
        (number, step) for number, place in enumerate(places) for step in (1, -1)
        if (place.path, place.line, place.figure, step) in wanted]


def try_all(work, places, options):
    products = f"{work}/.build/debug"
    bundle = next(
        os.path.join(products, name) for name in os.listdir(products) if name.endswith("Tests.xctest"))

    def passes(choice, change):
        command = [bundle, "--testing-library", "swift-testing", *choice]
        environment = dict(os.environ, MUTANT=change)
        try:
            run = subprocess.run(
                command, cwd=work, capture_output=True, env=environment, timeout=120)
        except subprocess.TimeoutExpired:
            return False
        return run.returncode == 0

    def own(path):
        return ["--filter", tests(path), "--skip", LONG]

    everything = ["--skip", LONG]
    for choice in [own(path) for path in sorted({place.path for place in places})] + [everything]:
        if not passes(choice, "-1,0"):
            print("the tests fail without any change:", *choice)
            return 2
    equivalent = Equivalent()
    unused = equivalent.unused(places)
    for row in unused:
        print(f"{EQUIVALENT}: fits no figure: {row}", flush=True)
    end = time.time() + options.seconds
    tries = [(place, step) for place in range(len(places)) for step in (1, -1)]
    if options.again:
        tries = again(options.again, places)
    random.Random(options.seed).shuffle(tries)

    def outcome(change):
        """What became of a change; nothing where there was no time left."""
        if time.time() > end:
            return None
        place, step = change
        path, line, figure, text, _ = places[place]
        isNoticed = not all(passes(choice, f"{place},{step}") for choice in (own(path), everything))
        isEquivalent = equivalent.holds(places[place], step)
        if isNoticed and isEquivalent:
            print(f"{path}:{line}: {figure} {step:+d} is noticed, but called equivalent", flush=True)
            return "wrong"
        if not isNoticed and not isEquivalent:
            print(f"{path}:{line}: {figure} {step:+d} is noticed by no test: …{text[-70:]}", flush=True)
            return "survives"
        return "noticed" if isNoticed else "equivalent"

    with ThreadPoolExecutor(options.jobs) as pool:
        results = [result for result in pool.map(outcome, tries) if result]
    count = {name: results.count(name) for name in ("noticed", "equivalent", "survives", "wrong")}
    print(
        f"{len(results)} of {len(tries)} changes tried: {count['noticed']} noticed, "
        f"{count['equivalent']} equivalent, {count['survives']} survive, "
        f"{count['wrong']} wrongly called equivalent", flush=True)
    return 1 if count["survives"] or count["wrong"] or unused else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--seconds", type=float, default=1e9, help="for how long changes are tried")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help="a folder that is kept")
    parser.add_argument("--again", help="a report: only its unnoticed changes are tried")
    parser.add_argument("--list", action="store_true", help="only list the figures")
    options = parser.parse_args()
    if options.list:
        for path in chosen(options):
            for place in instrument(path, open(path).read(), 0)[1]:
                print(f"{path}:{place.line}: {place.figure}")
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
