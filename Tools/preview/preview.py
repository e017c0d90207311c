#!/usr/bin/env python3
"""Renders every page template with its sample context, photographs it, and checks it with axe.

    pip install chevron playwright axe-playwright-python
    Tools/preview/preview.py --out DIRECTORY [page …]

The contexts in Tools/preview/contexts are the contract between the routes and the templates.
Fails when a template asks for a word that a catalogue lacks, when the catalogues differ in their
keys, when a context holds an empty string (a missing value is a missing key: engines disagree on
empty strings), when the markup holds an inline style or script, when a page scrolls sideways at
360 px, or when axe finds something serious.
"""

import argparse
import functools
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading

import chevron
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "Sources/Web/Templates"
ASSETS = ROOT / "Sources/Web/Assets"
RESOURCES = ROOT / "Sources/Services/Resources"
CONTEXTS = ROOT / "Tools/preview/contexts"
BROWSER_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'"


def flatten(catalogue, prefix=""):
    """All keys of a nested catalogue, dotted, with their text."""
    for key, value in catalogue.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def check_words(catalogues, templates):
    problems = []
    keys = {name: dict(flatten(catalogue)) for name, catalogue in catalogues.items()}
    for key in sorted(set(keys["id"]) ^ set(keys["en"])):
        problems.append(f"{key}: only in one catalogue")
    for key in sorted(set(keys["id"]) & set(keys["en"])):
        parameters = [set(re.findall(r"\{(\w+)\}", keys[name][key])) for name in ("id", "en")]
        if parameters[0] != parameters[1]:
            problems.append(f"{key}: parameters differ")
    for name, text in templates.items():
        for key in re.findall(r"\{\{\{?t\.([\w.]+)", text):
            if key not in keys["id"]:
                problems.append(f"{name}: no word t.{key}")
    return problems


def check_empty(value, path):
    if value == "":
        yield f"{path}: empty string; leave the key out"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from check_empty(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from check_empty(inner, f"{path}[{index}]")


def draw_charts(build):
    """Compiles the charts and returns the samples' markup by name."""
    sources = sorted((ROOT / "Sources/Web/Charts").glob("*.swift"))
    sources += sorted((ROOT / "Tools/preview/charts").glob("*.swift"))
    program = build / "charts"
    if not program.exists() or any(s.stat().st_mtime > program.stat().st_mtime for s in sources):
        command = ["swiftc", "-swift-version", "6", *map(str, sources), "-o", str(program), "-lm"]
        subprocess.run(command, check=True)
    output = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    parts = re.split(r"^@@@ (.+)\n", output, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def fill_charts(value, charts):
    if isinstance(value, dict):
        return {key: fill_charts(inner, charts) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill_charts(inner, charts) for inner in value]
    if isinstance(value, str) and value.startswith("@chart "):
        return charts[value.removeprefix("@chart ")]
    return value


def serve(directory):
    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def end_headers(self):
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

    handler = functools.partial(Handler, directory=str(directory))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def photograph(page_name, browser, address, out):
    problems = []
    for width in (360, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        messages = []
        page.on("console", lambda m: messages.append(m.text) if m.type == "error" else None)
        page.goto(f"{address}/{page_name}.html")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            problems.append(f"{page_name} at {width}: {overflow} px wider than the screen")
        page.screenshot(path=out / f"{page_name}-{width}.png", full_page=True)
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["html"][:110] for node in violation["nodes"][:3]]
            line = f"{page_name} at {width}: {violation['impact']} {violation['id']} {nodes}"
            if violation["impact"] in ("serious", "critical"):
                problems.append(line)
            else:
                print("note:", line)
        for message in messages:
            if "core.wasm" not in message and "404" not in message:
                problems.append(f"{page_name} at {width}: {message}")
        if width == 1280:
            page.pdf(path=out / f"{page_name}.pdf", prefer_css_page_size=True)
        page.close()
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / ".build/preview")
    parser.add_argument("--lang", choices=("id", "en"), default="id")
    parser.add_argument("pages", nargs="*")
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ASSETS, out / "assets", dirs_exist_ok=True)

    catalogues = {name: json.loads((RESOURCES / f"{name}.json").read_text()) for name in ("id", "en")}
    templates = {path.stem: path.read_text() for path in sorted(TEMPLATES.glob("*.mustache"))}
    problems = check_words(catalogues, templates)
    charts = draw_charts(out)
    names = arguments.pages or sorted(path.stem for path in CONTEXTS.glob("*.json"))
    for name in names:
        context = json.loads((CONTEXTS / f"{name}.json").read_text())
        problems += check_empty(context, name)
        context = fill_charts(context, charts)
        context |= {"t": catalogues[arguments.lang], "lang": arguments.lang}
        html = chevron.render(templates[name], context, partials_dict=templates)
        if re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html):
            problems.append(f"{name}: inline style or script")
        (out / f"{name}.html").write_text(html)

    server = serve(out)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=BROWSER_ARGUMENTS)
        for name in names:
            problems += photograph(name, browser, address, out)
        browser.close()
    server.shutdown()
    print("\n".join(problems) or f"{len(names)} pages: nothing wrong")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
