"""count.py KIND STAGE STATUS REPORT LOG: counts a test runner's report, shows what failed.

Writes "PASSED FAILED" to build/report/STAGE.count. A runner that failed without a failed test, that left no
report or that ran nothing counts as one failure, with the end of its log.

count.py command STAGE STATUS WHAT LOG: a command as one test.
count.py add STAGE OTHER: adds the counts of OTHER to those of STAGE.
"""

import json
import os
import re
import sys

SHOWN_LINES = 60
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def fail(self, name, output=""):
        self.failed += 1
        print(f"    FAILED: {name}")
        show(output)


def show(output, most=SHOWN_LINES):
    rows = COLOURS.sub("", output).rstrip().split("\n") if output.strip() else []
    if len(rows) > most:
        rows = [f"... {len(rows) - most} lines above ..."] + rows[-most:]
    for row in rows:
        print(f"        {row}")


def count_tap(text, count, label="", output=""):
    """Points and the plan; returns whether there were any."""
    plan = seen = 0
    rows = text.split("\n")
    for number, row in enumerate(rows):
        if match := re.match(r"1\.\.(\d+)", row):
            plan = int(match[1])
        elif match := re.match(r"(not )?ok\b[ \d]*-?\s*(.*)", row):
            seen += 1
            if re.search(r"#\s*skip", match[2], re.I):
                count.skipped += 1
            elif match[1]:
                notes = []
                for note in rows[number + 1:]:
                    if not note.startswith("#"):
                        break
                    notes.append(note[2:])
                count.fail(label + match[2], "\n".join(notes) or output)
            else:
                count.passed += 1
    if seen < plan:
        count.fail(f"{label}{plan - seen} of {plan} tests did not finish", output)
    return seen > 0


def count_meson(path, count):
    with open(path, encoding="utf-8") as file:
        for row in file:
            test = json.loads(row)
            name = test["name"].split(" / ", 1)[-1]
            output = test.get("stderr", "")
            failed_before = count.failed
            if re.search(r"^(1\.\.\d|not ok|ok)\b", test.get("stdout", ""), re.M):
                count_tap(test["stdout"], count, f"{name}: ", output)
            elif test["result"] in ("OK", "EXPECTEDFAIL"):
                count.passed += 1
            elif test["result"] == "SKIP":
                count.skipped += 1
            good = test["result"] in ("OK", "EXPECTEDFAIL", "SKIP")
            if not good and count.failed == failed_before:
                count.fail(f"{name}: {test['result']} (code {test.get('returncode')})",
                           test.get("stdout", "") + output)


def count_vitest(path, count):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    for suite in report["testResults"]:
        name = os.path.relpath(suite["name"])
        if suite["status"] == "failed" and not any(t["status"] == "failed" for t in suite["assertionResults"]):
            count.fail(name, suite.get("message", ""))
        for test in suite["assertionResults"]:
            if test["status"] == "passed":
                count.passed += 1
            elif test["status"] == "failed":
                count.fail(f"{name}: {test['fullName']}", "\n".join(test.get("failureMessages", [])))
            else:
                count.skipped += 1


def playwright_tests(suite, name=""):
    here = f"{name} > {suite['title']}" if name else suite["title"]
    for spec in suite.get("specs", []):
        for test in spec["tests"]:
            yield f"{here} > {spec['title']} [{test.get('projectName', '')}]", test
    for inner in suite.get("suites", []):
        yield from playwright_tests(inner, here)


def count_playwright(path, count):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    for error in report.get("errors", []):
        count.fail("playwright", error.get("message", str(error)))
    for suite in report["suites"]:
        for name, test in playwright_tests(suite):
            if test["status"] in ("expected", "flaky"):
                count.passed += 1
                if test["status"] == "flaky":
                    print(f"    passed only when tried again: {name}")
            elif test["status"] == "skipped":
                count.skipped += 1
            else:
                errors = [error.get("message", "") for result in test["results"] for error in result["errors"]]
                count.fail(name, "\n".join(errors))


def count_unittest(text, count):
    """What python -m unittest -v writes: a line for each test."""
    for name, result in re.findall(r"^(.*) \.\.\. (ok|FAIL|ERROR|skipped.*)$", text, re.M):
        if result == "ok":
            count.passed += 1
        elif result.startswith("skipped"):
            count.skipped += 1
        else:
            count.fail(name, text)


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def write(stage, count):
    if count.skipped:
        print(f"    {count.skipped} skipped")
    with open(f"build/report/{stage}.count", "w", encoding="utf-8") as file:
        file.write(f"{count.passed} {count.failed}\n")


def main(kind, stage, *rest):
    count = Count()
    if kind == "add":
        for name in (stage, *rest):
            passed, failed = map(int, read(f"build/report/{name}.count").split())
            count.passed, count.failed = count.passed + passed, count.failed + failed
    elif kind == "command":
        status, what, log = rest
        if status == "0":
            count.passed = 1
        else:
            count.fail(what, read(log))
    else:
        status, report, log = rest
        try:
            if kind == "tap":
                count_tap(read(report), count)
            elif kind == "unittest":
                count_unittest(read(report), count)
            else:
                {"meson": count_meson, "vitest": count_vitest, "playwright": count_playwright}[kind](report, count)
        except (OSError, ValueError, KeyError) as error:
            count.fail(f"{stage} left no report that can be read: {error!r}", read(log))
        if count.failed == 0 and status != "0":
            count.fail(f"{stage} ended with code {status}", read(log))
        if count.failed == 0 and count.passed == 0:
            count.fail(f"{stage} ran no test", read(log))
    write(stage, count)


if __name__ == "__main__":
    main(*sys.argv[1:])
