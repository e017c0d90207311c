#!/usr/bin/env python3
"""Tries the crash drivers on a stand-in: they pass on a sound one, fail on broken ones."""
import os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
BINARY = f"{sys.executable} {HERE}/standin.py"
CASES = [  # driver, arguments, fault, must it pass?
    ("kill9.py", ["--runs", "15"], "", True),
    ("kill9.py", ["--runs", "15"], "early", False),
    ("kill9.py", ["--runs", "5"], "twice", False),
    ("powercut_import.py", ["--runs", "15"], "", True),
    ("powercut_import.py", ["--runs", "15", "--synchronous", "full"], "early", False),
    ("powercut_import.py", ["--runs", "15", "--normal-env", "UNUSED=1"], "", False),  # the control is really FULL
    ("diskfull.py", ["--runs", "6"], "", True),
    ("diskfull.py", ["--runs", "6", "--limit"], "", True),
    ("diskfull.py", ["--runs", "4"], "quiet", False),
]
passed = failed = 0
for driver, words, fault, good in CASES:
    result = subprocess.run([sys.executable, os.path.join(HERE, driver), "--binary", BINARY, "--children", "200"] + words,
                            env=dict(os.environ, STANDIN_FAULT=fault), capture_output=True, text=True)
    right = (result.returncode == 0) == good
    passed, failed = passed + right, failed + (not right)
    lines = result.stdout.strip().splitlines()
    first = next((line for line in lines if line.startswith("FAIL")), "")
    print(f"{'pass ' if right else 'FAIL '} {driver} {' '.join(words)} fault={fault or 'none'}: exit {result.returncode}, "
          f"{lines[-1] if lines else result.stderr.strip()[-400:]}" + (f" ({first[:160]})" if first else ""), flush=True)
    if not right:
        print("\n".join(lines[-25:]), result.stderr[-1500:])
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
