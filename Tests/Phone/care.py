"""Care on the phone against the program: the same people, asked by both, answered to the byte.

    care.py --binary PATH --wasm PATH [--people 20000] [--rounds 2] [--everybody] [--asked FILE]

A synthetic population of 20,000 comes from `phone-people`. In every round each person is asked on
one of several days, in turn, so that as many rounds as there are days ask everybody on all of them;
every other round is under settings drawn by chance, and asks only those with much to tell unless
`--everybody` is given. `--asked` names what the tests of the guidelines asked about, as they keep it
where SIKILAP_ASKED_RECORDS says; one in `--asked-share` is asked here. Damaged timelines, and days that no fact may
carry, must be refused by both or answered alike, and trap neither.
"""
import argparse, concurrent.futures, gzip, os, random, subprocess, sys, tempfile

import timelines

HERE = os.path.dirname(os.path.abspath(__file__))
CORE = os.path.join(HERE, "..", "..", "Sources", "Web", "Assets", "core.js")
# 2025-12-31, the population's last day; the summer and the year before; a year and two later.
DAYS = [20453, 20254, 19936, 20818, 21199]
# Beyond what facts may carry, and the ends of it.
ODD_DAYS = [200_001, -100_001, 2**31 - 1, -2**31, 200_000, -100_000, 0]
KINDS = ("plan", "questions", "vaccinations")
WASM_LIMIT = 220_000
passed = failed = 0


