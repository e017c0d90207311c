"""The program under test, running, with a tiny district and one import in it; and a browser."""
import os, re, socket, sqlite3, subprocess, tempfile, time, urllib.error, urllib.request

from playwright.sync_api import sync_playwright

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]
IMPORT = """NIK,Nama,JK,Tgl Lahir,Desa/Kel,Posyandu,Tanggal Pengukuran,Berat,Tinggi,Cara Ukur
,Anak Contoh Melati 9001,P,2024-03-05,Desa Contoh 01,Posyandu Contoh 01,2025-10-07,9.4,78.2,Berdiri
,=Anak Contoh Rumus 9002,L,2024-05-11,Desa Contoh 01,Posyandu Contoh 01,2025-10-07,0,79.0,Terlentang
,<b>Anak</b> Contoh 9003,L,2024-05-12,Desa Takada,Posyandu Contoh 01,2025-10-07,9.1,79.0,Terlentang
"""


class Site:
    """A server of its own database on a free port, until `close`."""

    def __init__(self, binary):
        self.sessions = {}
        self.folder = tempfile.TemporaryDirectory(prefix="browser-")
        self.database = os.path.join(self.folder.name, "x.sqlite")
        subprocess.run([binary, "demo", "--prepare", "--database", self.database, "--size", "tiny"], check=True,
                       capture_output=True, timeout=120)
        file = os.path.join(self.folder.name, "posyandu.csv")
        with open(file, "w") as out:
            out.write(IMPORT)
        subprocess.run([binary, "import", "measurements", file, "--database", self.database], check=True,
                       capture_output=True, timeout=120)
        self.leave_things_to_mend()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen([binary, "demo", "--database", self.database, "--size", "tiny", "--port", str(self.port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(200):
            try:
                urllib.request.urlopen(self.address + "/healthz", timeout=2).read()
                break
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    raise SystemExit(f"the server ended: {self.process.stderr.read().decode()[-800:]}")
                time.sleep(0.1)
        else:
            raise SystemExit("the server did not answer /healthz within 20 s")
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
                                                       args=CHROMIUM)

    def leave_things_to_mend(self):
        """What no file can bring yet: facts that were refused, and a child whose birth date is not known."""
        database = sqlite3.connect(self.database)
        with database:
            for number, reason in enumerate(("unreadable_body", "of_a_newer_program"), 1):
                database.execute("INSERT INTO refused_fact (id, reason, bytes) VALUES (?, ?, ?)", (bytes(15) + bytes([number]), reason, b"x"))
            database.execute("UPDATE person SET birth_on = NULL WHERE number = (SELECT MIN(number) FROM person WHERE place IS NOT NULL)")
        database.close()

    def close(self):
        self.browser.close()
        self.playwright.stop()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.folder.cleanup()

    def visitor(self, width=1280, height=900, role="demo.data", **more):
        """A person's browser, signed in with one of the made-up accounts; nobody's where `role` is None."""
        visitor = Visitor(self, width, height, more)
        if role:
            visitor.context.add_cookies(self.session(role, visitor.context))
        return visitor

    def session(self, role, context):
        """The cookies of a session, made once for each role by the form that people use."""
        if role not in self.sessions:
            page = context.new_page()
            page.goto(self.address + "/sign-in")
            with page.expect_navigation():
                page.locator(f'form:has(input[value="{role}"]) button').click()
            if page.url.endswith("/sign-in"):
                raise AssertionError(f"{role} could not sign in")
            page.close()
            self.sessions[role] = [cookie for cookie in context.cookies() if cookie["name"].startswith("__Host-")]
        return self.sessions[role]


class Visitor:
    """A person's browser: a page whose requests, console errors and violations are kept."""

    def __init__(self, site, width, height, more):
        self.site = site
        self.context = site.browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **more)
        self.page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.errors, self.foreign = [], []
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.errors.append(
            f"{message.text} at {self.page.url}"))
        self.page.on("pageerror", lambda error: self.errors.append(f"{error} at {self.page.url}"))
        self.page.on("request", self.look_at)

    def look_at(self, request):
        if not request.url.startswith((self.site.address + "/", "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, path):
        return self.page.goto(path if path.startswith("http") else self.site.address + path, wait_until="load")

    def click(self, selector, nth=0):
        """Clicks a link and waits for the page that it leads to."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(selector).nth(nth).click()
        return self.page

    def path(self):
        return self.page.url.removeprefix(self.site.address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


def number(text):
    """A whole number as a page writes it, with its thousands grouped."""
    digits = re.sub(r"[.,\s\u00a0\u202f]", "", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise AssertionError(f"{text!r} is no whole number")
    return int(digits)


def fraction(text):
    """`31/34` in a text."""
    found = re.search(r"([0-9][0-9.,\u00a0\u202f]*)/([0-9][0-9.,\u00a0\u202f]*)", text)
    if not found:
        raise AssertionError(f"no fraction in {text!r}")
    return number(found[1]), number(found[2])
