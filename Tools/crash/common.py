"""What the crash drivers share: the commands, the file of measurements, the checks.

The commands are templates. Change them here when the command line changes, or
give `--command NAME='...'` to a driver. Known fields: {binary} {database} {file}
{map} {dir}.
"""
import argparse, csv, datetime, io, json, os, random, re, shlex, shutil, subprocess, sys, tempfile, time

COMMANDS = {
    "prepare": "{binary} demo --prepare --database {database} --size tiny",
    "import": "{binary} import measurements {file} --map {map} --database {database} --acknowledge",
    "export": "{binary} export measurements --database {database}",
    "verify": "{binary} verify --database {database}",
}
ACKNOWLEDGED = re.compile(rb"^committed through line (\d+)$")
# The key by which an exported row is known again, and the value compared.
KEY, VALUE = ("NIK", "Tanggal Pengukuran"), "Berat"
COLUMNS = "nik,nama,jk,tgl_lahir,desa,posyandu,tanggal_pengukuran,berat,tinggi,cara_ukur".split(",")
# The mapping given with --map when the caller names no other.
FIELDS = ("national_identity_number,name,sex,birth_date,village,posyandu,visit_date,weight,length,position").split(",")
MAPPING = {"columns": {field: [name] for field, name in zip(FIELDS, COLUMNS)}}
SHIM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "power-cut", "powercut.so")


def arguments(description, **defaults):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--binary", required=True, help="the program (may hold arguments)")
    parser.add_argument("--runs", type=int, default=defaults.get("runs", 50))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=defaults.get("children", 400))
    parser.add_argument("--months", type=int, default=defaults.get("months", 24))
    parser.add_argument("--map", help="a mapping file; without it a plain one is written")
    parser.add_argument("--villages", default="Desa Contoh 01,Desa Contoh 02", help="names the prepared database knows")
    parser.add_argument("--posts", default="Posyandu Contoh 01,Posyandu Contoh 02")
    parser.add_argument("--first-month", default="2024-01")
    parser.add_argument("--command", action="append", default=[], metavar="NAME=TEMPLATE")
    parser.add_argument("--timeout", type=float, default=600, help="seconds a whole command may take")
    parser.add_argument("--keep", action="store_true", help="leave the working directory")
    return parser


