#!/usr/bin/env python3
"""The phone's core gives what the server gives, and both give what WHO's package gives.

    run.py --binary PATH --wasm PATH

The same packed timelines go through the program's own build (`phone-answers`), through the
WebAssembly file in node and in Chromium; the answers must be equal to the byte. They are then
decoded here and compared with the expected columns of the fixture. Damaged timelines must be
refused by both or answered alike, and trap neither.
"""
import argparse, base64, os, random, subprocess, sys, tempfile

import answers, timelines

HERE = os.path.dirname(os.path.abspath(__file__))
CORE = os.path.join(HERE, "..", "..", "Sources", "Web", "Assets", "core.js")
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]
passed = failed = 0


def check(good, text, detail=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(("pass  " if good else "FAIL  ") + text + ("" if good or not detail else f": {detail}"), flush=True)
    return bool(good)


def same(name, ours, theirs):
    different = [n for n, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    detail = f"{len(ours)} and {len(theirs)} answers"
    if different:
        n = different[0]
        detail = f"{len(different)} differ, first {n}: {ours[n].hex()[:200]} and {theirs[n].hex()[:200]}"
    check(len(ours) == len(theirs) and not different, f"{name}: {len(ours)} answers equal to the byte", detail)


def fixture(decoded):
    """Compares the answers for the fixture's rows with its expected columns."""
    rows = timelines.fixture_rows()
    wrong = {name: [] for name in ("z", "flag", "empty", "length", "bmi", "age", "rounding")}
    compared = 0
    for row, (measurements, _) in zip(rows, decoded):
        if len(measurements) != 1:
            wrong["empty"].append((row["id"], "measurements", len(measurements)))
            continue
        m = measurements[0]
        if m["age"] != int(row["age"]):
            wrong["age"].append((row["id"], m["age"]))
        for index in ("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"):
            expected, score = row[index], m["scores"].get(index)
            if (expected == "") != (score is None):
                wrong["empty"].append((row["id"], index, expected, score))
                continue
            if score is None:
                continue
            compared += 1
            hundredths, exact, flagged = score
            if abs(hundredths - round(float(expected) * 100)) > 1:
                wrong["z"].append((row["id"], index, expected, hundredths))
            if flagged != (row["f" + index[1:]] == "1"):
                wrong["flag"].append((row["id"], index, expected, flagged))
            if abs(exact * 100 - hundredths) > 0.5 + 1e-6:
                wrong["rounding"].append((row["id"], index, exact, hundredths))
        for column, key, slack in (("clenhei", "length", 1e-6), ("cbmi", "bmi", 1e-6)):
            expected, value = row[column], m[key]
            # Our answer may hold what WHO leaves empty; it must not miss or change what WHO gives.
            if expected and (value is None or abs(value - float(expected)) > slack):
                wrong[key].append((row["id"], column, expected, value))
    texts = {"z": f"{compared} z-scores differ from the fixture by no more than 0.01",
             "flag": "every implausible z-score is flagged, and no other", "empty": "every empty cell is empty",
             "length": "every corrected length agrees", "bmi": "every body mass index agrees",
             "age": "every age agrees", "rounding": "every rounded z-score belongs to its exact one"}
    for key, text in texts.items():
        check(not wrong[key], text, f"{len(wrong[key])} do not, first {wrong[key][:3]}")
    check(len(decoded) == len(rows) and compared > 15_000, f"all {len(rows)} rows were compared")


def many(decoded, standing):
    wrong = [n for n, ((measurements, _), ids) in enumerate(zip(decoded, standing))
             if {m["fact"] for m in measurements} != ids]
    check(decoded and not wrong, f"of {len(standing)} children with corrections and withdrawals the right measurements stand",
          f"not of {len(wrong)}, first {wrong[:3]}")
    wrong = [n for n, (measurements, months) in enumerate(decoded)
             if any(m["measurement"] >= len(measurements) for m in months)
             or len({m["month"] for m in months}) != len(months)]
    check(not wrong, "each weighing month comes once and names a measurement", wrong[:3])


def different(options, path, native, phone, rng, by_default):
    """Under other settings both give other answers, and the same ones."""
    for number in range(4):
        values = timelines.random_settings(rng)
        if number == 0:  # one setting alone: LiLA below 14 cm counts as gizi kurang
            values = {6: [1400]}
        with open(path("settings"), "wb") as out:
            out.write(timelines.settings(values))
        here, there = native("sound", path("settings")), phone("sound", path("settings"))
        if here is not None:
            same(f"program and node under settings {number}", here, there)
        changed = sum(1 for a, b in zip(by_default, there) if a != b)
        check(changed > 100, f"settings {number} change {changed} answers")
        if number == 0:
            wrong = 0
            for before, after in zip(by_default, there):
                for old, new in zip(answers.decode(before)[0], answers.decode(after)[0]):
                    # Only what was normal may have become gizi kurang.
                    if old["statuses"]["muac"] != new["statuses"]["muac"]:
                        wrong += (old["statuses"]["muac"], new["statuses"]["muac"]) != (3, 2)
                    wrong += {**old, "statuses": 0} != {**new, "statuses": 0}
            check(wrong == 0, "a single setting changes its own answer only", f"{wrong} measurements")
    with open(path("settings"), "wb") as out:
        out.write(b"")
    same("no settings and the defaults", by_default, phone("sound", path("settings")))


def in_chromium(wasm, core, sample):
    """The answers to a sample of timelines in Chromium, on a page with the server's own policy."""
    from playwright.sync_api import sync_playwright
    page_text = """<!doctype html><title>core</title><script type="module" src="/test.js"></script>"""
    script = """import { startCore } from "/core.js";
      const core = await startCore(await (await fetch("/core.wasm")).arrayBuffer());
      window.answerAll = (list) => list.map((text) => {
        const timeline = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        try {
          let letters = "";
          for (const byte of core.growth(timeline)) letters += String.fromCharCode(byte);
          return btoa(letters);
        } catch (reason) {
          return reason instanceof WebAssembly.RuntimeError ? "trap" : "";
        }
      });
      document.title = "ready";"""
    policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'"
    files = {"/": ("text/html", page_text), "/test.js": ("text/javascript", script),
             "/core.js": ("text/javascript", open(core).read()), "/core.wasm": ("application/wasm", open(wasm, "rb").read())}

    def serve(route):
        path = "/" + route.request.url.split("/", 3)[3]
        if path not in files:
            route.fulfill(status=404)
            return
        kind, body = files[path]
        route.fulfill(status=200, content_type=kind, headers={"Content-Security-Policy": policy}, body=body)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=CHROMIUM)
        page = browser.new_page()
        page.route("**/*", serve)
        page.goto("http://127.0.0.1:9/")
        for _ in range(200):
            if page.title() == "ready":
                break
            page.wait_for_timeout(50)
        result = page.evaluate("list => window.answerAll(list)", [base64.b64encode(t).decode() for t in sample])
        browser.close()
    return [b"trap" if text == "trap" else base64.b64decode(text) for text in result]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--wasm", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=1000, help="children with many visits")
    parser.add_argument("--damaged", type=int, default=2000)
    parser.add_argument("--core", default=CORE, help="the page's core.js")
    parser.add_argument("--without-browser", action="store_true")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    rows = [timelines.of_row(row) for row in timelines.fixture_rows()]
    visits = [timelines.many_visits(rng) for _ in range(options.children)]
    sound = rows + [data for data, _ in visits] + [timelines.HEAD]
    broken = [timelines.damaged(rng, sound) for _ in range(options.damaged)]
    broken += [timelines.extreme(rng) for _ in range(options.damaged // 4)] + [b"", b"S", b"ST", b"ST\x02", b"XX\x01"]

    with tempfile.TemporaryDirectory(prefix="phone-") as folder:
        def path(name):
            return os.path.join(folder, name)
        timelines.write_frames(path("sound"), sound)
        timelines.write_frames(path("broken"), broken)

        def phone(name, *settings):
            result = subprocess.run(["node", os.path.join(HERE, "phone.mjs"), options.wasm, options.core, path(name),
                                     path(name + ".phone"), *settings], capture_output=True, text=True)
            good = check(result.returncode == 0, f"the core in node answers all {name} timelines", result.stderr.strip()[:900])
            return timelines.read_frames(path(name + ".phone")) if good or result.returncode == 3 else []

        def native(name, *settings):
            chosen = ["--settings", *settings] if settings else []
            result = subprocess.run([options.binary, "phone-answers", path(name), path(name + ".native"), *chosen],
                                    capture_output=True, text=True)
            good = check(result.returncode == 0, f"the program answers all {name} timelines (phone-answers)",
                         (result.stderr or result.stdout).strip()[-400:])
            return timelines.read_frames(path(name + ".native")) if good else None

        on_phone, damaged_on_phone = phone("sound"), phone("broken")
        here, damaged_here = native("sound"), native("broken")
        if here is not None:
            same("program and node", here, on_phone)
        if damaged_here is not None:
            same("program and node, damaged timelines", damaged_here, damaged_on_phone)
        refused = sum(1 for answer in damaged_on_phone if not answer)
        check(len(damaged_on_phone) == len(broken) and 0 < refused < len(broken),
              f"{refused} of {len(broken)} damaged timelines are refused, the rest answered")

        decoded, unreadable = [], []
        for n, answer in enumerate(on_phone):
            try:
                decoded.append(answers.decode(answer))
            except ValueError as problem:
                decoded.append(([], []))
                unreadable.append(f"answer {n}: {problem}")
        check(len(decoded) == len(sound) and not unreadable, f"{len(decoded)} answers are in the packed form",
              f"{len(unreadable)} are not, first {unreadable[:3]}")
        fixture(decoded[:len(rows)])
        many(decoded[len(rows):len(rows) + len(visits)], [ids for _, ids in visits])

        different(options, path, native, phone, rng, on_phone)

        if not options.without_browser:
            for name, items, ours, count in (("node and Chromium", sound, on_phone, 1500),
                                             ("node and Chromium, damaged timelines", broken, damaged_on_phone, 500)):
                chosen = rng.sample(range(len(items)), min(count, len(items)))
                result = in_chromium(options.wasm, options.core, [items[n] for n in chosen])
                same(name, [ours[n] if n < len(ours) else b"missing" for n in chosen], result)

    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
