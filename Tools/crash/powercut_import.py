#!/usr/bin/env python3
"""Cuts the power during an import, many times, with the shim in ../power-cut.

After every cut the image (each file as of its last sync) is opened as the
database: each acknowledged row must be there, none twice, `verify` content, and
the import must run to completion from it. Then the controls: the same with
synchronous=NORMAL, and with a disk that lies about syncs. They must lose
acknowledged rows, else this driver would not notice a loss and fails.
"""
import os, shutil, subprocess, sys

import common

# How the binary is told to run without full durability. Test builds only.
CONTROLS = {
    "normal": {"SIKILAP_TEST_SYNCHRONOUS": "NORMAL"},
    "lie": {"POWERCUT_LIE": "1"},
}


def main():
    parser = common.arguments(__doc__)
    parser.add_argument("--synchronous", choices=("both", "full", "normal"), default="both",
                        help="full: no control with NORMAL; normal: only that control")
    parser.add_argument("--normal-env", default="", metavar="NAME=VALUE", help="another way to ask for NORMAL")
    parser.add_argument("--shim", default=common.SHIM)
    options = parser.parse_args()
    if options.normal_env:
        CONTROLS["normal"] = dict([options.normal_env.split("=", 1)])
    if not os.path.exists(options.shim):
        sys.exit("build the shim first: make -C ../power-cut")
    work = common.Work(options)

    def run(env):
        """(output, exit code, errors, image) of one import under the shim."""
        database = work.fresh("live")
        image = os.path.join(work.base, "image")
        shutil.rmtree(image, ignore_errors=True)
        if os.path.exists(image + ".cut"):
            os.remove(image + ".cut")
        settings = dict(os.environ, LD_PRELOAD=os.path.abspath(options.shim), POWERCUT_DIR=os.path.dirname(database),
                        POWERCUT_SHADOW=image, POWERCUT_NOSYNC="1", **env)
        result = subprocess.run(work.argv("import", database), env=settings, capture_output=True, timeout=options.timeout)
        return result, image

    def counts(env):
        result, image = run(env)
        if result.returncode != 0:
            sys.exit(f"the import under the shim ended with {result.returncode}: {common.tail(result)}")
        words = open(image + ".stats").read().split()
        syncs, writes = int(words[1]), int(words[3])
        if writes < 5:
            sys.exit("the shim saw no writes: does the binary load libsqlite3 dynamically?")
        return syncs, writes

    def series(name, env, runs, control):
        syncs, writes = counts({k: v for k, v in env.items() if k != "POWERCUT_LIE"})
        cuts = acked = lost_rows = losing = tried = 0
        while cuts < runs and tried < runs * 3:
            tried += 1
            kind = cuts % 3
            if kind == 0 and syncs > 0:
                where = {"POWERCUT_AFTER": str(work.rng.randint(1, syncs)), "POWERCUT_WHEN": work.rng.choice(("before", "after"))}
            else:
                where = {"POWERCUT_AFTER_WRITES": str(work.rng.randint(1, writes))}
                if kind == 2:
                    where["POWERCUT_TORN"] = str(work.rng.randrange(2**60))
            result, image = run({**env, **where})
            label = f"{name}, " + " ".join(f"{k[9:].lower()}={v}" for k, v in where.items())
            if not os.path.exists(image + ".cut"):
                # Group commit may need fewer syncs this time: the cut never came.
                if result.returncode != 0:
                    work.verdict(False, f"{label}: ended with {result.returncode}: {common.tail(result)}")
                continue
            cuts += 1
            through = common.acknowledged(result.stdout)
            database = os.path.join(image, "x.sqlite")
            try:
                missing, stored, problems = work.inspect(database, through)
                if not control and not missing and not problems and work.rng.random() < 0.2:
                    problems = work.complete(database)
            except common.Trouble as trouble:
                missing, stored, problems = [], 0, [str(trouble)]
            acked += max(0, through - 1)
            lost_rows, losing = lost_rows + len(missing), losing + bool(missing)
            if control:
                continue
            if missing:
                problems.append(f"{len(missing)} acknowledged rows lost, first line {missing[0]}")
            work.verdict(not problems, f"{label}: acknowledged through line {through}, {stored} rows stored {'; '.join(problems)}")
        text = f"{name}: {cuts} cuts ({syncs} syncs, {writes} writes in a whole run), {acked} acknowledged rows, " \
               f"{lost_rows} lost in {losing} cuts"
        if control:
            work.verdict(cuts == runs and lost_rows > 0, text + ", must lose")
        else:
            work.verdict(cuts == runs and acked > 0 and lost_rows == 0, text)

    try:
        common.measure(work)
        if options.synchronous != "normal":
            series("FULL", {}, options.runs, False)
            series("a disk that lies", CONTROLS["lie"], max(6, options.runs // 5), True)
        if options.synchronous != "full":
            series("NORMAL", CONTROLS["normal"], max(12, options.runs // 2), True)
    finally:
        work.close()


if __name__ == "__main__":
    main()
