"""Runs the stranger's tests and says how they went as TAP, on standard output."""

import os
import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def _say(self, word, test, notes=""):
        self.number += 1
        print(f"{word} {self.number} - {test.id().rpartition('.')[2]}", flush=True)
        for line in notes.splitlines():
            print(f"# {line}")

    def addSuccess(self, test):
        super().addSuccess(test)
        self._say("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._say("not ok", test, self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        if not isinstance(test, unittest.TestCase):  # a class or module that could not be set up
            print(f"not ok {self.number + 1} - {test}\n# {self._exc_info_to_string(err, test)}")
            self.number += 1
            return
        self._say("not ok", test, self._exc_info_to_string(err, test))


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    suite = unittest.TestLoader().discover(folder)
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    return 0 if result.wasSuccessful() and result.number else 1


if __name__ == "__main__":
    sys.exit(main())
