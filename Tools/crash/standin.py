#!/usr/bin/env python3
"""A stand-in for the real program, to try the crash drivers on (drivers_test.py).

It knows just the commands the drivers use. STANDIN_FAULT breaks it on purpose:
early (acknowledges before the commit), twice (forgets what was imported before),
quiet (ends with 0 on a full disk).
"""
import csv, os, sqlite3, sys, time

FAULT = os.environ.get("STANDIN_FAULT", "")


def connect(path):
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=" + os.environ.get("SIKILAP_TEST_SYNCHRONOUS", "FULL"))
    return db


def main(words):
    def option(name):
        return words[words.index(name) + 1]

    db = connect(option("--database"))
    if words[0] == "demo":
        db.execute("create table fact(nik text, day text, weight text)")
        db.execute("create index key on fact(nik, day)")
        db.close()
    elif words[0] == "import":
        rows = list(csv.DictReader(open(words[2])))
        for start in range(0, len(rows), 100):
            batch = rows[start:start + 100]
            line = f"committed through line {start + len(batch) + 1}"
            if FAULT == "early":
                print(line, flush=True)
                time.sleep(0.002)
            db.execute("begin immediate")
            for row in batch:
                key = (row["nik"], row["tanggal_pengukuran"])
                if FAULT == "twice" or not db.execute("select 1 from fact where nik=? and day=?", key).fetchone():
                    db.execute("insert into fact values(?,?,?)", (*key, row["berat"]))
            db.execute("commit")
            if FAULT != "early":
                print(line, flush=True)
    elif words[0] == "export":
        out = csv.writer(sys.stdout)
        out.writerow(["NIK", "Tanggal Pengukuran", "Berat"])
        out.writerows(db.execute("select * from fact"))
    elif words[0] == "verify":
        sys.exit(db.execute("pragma integrity_check").fetchone()[0] != "ok")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except sqlite3.Error as problem:
        print(f"stopped, the disk is full or broken: {problem}", file=sys.stderr)
        sys.exit(0 if FAULT == "quiet" else 1)
