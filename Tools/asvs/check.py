#!/usr/bin/env python3
"""Checks docs/security-asvs.md, so that it cannot say what is no longer so.

    check.py            check the table of this repository
    check.py --control  also show that each kind of mistake is noticed

ids.txt beside this file has the numbers of OWASP ASVS 5.0.0 of levels 1 and 2, each with its level.
A mistake is a number that is missing, there twice, unknown or of another level; a state that does
not exist; "met" without a test, "by reading" without a file; a file or test that is named and not
there, here or in docs/security.md; numbers at the top or a list of what is not met that do not fit
the lines. Exit code 1 says that there is one.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = ROOT / "docs" / "security-asvs.md"
OVERVIEW = ROOT / "docs" / "security.md"

STATES = ("met", "by reading", "deployment", "in work", "not applicable", "NOT MET")
ROW = re.compile(r"^\| v5\.0\.0-(\d+\.\d+\.\d+) \| (\d) \|(.*)\|$")
NOT_MET = re.compile(r"^\| v5\.0\.0-(\d+\.\d+\.\d+) \| (?!\d \|)")
COUNT = re.compile(r"^\| ([A-Za-z ]+) \| (\d+) \|")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
TYPE = re.compile(r"^(?:@Suite(?:\(.*?\))? )?(?:struct|final class|class|actor|enum|extension) (\w+)")
TEST = re.compile(r"^(?:(\w+)/)?(\w+Tests)\.(\w+)$")
CHECK = re.compile(r"^(Tests/[\w/]+\.py):(\w+)$")
FOLDERS = ("Sources", "Tests", "Tools", "docs")


def swift_tests(root):
    """Every test as (target, suite, function)."""
    tests = set()
    for path in sorted((root / "Tests").rglob("*.swift")):
        target = path.relative_to(root / "Tests").parts[0]
        suite, is_test = None, False
        for line in path.read_text(encoding="utf-8").splitlines():
            found = TYPE.match(line)
            if found:
                suite, is_test = found.group(1), False
            if line.strip().startswith("@Test"):
                is_test = True
            found = re.search(r"\bfunc (\w+)", line)
            if found and is_test:
                tests.add((target, suite, found.group(1)))
                is_test = False
    return tests


def problem_with(name, root, tests):
    """What is wrong with something named in backticks; nothing where it is there or is no name of ours."""
    found = CHECK.match(name)
    if found:
        file = root / found.group(1)
        if not file.is_file():
            return "there is no such file"
        if not re.search(rf"^@check\(.*\)\ndef {found.group(2)}\(", file.read_text(encoding="utf-8"), re.M):
            return "there is no such check"
        return None
    found = TEST.match(name)
    if found:
        target, suite, function = found.groups()
        places = {t for t, s, f in tests if s == suite and f == function and target in (None, t)}
        if not places:
            return "there is no such test"
        if target is None and len({t for t, s, _ in tests if s == suite}) > 1:
            return "several targets have a suite of that name"
        return None
    folder, slash, _ = name.partition("/")
    if slash and folder and (folder in FOLDERS or (root / "Sources" / folder).is_dir()):
        if not any((base / name).exists() for base in (root, root / "Sources")):
            return "there is no such file"
    return None


def names_gone(text, root, tests):
    """Files, tests and documents that are named and not there."""
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        for name in re.findall(r"`([^`]+)`", line):
            problem = problem_with(name, root, tests)
            if problem:
                wrong.append(f"line {number}: {name}: {problem}")
        for link in LINK.findall(line):
            if "://" not in link and not (root / "docs" / link).exists():
                wrong.append(f"line {number}: {link}: there is no such document")
    return wrong


def problems(text, root, tests, levels):
    """All mistakes of the table, each in a sentence."""
    wrong, seen, states, counts, listed = names_gone(text, root, tests), [], {}, {}, []
    for number, line in enumerate(text.splitlines(), 1):
        row = ROW.match(line)
        if row:
            id, level, rest = row.groups()
            cells = [cell.strip() for cell in rest.split("|")]
            if len(cells) != 4:
                wrong.append(f"line {number}: {id} has {len(cells) + 2} cells and not 6")
                continue
            seen.append(id)
            asked, state, where, shown = cells
            states[id] = state
            if levels.get(id) != level:
                wrong.append(f"line {number}: {id} is not of level {level}")
            if state not in STATES:
                wrong.append(f"line {number}: {id}: {state!r} is no state")
            names = re.findall(r"`([^`]+)`", shown)
            if state == "met" and not any(TEST.match(name) or CHECK.match(name) for name in names):
                wrong.append(f"line {number}: {id} is met, and no test is named")
            links = LINK.findall(where)
            if state == "by reading" and not links and not any("/" in n for n in re.findall(r"`([^`]+)`", where)):
                wrong.append(f"line {number}: {id} is so by reading, and nothing to read is named")
            if not asked or not where:
                wrong.append(f"line {number}: {id} does not say what is asked, or where")
        elif NOT_MET.match(line):
            listed.append(NOT_MET.match(line).group(1))
        elif COUNT.match(line) and COUNT.match(line).group(1) in STATES:
            counts[COUNT.match(line).group(1)] = int(COUNT.match(line).group(2))
    for id in levels:
        if seen.count(id) != 1:
            wrong.append(f"{id} is there {seen.count(id)} times")
    wrong += [f"{id} is no number of the standard" for id in seen if id not in levels]
    for state in STATES:
        number = list(states.values()).count(state)
        if counts.get(state) != number:
            wrong.append(f"at the top {counts.get(state)} lines are {state!r}; there are {number}")
    not_met = [id for id in seen if states.get(id) == "NOT MET"]
    if sorted(listed) != sorted(not_met):
        wrong.append(f"the list of what is not met and the lines differ: {sorted(set(listed) ^ set(not_met))}")
    return wrong


def control(text, root, tests, levels):
    """Mistakes that must be noticed; those that are not."""
    rows = [line for line in text.splitlines() if ROW.match(line)]
    met = next(line for line in rows if "| met |" in line)
    reading = next(line for line in rows if "| by reading |" in line)
    changes = {
        "a line is missing": lambda t: t.replace(met + "\n", "", 1),
        "a line is there twice": lambda t: t.replace(met, met + "\n" + met, 1),
        "another level": lambda t: t.replace("| v5.0.0-1.2.1 | 1 |", "| v5.0.0-1.2.1 | 2 |", 1),
        "an unknown number": lambda t: t.replace("v5.0.0-1.2.1 |", "v5.0.0-1.2.99 |", 1),
        "no such state": lambda t: t.replace("| met |", "| nearly |", 1),
        "met without a test": lambda t: t.replace(met, met.rsplit("|", 2)[0] + "| |", 1),
        "nothing to read": lambda t: t.replace(reading, re.sub(r"`[^`]*`", "it", re.sub(r"\]\(.*?\)", "]", reading)), 1),
        "a file that is gone": lambda t: t.replace("Web/Server/Doors.swift", "Web/Server/Windows.swift", 1),
        "a test that is gone": lambda t: t.replace("RouteTests.answers", "RouteTests.replies", 1),
        "a suite of several targets": lambda t: t.replace("WebTests/SignInTests.", "SignInTests.", 1),
        "a check that is gone": lambda t: t.replace("run.py:policy", "run.py:policies", 1),
        "a document that is gone": lambda t: t.replace("decisions/0025-", "decisions/0925-", 1),
        "another count": lambda t: re.sub(r"^\| met \| \d+ \|", "| met | 1 |", t, count=1, flags=re.M),
        "a list that is not whole": lambda t: re.sub(r"^\| v5\.0\.0-16\.4\.3 \| (?!\d).*\n", "", t, count=1, flags=re.M),
    }
    unseen = []
    for name, change in changes.items():
        changed = change(text)
        if changed == text or not problems(changed, root, tests, levels):
            unseen.append(name)
    return unseen


def main():
    levels = {}
    for line in (HERE / "ids.txt").read_text(encoding="utf-8").splitlines():
        id, level = line.split()
        levels[id] = level.removeprefix("L")
    text = TABLE.read_text(encoding="utf-8")
    tests = swift_tests(ROOT)
    wrong = [f"{TABLE.name}: {sentence}" for sentence in problems(text, ROOT, tests, levels)]
    overview = OVERVIEW.read_text(encoding="utf-8")
    wrong += [f"{OVERVIEW.name}: {sentence}" for sentence in names_gone(overview, ROOT, tests)]
    if "--control" in sys.argv[1:] and not wrong:
        wrong = [f"not noticed: {name}" for name in control(text, ROOT, tests, levels)]
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if not wrong:
        print(f"{len(levels)} requirements, {len(tests)} tests known: the table holds")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