class Work:
    """A working directory with the input, a prepared database, and the commands."""

    def __init__(self, options):
        self.options = options
        self.commands = dict(COMMANDS)
        for text in options.command:
            name, _, template = text.partition("=")
            if name not in self.commands:
                sys.exit(f"no command is called {name}")
            self.commands[name] = template
        self.rng = random.Random(options.seed)
        self.base = tempfile.mkdtemp(prefix="crash-")
        self.file = os.path.join(self.base, "measurements.csv")
        self.map = options.map or os.path.join(self.base, "mapping.json")
        if not options.map:
            with open(self.map, "w") as out:
                json.dump(MAPPING, out, indent=2)
        self.rows = self.write_measurements()
        self.prepared = os.path.join(self.base, "prepared")
        os.makedirs(self.prepared)
        result = self.run("prepare", os.path.join(self.prepared, "x.sqlite"))
        if result.returncode != 0:
            sys.exit(f"prepare failed ({result.returncode}): {tail(result)}")
        self.passed = self.failed = 0

    def write_measurements(self):
        """Writes the file; returns [(line number, key, value)]. The header is line 1."""
        o, rng = self.options, random.Random(self.options.seed)
        villages, posts = o.villages.split(","), o.posts.split(",")
        year, month = map(int, o.first_month.split("-"))
        children = []
        for n in range(o.children):
            # Born up to half a year before the first month: under five throughout.
            born = datetime.date(year, month, 1) - datetime.timedelta(days=rng.randrange(1, 180))
            boy = rng.random() < 0.5
            # 99 is no province: no person carries such a number.
            nik = f"990101{born.day + (0 if boy else 40):02d}{born:%m%y}{n % 10000:04d}"
            place = rng.randrange(min(len(villages), len(posts)))
            children.append((nik, f"Contoh Anak {n + 1:03d}", "L" if boy else "P", born, villages[place], posts[place],
                             rng.uniform(-0.8, 0.8)))
        rows = []
        with open(self.file, "w", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(COLUMNS)
            for m in range(o.months):
                y, mm = year + (month - 1 + m) // 12, (month - 1 + m) % 12 + 1
                for nik, name, sex, born, village, post, lean in children:
                    day = datetime.date(y, mm, rng.randrange(2, 28))
                    age = (day - born).days / 30.4375
                    weight = f"{3.3 + 0.75 * min(age, 6) + 0.22 * max(0, age - 6) + lean + rng.uniform(-0.2, 0.2):.1f}"
                    height = f"{50 + 2.9 * min(age, 6) + 0.9 * max(0, age - 6) + 2 * lean + rng.uniform(-0.5, 0.5):.1f}"
                    writer.writerow([nik, name, sex, born, village, post, day, weight, height, "terlentang" if age < 24 else "berdiri"])
                    rows.append((len(rows) + 2, (nik, str(day)), weight))
        if len({key for _, key, _ in rows}) != len(rows):
            sys.exit("two rows with one key: choose another seed")
        return rows

    def argv(self, command, database):
        template = self.commands[command]
        fields = dict(database=shlex.quote(database), file=shlex.quote(self.file), map=shlex.quote(self.map),
                      dir=shlex.quote(os.path.dirname(database)), binary=self.options.binary)
        return shlex.split(template.format(**fields))

    def run(self, command, database, env=None, **more):
        return subprocess.run(self.argv(command, database), capture_output=True, timeout=self.options.timeout,
                              env=dict(os.environ, **(env or {})), **more)

    def fresh(self, name):
        """A directory `name` holding a copy of the prepared database; its path."""
        directory = os.path.join(self.base, name)
        shutil.rmtree(directory, ignore_errors=True)
        shutil.copytree(self.prepared, directory)
        return os.path.join(directory, "x.sqlite")

    def exported(self, database):
        result = self.run("export", database)
        if result.returncode != 0:
            raise Trouble(f"export ended with {result.returncode}: {tail(result)}")
        counts, values = {}, {}
        for row in csv.DictReader(io.StringIO(result.stdout.decode("utf-8-sig"))):
            key = tuple(row[name] for name in KEY)
            counts[key] = counts.get(key, 0) + 1
            values[key] = row[VALUE]
        return counts, values

    def inspect(self, database, through):
        """(acknowledged rows missing, rows stored of ours, problems)."""
        counts, values = self.exported(database)
        missing = [line for line, key, _ in self.rows if line <= through and key not in counts]
        ours = [(line, key, value) for line, key, value in self.rows if key in counts]
        problems = []
        twice = [line for line, key, _ in ours if counts[key] > 1]
        wrong = [line for line, key, value in ours if not same(values[key], value)]
        if twice:
            problems.append(f"{len(twice)} rows stored more than once, first line {twice[0]}")
        if wrong:
            problems.append(f"{len(wrong)} rows with another value, first line {wrong[0]}")
        result = self.run("verify", database)
        if result.returncode != 0:
            problems.append(f"verify ended with {result.returncode}: {tail(result)}")
        return missing, len(ours), problems

    def complete(self, database):
        """Imports to the end and looks for every row; returns the problems."""
        result = self.run("import", database)
        if result.returncode != 0:
            return [f"the final import ended with {result.returncode}: {tail(result)}"]
        missing, _, problems = self.inspect(database, self.rows[-1][0])
        if missing:
            problems.append(f"{len(missing)} rows missing after the final import, first line {missing[0]}")
        return problems

    def verdict(self, good, text):
        self.passed, self.failed = self.passed + bool(good), self.failed + (not good)
        print(("pass  " if good else "FAIL  ") + text, flush=True)

    def close(self):
        if self.options.keep:
            print(f"kept: {self.base}")
        else:
            shutil.rmtree(self.base, ignore_errors=True)
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(self.failed > 0 or self.passed == 0)


class Trouble(Exception):
    pass


def same(a, b):
    try:
        return abs(float(a) - float(b)) < 1e-6
    except (TypeError, ValueError):
        return a == b


def tail(result):
    return (result.stdout + result.stderr).decode(errors="replace").strip()[-400:]


def acknowledged(out):
    """The highest line acknowledged in complete lines of output, or 0."""
    through = 0
    for line in out[: out.rfind(b"\n") + 1].splitlines():
        found = ACKNOWLEDGED.match(line.strip())
        if found:
            through = max(through, int(found.group(1)))
    return through


def measure(work, env=None):
    """One import without trouble: (seconds, last line acknowledged, batches)."""
    database = work.fresh("measure")
    start = time.monotonic()
    result = work.run("import", database, env=env)
    seconds = time.monotonic() - start
    if result.returncode != 0:
        sys.exit(f"the import without a kill ended with {result.returncode}: {tail(result)}")
    batches = sum(1 for line in result.stdout.splitlines() if ACKNOWLEDGED.match(line.strip()))
    through = acknowledged(result.stdout)
    if batches < 5:
        sys.exit(f"only {batches} acknowledged batches: nothing to interrupt; more --children or --months")
    missing, stored, problems = work.inspect(database, work.rows[-1][0])
    if missing:
        problems.append(f"{len(missing)} rows missing, first line {missing[0]}")
    work.verdict(not problems, f"whole import: {stored} rows, {batches} batches through line {through}, "
                               f"{seconds:.2f} s {'; '.join(problems)}")
    if problems:
        work.close()
    return seconds, through, batches
