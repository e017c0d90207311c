#!/usr/bin/env python3
"""Proves the power-cut shim with Python's sqlite3 (the system's libsqlite3).

1. Primitives: random writes, truncations, renames and removals with and without
   syncs; after every step the shadow must equal an independent model.
2. SQLite in WAL mode, synchronous=FULL: cut at many syncs, at many writes, torn,
   and snapshots taken from outside. No acknowledged commit may be lost, and every
   image must pass integrity_check.
3. The controls, which must lose: synchronous=NORMAL, and a disk that lies.
"""
import argparse, fcntl, os, random, shutil, signal, sqlite3, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
SHIM = os.path.join(HERE, "powercut.so")


def writer(directory, mode, commits, seed):
    """Acknowledges each commit on standard output, right after it returned."""
    rng = random.Random(seed)

    def connect():
        db = sqlite3.connect(os.path.join(directory, "x.sqlite"), isolation_level=None)
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=" + mode)
        db.execute("pragma wal_autocheckpoint=40")
        return db

    db = connect()
    db.execute("create table if not exists fact(batch integer, part integer, body blob, primary key(batch, part))")
    for batch in range(commits):
        db.execute("begin immediate")
        for part in range(3):
            body = rng.randbytes(rng.choice((20, 200, 6000)))
            db.execute("insert into fact values(?,?,?)", (batch, part, body))
        if batch > 10 and batch % 5 == 0:
            db.execute("update fact set body=? where batch=?", (rng.randbytes(300), batch - 10))
        db.execute("commit")
        os.write(1, b"%d\n" % batch)
        if batch % 61 == 60:  # the last close checkpoints and removes the WAL
            db.close()
            db = connect()
    db.close()


def primitives(directory, shadow, steps, seed):
    """Runs under the shim: compares the shadow with a model after every step."""
    rng = random.Random(seed)
    live, durable, birth = {}, {}, {}  # name -> bytes; birth: name -> name its durable image has
    names = ["a", "b", "c", "d"]
    root = os.open(directory, os.O_RDONLY)

    def read_shadow():
        return {n: open(os.path.join(shadow, n), "rb").read() for n in os.listdir(shadow)}

    def directory_sync():
        nonlocal durable, birth
        durable = {n: durable[birth[n]] if n in birth else b"" for n in live}
        birth = {n: n for n in live}

    for step in range(steps):
        name = rng.choice(names)
        path = os.path.join(directory, name)
        action = rng.choice(["write"] * 4 + ["append", "cut", "sync", "sync", "dirsync", "unlink", "rename", "otrunc"])
        if action in ("write", "append", "cut", "sync", "otrunc"):
            flags = os.O_CREAT | (os.O_WRONLY if rng.random() < 0.3 else os.O_RDWR)
            if action == "otrunc":
                flags |= os.O_TRUNC
            if action == "append":
                flags |= os.O_APPEND
            if name not in live:
                live[name] = b""
            fd = os.open(path, flags, 0o644)
            data = live[name]
            if action == "otrunc":
                data = b""
            if action == "append":
                body = rng.randbytes(rng.randrange(1, 3000))
                os.write(fd, body)
                data += body
            if action == "write":
                at, body = rng.randrange(0, 40000), rng.randbytes(rng.randrange(1, 9000))
                kind = rng.randrange(3)
                if kind == 0:
                    os.pwrite(fd, body, at)
                elif kind == 1:
                    os.lseek(fd, at, os.SEEK_SET)
                    os.writev(fd, [body[:7], body[7:]])
                else:
                    os.pwritev(fd, [body[:70], body[70:]], at)
                data = data.ljust(at, b"\0")
                data = data[:at] + body + data[at + len(body):]
            if action == "cut":
                size = rng.randrange(0, 40000)
                if rng.random() < 0.5:
                    os.ftruncate(fd, size)
                else:
                    os.truncate(path, size)
                data = data[:size].ljust(size, b"\0")
            live[name] = data
            if action == "sync":
                os.fdatasync(fd) if rng.random() < 0.5 else os.fsync(fd)
                if birth.get(name) != name and (name in birth or name in durable):
                    directory_sync()  # names become durable in their order
                birth[name] = name
                durable[name] = data
            os.close(fd)
        elif action == "dirsync":
            os.fsync(root)
            directory_sync()
        elif action == "unlink" and name in live:
            os.unlink(path)
            del live[name]
            birth.pop(name, None)
        elif action == "rename" and name in live:
            other = rng.choice([n for n in names if n != name])
            os.rename(path, os.path.join(directory, other))
            live[other] = live.pop(name)
            birth.pop(other, None)
            if name in birth:
                birth[other] = birth.pop(name)
        seen = read_shadow()
        if seen != durable:
            wrong = [n for n in set(seen) | set(durable) if seen.get(n) != durable.get(n)]
            sys.exit(f"step {step} ({action} {name}): the shadow differs from the model in {wrong}")
    print(f"{steps} steps agree")


