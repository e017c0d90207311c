#!/usr/bin/env python3
"""Imports onto a disk that fills up.

The database lies on a small tmpfs in a private mount namespace (needs root);
where that cannot be had, a limit on the size of a file (RLIMIT_FSIZE) stands in.
At many fill points the import must end with a message and a code other than 0;
every acknowledged row must be there, none twice, `verify` content (at the latest when there
is room again); and the import must then run to completion on the same database.
"""
import os, re, resource, shutil, signal, subprocess, sys, threading, time

import common

# What the message must contain, as a regular expression.
MESSAGE = r"(?i)disk.*full|full.*disk|no space|penuh|ruang"
LIMITED_MESSAGE = r"(?i)disk.*full|full.*disk|no space|penuh|ruang|disk I/O|too large"


def namespace():
    """Restarts this program in a mount namespace of its own, or says it cannot."""
    if os.environ.get("DISKFULL_NAMESPACE") == "1":
        return True
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    probe = subprocess.run(["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"], capture_output=True)
    if probe.returncode != 0:
        return False
    os.environ["DISKFULL_NAMESPACE"] = "1"
    os.execvp("unshare", ["unshare", "-m", "--propagation", "private", sys.executable] + sys.argv)


def main():
    parser = common.arguments(__doc__, runs=10)
    parser.add_argument("--message", help=f"what the message must contain (default {MESSAGE})")
    parser.add_argument("--limit", action="store_true", help="use RLIMIT_FSIZE even where a tmpfs can be had")
    parser.add_argument("--read-while-full", action="store_true",
                        help="fail when export or verify do not work while the disk is full (SQLite needs 32 KiB for "
                             "the -shm file; a ballast file can give them)")
    options = parser.parse_args()
    mounted = not options.limit and namespace()
    message = re.compile(options.message or (MESSAGE if mounted else LIMITED_MESSAGE))
    work = common.Work(options)
    disk = os.path.join(work.base, "disk")
    os.makedirs(disk)

    def used(directory):
        return sum(os.path.getsize(os.path.join(directory, n)) for n in os.listdir(directory))

    def resize(size):
        subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)

    def importing(database, limit=None):
        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error, not a signal
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return work.run("import", database, preexec_fn=limited if limit else None)

    try:
        measured, peak, done = os.path.join(work.base, "measure"), 0, threading.Event()

        def watch():
            """The most that the database takes while it grows: the log is emptied at the end."""
            nonlocal peak
            while not done.is_set():
                try:
                    peak = max(peak, used(measured))
                except FileNotFoundError:
                    pass
                time.sleep(0.005)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            common.measure(work)
        finally:
            done.set()
            watcher.join()
        before, after = used(work.prepared), max(peak, used(measured))
        print(f"database: {before} bytes prepared, at most {after} during the import; "
              + ("a tmpfs of its own" if mounted else "RLIMIT_FSIZE stands in for a full disk"))
        stopped = partial = unreadable = 0
        for n in range(options.runs):
            # From no room at all to nearly enough.
            room = int((after - before) * (n + work.rng.random()) / options.runs * 0.98)
            result, through, note = None, 0, ""
            try:
                if mounted:
                    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "none", disk], check=True)
                    database = os.path.join(disk, "x.sqlite")
                    for name in os.listdir(work.prepared):
                        shutil.copy(os.path.join(work.prepared, name), disk)
                    resize(-(-(before + room) // 4096) * 4096 + 16384)
                    result = importing(database)
                else:
                    database = work.fresh("limited")
                    biggest = max(os.path.getsize(os.path.join(work.prepared, n)) for n in os.listdir(work.prepared))
                    result = importing(database, limit=max(4096, biggest // 2 + int(after * (n + 1) / (options.runs + 2))))
                through = common.acknowledged(result.stdout)
                problems = []
                if result.returncode == 0:
                    if through < work.rows[-1][0]:
                        problems.append(f"ended with 0 though only acknowledged through line {through}")
                    else:
                        print(f"      fill point {n + 1}: {room} bytes were enough")
                        continue
                stopped += 1
                partial += through > 0
                text = result.stderr.decode(errors="replace") + result.stdout.decode(errors="replace")
                if result.returncode < 0:
                    problems.append(f"died of signal {-result.returncode}")
                if not message.search(text):
                    problems.append(f"no clear message: {common.tail(result)!r}")
                note = ""
                try:  # reading while the disk is still full
                    missing, stored, more = work.inspect(database, through)
                    if more and not options.read_while_full:
                        raise common.Trouble(more[0])
                except common.Trouble as trouble:
                    if options.read_while_full:
                        raise
                    unreadable += 1
                    note = " (not readable before there was room again)"
                    if mounted:
                        resize("1g")
                    missing, stored, more = work.inspect(database, through)
                problems += more
                if missing:
                    problems.append(f"{len(missing)} acknowledged rows lost, first line {missing[0]}")
                if mounted:
                    resize("1g")
                problems += work.complete(database)
            except common.Trouble as trouble:
                problems = [str(trouble)]
            finally:
                if mounted:
                    subprocess.run(["umount", "-l", disk])
            work.verdict(not problems, f"fill point {n + 1}, room {room}: exit {result and result.returncode}, acknowledged through "
                                       f"line {through}{note} {'; '.join(problems)}")
        work.verdict(stopped > 0 and partial > 0, f"{stopped} imports met a full disk, {partial} of them after acknowledging rows; "
                                                  f"{unreadable} could not be read until there was room")
    finally:
        work.close()


if __name__ == "__main__":
    main()
