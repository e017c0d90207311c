#!/usr/bin/env python3
"""Kills an import with SIGKILL at random moments, many times.

After every kill: each row up to the last acknowledged line is there, none twice,
and `verify` is content. Each run goes on with the database the last one left, so
recovery upon recovery is tried too; when the file is finished a new database
begins. In the end the import runs to completion and every row is looked for.
"""
import os, signal, subprocess, threading

import common


def interrupted(work, database, seconds):
    """Starts the import, kills it after `seconds`; (output, was it killed?)."""
    process = subprocess.Popen(work.argv("import", database), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    timer = threading.Timer(seconds, lambda: process.send_signal(signal.SIGKILL))
    timer.start()
    out, err = process.communicate()
    timer.cancel()
    if process.returncode not in (0, -signal.SIGKILL):
        raise common.Trouble(f"the import ended by itself with {process.returncode}: {err.decode(errors='replace')[-400:]}")
    return out, process.returncode != 0


def main():
    options = common.arguments(__doc__).parse_args()
    work = common.Work(options)
    try:
        seconds, last, _ = common.measure(work)
        database, through, done = work.fresh("run"), 0, 0
        kills = mid = early = acked_rows = unacked = 0
        while kills < options.runs and done < options.runs * 4:
            done += 1
            # Early moments too: opening, recovery and the first batch are the odd ones.
            moment = work.rng.uniform(0, seconds * (0.2 if work.rng.random() < 0.3 else 1))
            try:
                out, killed = interrupted(work, database, moment)
                now = common.acknowledged(out)
                through = max(through, now)
                missing, stored, problems = work.inspect(database, through)
            except common.Trouble as trouble:
                work.verdict(False, f"run {done}, kill at {moment:.3f} s: {trouble}")
                database, through = work.fresh("run"), 0
                continue
            if missing:
                problems.append(f"{len(missing)} acknowledged rows lost, first line {missing[0]}")
            if killed:
                kills += 1
                mid, early = mid + (0 < now < last), early + (now == 0)
                acked_rows += max(0, through - 1)
                unacked += max(0, stored - max(0, through - 1))
                work.verdict(not problems, f"kill {kills} at {moment:.3f} s: acknowledged through line {through}, "
                                           f"{stored} rows stored {'; '.join(problems)}")
            elif problems:
                work.verdict(False, f"run {done} to the end: {'; '.join(problems)}")
            if problems or not killed or through >= last or work.rng.random() < 0.3:
                if not problems and work.rng.random() < 0.2:
                    ending = work.complete(database)
                    if ending:
                        work.verdict(False, f"import to the end after kill {kills}: {'; '.join(ending)}")
                database, through = work.fresh("run"), 0
        work.verdict(kills == options.runs, f"{kills} of {options.runs} kills met a running import")
        work.verdict(mid > 0, f"{mid} kills between the first and the last acknowledgement, {early} before the first")
        problems = work.complete(database)
        work.verdict(not problems, f"the final import is whole {'; '.join(problems)}")
        print(f"acknowledged rows looked for: {acked_rows}; stored without acknowledgement: {unacked}")
    finally:
        work.close()


if __name__ == "__main__":
    main()
