#!/usr/bin/env python3
"""Very large files: that they are read to their end in little memory, or refused early and clearly.

    run.py --binary .build/release/sikilap [--gigabytes 2] [--only WORD] [--output FILE] [--folder DIR]

Python 3 alone; not part of continuous integration. Each file is written as a stream, imported, and
removed. It needs room for one such file and some minutes. With --output the figures go into a file,
one `name value unit` a line, as in docs/performance/results.txt.
"""
import argparse, os, re, shutil, subprocess, sys, tempfile, threading, time

HEADING = "NIK,Nama,JK,Tgl Lahir,Nama Ortu,Desa/Kel,Posyandu,Tanggal Pengukuran,Berat,Tinggi,Cara Ukur,Keterangan"
GIGABYTE = 1 << 30


def row(number, note="", day="2025-10-07"):
    return (f"990101010124{number % 9000 + 1000:04d},Contoh Anak {number:07d},L,2024-01-01,Contoh Ibu {number:07d},Desa Contoh 01,"
            f"Posyandu Contoh 01,{day},9.4,78.5,Terlentang,{note}\n")


def block_of_rows():
    return "".join(row(number) for number in range(3000))


def repeated(block):
    def write(out, size):
        data = block.encode()
        while out.tell() < size:
            out.write(data)
    return write


def behind(start):
    """A start, and then the same letter until the file has its size."""
    def write(out, size):
        out.write(start.encode())
        piece = b"x" * (1 << 20)
        while out.tell() < size:
            out.write(piece)
    return write


def distinct(out, size):
    """No row twice: each child has no NIK and a name of its own."""
    number = 0
    while out.tell() < size:
        out.write("".join(row(n).replace(row(n)[:16], "", 1) for n in range(number, number + 5000)).encode())
        number += 5000


# name, what it is, how it is written, share of the size, whether it is read to its end, what the message must say
CASES = [
    ("rows_there", "rows that are there already", repeated(block_of_rows()), 1, True, None),
    ("rows_wide", "rows of 100 kB each", repeated("".join(row(n, "x" * 100_000) for n in range(20))), 1, True, None),
    ("rows_new", "rows of children that nobody knows", distinct, 0.05, True, None),
    ("quote", "a quotation mark that never closes", behind(row(1) + '9901,"Contoh'), 1, False, r"Line 3 is longer than.*quotation mark"),
    ("line", "a row that never ends", behind(row(1) + "9901,Contoh"), 1, False, r"Line 3 is longer than"),
    ("heading", "a heading that never ends", None, 1, False, r"Line 1 is longer than"),
]


def measured(words, environment):
    """(exit code, seconds, peak of resident memory in MB, what was told, last part of the peak's history)"""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    told, history = [], []
    reader = threading.Thread(target=lambda: told.append(process.stderr.read().decode(errors="replace")))
    reader.start()
    start = time.monotonic()
    while process.poll() is None:
        try:
            text = open(f"/proc/{process.pid}/status").read()
            resident, peak = (re.search(rf"{name}:\s+(\d+) kB", text) for name in ("VmRSS", "VmHWM"))
            if resident and peak:
                history.append((time.monotonic() - start, int(resident[1]) >> 10, int(peak[1]) >> 10))
        except OSError:
            pass
        time.sleep(0.02)
    reader.join()
    return process.returncode, time.monotonic() - start, history, told[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--gigabytes", type=float, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--output")
    parser.add_argument("--folder", help="where the files go (default: the system's folder for such files)")
    parser.add_argument("--most-memory", type=int, default=200, help="the largest resident memory in MB that is good")
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    environment = dict(os.environ, SIKILAP_LANGUAGE="en")
    base = tempfile.mkdtemp(prefix="large-files-", dir=options.folder)
    figures, failed = [], 0
    try:
        prepared = os.path.join(base, "prepared")
        os.makedirs(prepared)
        subprocess.run([binary, "demo", "--prepare", "--size", "tiny", "--database", os.path.join(prepared, "x.sqlite")],
                       check=True, capture_output=True)
        for name, what, write, share, is_read, message in CASES:
            if options.only not in name:
                continue
            folder, path = os.path.join(base, name), os.path.join(base, name + ".csv")
            shutil.copytree(prepared, folder)
            with open(path, "wb") as out:
                if write:
                    out.write((HEADING + "\n").encode())
                (write or behind("NIK,Nama"))(out, int(options.gigabytes * share * GIGABYTE))
                size = out.tell()
            words = [binary, "import", "measurements", path, "--database", os.path.join(folder, "x.sqlite")]
            code, seconds, history, told = measured(words, environment)
            peak = max((peak for _, _, peak in history), default=0)
            halves = [max((resident for at, resident, _ in history if low <= at / seconds < high), default=0)
                      for low, high in ((0, 0.5), (0.5, 1.01))]
            done = re.search(r"Done: (\d+) rows accepted, (\d+) already there, (\d+) refused", told)
            rows = sum(map(int, done.groups())) if done else 0
            wrong = []
            if is_read and (code != 0 or not rows):
                wrong.append(f"exit {code}, {rows} rows: {told[-300:]!r}")
            if not is_read and (code == 0 or not re.search(message, told)):
                wrong.append(f"exit {code}, told {told[-300:]!r}")
            if peak > options.most_memory:
                wrong.append(f"{peak} MB resident")
            failed += bool(wrong)
            print(f"{'FAIL' if wrong else 'pass'}  {what}: {size / GIGABYTE:.2f} GB, {rows} rows, {seconds:.1f} s, peak {peak} MB "
                  f"(first half {halves[0]}, second half {halves[1]})" + "".join(f"\n      {text}" for text in wrong), flush=True)
            if not is_read:
                print("      " + told.strip().splitlines()[-1], flush=True)
            figures += [f"large_{name}_size {size / GIGABYTE:.2f} GB", f"large_{name}_rows {rows} rows", f"large_{name}_time {seconds:.1f} s",
                        f"large_{name}_peak {peak} MB"]
            os.remove(path)
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    if options.output:
        with open(options.output, "w") as out:
            out.write("\n".join(figures) + "\n")
    sys.exit(failed > 0 or not figures)


if __name__ == "__main__":
    main()