def check(good, text, detail=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(("pass  " if good else "FAIL  ") + text + ("" if good or not detail else f": {detail}"), flush=True)
    return bool(good)


class Sides:
    """The program and the core in node, asked the same at the same time."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *argv):
        result = subprocess.run(argv, capture_output=True, text=True)
        return "" if result.returncode == 0 else (result.stderr or result.stdout).strip()[-900:] or f"code {result.returncode}"

    def program(self, *argv):
        problem = self.run(self.options.binary, *argv)
        check(not problem, f"the program does {argv[0]}", problem)

    def ask(self, name, days, settings=None, matters=255):
        """The answers of both, to whoever may know of these sensitive matters; nothing where one of them failed."""
        here, there = self.path(name + ".native"), self.path(name + ".phone")
        chosen = ["--settings", self.path(settings)] if settings else []
        asked = [f"--day={day}" for day in days] or ["--dated"]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            native = pool.submit(self.run, self.options.binary, "phone-answers", self.path(name), here, f"--matters={matters}", *chosen, *asked)
            phone = pool.submit(self.run, "node", os.path.join(HERE, "care.mjs"), self.options.wasm, self.options.core,
                                self.path(name), there, self.path(settings) if settings else "-", str(matters), *(map(str, days) if days else ["dated"]))
            problems = [native.result(), phone.result()]
        if not check(not any(problems), f"program and core answer about {name}", problems):
            return None, None
        return timelines.read_frames(here), timelines.read_frames(there)

    def compare(self, text, name, days, settings=None, matters=255):
        ours, theirs = self.ask(name, days, settings, matters)
        if ours is None:
            return []
        different = [n for n, (a, b) in enumerate(zip(ours, theirs)) if a != b]
        detail = f"{len(ours)} and {len(theirs)} answers"
        if different:
            n = different[0]
            kind = KINDS[(n - 1) % 3] if n else "forms"
            detail = f"{len(different)} differ, first {kind} of person {(n - 1) // 3}: {ours[n].hex()} {theirs[n].hex()}"
        check(ours and len(ours) == len(theirs) and not different, f"{text}: {len(ours)} answers equal to the byte", detail)
        return ours


def districts_settings(sides, rng, seed):
    """Settings drawn by chance, those of growth too."""
    name = f"settings-{seed}"
    sides.program("phone-settings", sides.path(name), "--seed", str(seed))
    packed = open(sides.path(name), "rb").read()
    assert packed[:3] == b"SD\x01" and packed[3] < 0x80
    growth = timelines.settings(timelines.random_settings(rng))
    with open(sides.path(name), "wb") as out:
        out.write(packed[:3] + timelines.unsigned(len(growth)) + growth + packed[4 + packed[3]:])
    return name


def rounds(sides, rng, people):
    before = None
    for number in range(sides.options.rounds):
        turn = number % len(DAYS)
        days = DAYS[turn:] + DAYS[:turn]
        settings = districts_settings(sides, rng, number) if number % 2 else None
        name = "people" if not settings or sides.options.everybody else "busy"
        answers = sides.compare(f"round {number}, {'other settings' if settings else 'defaults'}", name, days, settings)
        if not answers:
            continue
        check(len(answers) == 1 + 3 * people[name] and all(answers), f"round {number}: nobody is refused")
        # Far more than empty answers: plans and questions of thousands, vaccinations of all children.
        sizes = [sum(1 for answer in answers[1 + kind::3] if len(answer) > least) for kind, least in enumerate((30, 12, 250))]
        check(min(sizes) > people["people"] // 20, f"round {number}: {sizes} plans, forms and cards have something to say")
        before = before or answers
    if sides.options.rounds > 1 and before:
        settings = districts_settings(sides, rng, 99)
        other, _ = sides.ask("some", DAYS[:1], settings)
        usual, _ = sides.ask("some", DAYS[:1])
        if other and usual:
            hidden = sides.compare("told to whoever may know of no sensitive matter", "some", DAYS[:1], None, 0)
            less = sum(len(a) > len(b) for a, b in zip(usual[1::3], hidden[1::3]))
            check(less > 0, f"{less} plans tell less of it")
            changed = [sum(a != b for a, b in zip(usual[1 + kind::3], other[1 + kind::3])) for kind in range(3)]
            check(changed[0] > 10 and changed[2] > 10, f"settings change {changed} plans, questions and vaccinations")


def asked(sides, rng):
    """What the tests of the guidelines asked about, each on its day."""
    cases = timelines.read_frames(sides.options.asked)
    share = sides.options.asked_share
    chosen = cases[rng.randrange(share)::share]
    timelines.write_frames(sides.path("asked"), chosen)
    check(len(cases) > 20_000, f"{len(chosen)} of {len(cases)} cases of the guidelines' tests are asked")
    answers = sides.compare("cases of the guidelines' tests", "asked", [])
    check(answers and all(answers), "none of them is refused")


def broken(sides, rng, sound):
    damaged = [timelines.damaged(rng, sound) for _ in range(sides.options.damaged)]
    damaged += [timelines.extreme(rng) for _ in range(sides.options.damaged // 4)] + [b"", b"S", b"ST\x02", b"XX\x01"]
    timelines.write_frames(sides.path("damaged"), damaged)
    answers = sides.compare("damaged timelines", "damaged", DAYS)
    refused = sum(1 for answer in answers if not answer)
    check(0 < refused < len(answers) - 1, f"{refused} answers about {len(damaged)} damaged timelines are refused")
    timelines.write_frames(sides.path("odd"), rng.sample(sound, 7 * 20))
    answers = sides.compare("days that no fact may carry", "odd", ODD_DAYS)
    refused = [turn for turn in range(7) if not any(any(answers[1 + 3 * n:4 + 3 * n]) for n in range(turn, 140, 7))]
    check(refused == [0, 1, 2, 3], "a day that no fact may carry is refused, and no other", refused)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--wasm", required=True)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--everybody", action="store_true")
    parser.add_argument("--asked")
    parser.add_argument("--asked-share", type=int, default=6)
    parser.add_argument("--damaged", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--core", default=CORE, help="the page's core.js")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with open(options.wasm, "rb") as wasm:
        size = len(gzip.compress(wasm.read(), 9))
    check(size < WASM_LIMIT, f"the core with guidelines and forms takes {size} bytes after gzip")
    with tempfile.TemporaryDirectory(prefix="phone-care-") as folder:
        sides = Sides(options, folder)
        sides.program("phone-people", sides.path("people"), "--people", str(options.people))
        people = timelines.read_frames(sides.path("people"))
        check(len(people) >= options.people, f"{len(people)} people are there")
        # Those with much to tell: children and mothers.
        busy = [timeline for timeline in people if len(timeline) > 500]
        timelines.write_frames(sides.path("busy"), busy)
        timelines.write_frames(sides.path("some"), rng.sample(busy, min(400, len(busy))))
        rounds(sides, rng, {"people": len(people), "busy": len(busy)})
        if options.asked:
            asked(sides, rng)
        broken(sides, rng, busy)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