class Run:
    """One writer under the shim in a directory of its own."""

    def __init__(self, base, mode, commits, seed, **settings):
        self.live, self.shadow = os.path.join(base, "live"), os.path.join(base, "shadow")
        shutil.rmtree(base, ignore_errors=True)
        os.makedirs(self.live)
        env = dict(os.environ, LD_PRELOAD=SHIM, POWERCUT_DIR=self.live, POWERCUT_SHADOW=self.shadow,
                   POWERCUT_NOSYNC="1", POWERCUT_CHECK="1")
        env.update({"POWERCUT_" + k: str(v) for k, v in settings.items()})
        self.process = subprocess.Popen([sys.executable, __file__, "--writer", self.live, mode, str(commits), str(seed)],
                                        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self):
        out, err = self.process.communicate()
        complete = out[: out.rfind(b"\n") + 1]
        return [int(x) for x in complete.split()], self.process.returncode, err.decode()


def stored(image):
    """(what integrity_check says, ids of batches stored whole, problem or None)"""
    path = os.path.join(image, "x.sqlite")
    if not os.path.exists(path):
        return "ok", set()
    db = sqlite3.connect(path)
    try:
        check = db.execute("pragma integrity_check").fetchone()[0]
        if not db.execute("select 1 from sqlite_master where name='fact'").fetchone():
            return check, set()
        rows = db.execute("select batch, count(*) from fact group by batch").fetchall()
        if any(n != 3 for _, n in rows):
            return "half a batch", set()
        return check, {b for b, _ in rows}
    except sqlite3.DatabaseError as problem:
        return str(problem), set()
    finally:
        db.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=60, help="cuts of each kind")
    parser.add_argument("--commits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not os.path.exists(SHIM):
        sys.exit("build the shim first: make")
    rng = random.Random(options.seed)
    base = tempfile.mkdtemp(prefix="powercut-")
    passed = failed = 0

    def verdict(good, text):
        nonlocal passed, failed
        passed, failed = passed + good, failed + (not good)
        print(("pass  " if good else "FAIL  ") + text, flush=True)

    try:
        for seed in range(options.seed, options.seed + 3):
            directory = os.path.join(base, f"p{seed}")
            os.makedirs(directory)
            env = dict(os.environ, LD_PRELOAD=SHIM, POWERCUT_DIR=directory, POWERCUT_SHADOW=directory + "-shadow",
                       POWERCUT_NOSYNC="1", POWERCUT_CHECK="1")
            result = subprocess.run([sys.executable, __file__, "--primitives", directory, directory + "-shadow", "3000",
                                     str(seed)], env=env, capture_output=True, text=True)
            verdict(result.returncode == 0, f"primitives, seed {seed}: {(result.stdout + result.stderr).strip()}")

        totals = {}
        for mode in ("full", "normal"):
            run = Run(os.path.join(base, "whole"), mode, options.commits, options.seed)
            acked, code, err = run.finish()
            words = open(run.shadow + ".stats").read().split()
            totals[mode] = int(words[1]), int(words[3])
            check, have = stored(run.shadow)
            verdict(code == 0 and check == "ok" and len(acked) == options.commits and set(acked) <= have,
                    f"{mode}, no cut, closed in order: {len(acked)} acknowledged, {len(set(acked) - have)} lost, "
                    f"{words[1]} syncs, {words[3]} writes {err.strip()}")

        def series(name, mode, settings, must_lose, runs=options.runs, intact=True):
            acked_all = lost_all = cuts = losing = bad = most = unacked = 0
            for n in range(runs):
                run = Run(os.path.join(base, "run"), mode, options.commits, options.seed, **settings(n))
                acked, code, err = run.finish()
                if code != 137:
                    bad += 1
                    print(f"      {name}: expected a cut, got exit {code}: {err.strip()[-300:]}")
                    continue
                cuts += 1
                check, have = stored(run.shadow)
                lost = set(acked) - have
                if (intact and check != "ok") or (not must_lose and lost):
                    bad += 1
                    print(f"      {name}: {check}, lost {sorted(lost)[:5]}")
                acked_all, lost_all = acked_all + len(acked), lost_all + len(lost)
                losing, most = losing + bool(lost), max(most, len(lost))
                unacked += len(have - set(acked))
            good = bad == 0 and cuts == runs and (lost_all > 0 if must_lose else lost_all == 0)
            verdict(good, f"{name}: {cuts} cuts, {acked_all} acknowledged, {lost_all} lost (in {losing} cuts, at most {most}), "
                          f"{unacked} stored unacknowledged" + (", must lose" if must_lose else ""))

        def at_sync(mode, **more):
            return lambda n: dict(AFTER=rng.randint(1, totals[mode][0] - 1), WHEN=("before", "after")[n % 2], **more)

        def at_write(mode, is_torn=False):
            return lambda n: dict(AFTER_WRITES=rng.randint(1, totals[mode][1] - 1),
                                  **(dict(TORN=rng.randint(0, 2**60)) if is_torn else {}))

        series("FULL, cut at a sync", "full", at_sync("full"), False)
        series("FULL, cut at a write", "full", at_write("full"), False)
        series("FULL, cut at a write, torn", "full", at_write("full", True), False)
        series("NORMAL, cut at a sync", "normal", at_sync("normal"), True)
        series("NORMAL, cut at a write", "normal", at_write("normal"), True)
        series("NORMAL, cut at a write, torn", "normal", at_write("normal", True), True)
        series("FULL on a disk that lies", "full", at_sync("full", LIE=1), True, runs=max(3, options.runs // 6), intact=False)

        for mode, must_lose in (("full", False), ("normal", True)):
            acked_all = lost_all = bad = 0
            rounds = max(3, options.runs // 3)
            for _ in range(rounds):
                run = Run(os.path.join(base, "run"), mode, 10**6, options.seed)
                os.set_blocking(run.process.stdout.fileno(), True)
                deadline, out = time.time() + rng.uniform(0.25, 0.7), b""
                os.set_blocking(run.process.stdout.fileno(), False)
                while time.time() < deadline:
                    out += run.process.stdout.read() or b""
                    time.sleep(0.002)
                with open(run.shadow + ".lock", "a") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX)
                    out += run.process.stdout.read() or b""  # acknowledged before the snapshot
                    image = os.path.join(base, "image")
                    shutil.rmtree(image, ignore_errors=True)
                    shutil.copytree(run.shadow, image)
                run.process.send_signal(signal.SIGKILL)
                run.process.wait()
                run.process.stdout.close(), run.process.stderr.close()
                acked = {int(x) for x in out[: out.rfind(b"\n") + 1].split()}
                check, have = stored(image)
                bad += check != "ok"
                acked_all, lost_all = acked_all + len(acked), lost_all + len(acked - have)
            verdict(bad == 0 and acked_all > 0 and (lost_all > 0) == must_lose,
                    f"{mode.upper()}, snapshot from outside, then kill -9: {rounds} snapshots, {acked_all} acknowledged, "
                    f"{lost_all} lost, {bad} damaged" + (", must lose" if must_lose else ""))
    finally:
        shutil.rmtree(base, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--writer"]:
        writer(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    elif sys.argv[1:2] == ["--primitives"]:
        primitives(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    else:
        main()
