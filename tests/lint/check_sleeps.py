"""No test waits by sleeping: it waits for the thing itself (condition variable, future, QTRY_*, injected clock)."""
import re

from cpp_functions import blank_literals
from source_files import code_files, finish, read

SLEEP = re.compile(r"\b(sleep_for|sleep_until|qWait|QThread::m?u?sleep|QTest::qSleep|usleep|nanosleep)\s*\(|"
                   r"(?<![\w.:>])(?:::)?sleep\s*\(")


def main():
    files = code_files(".cpp", ".h", folders=("tests",))
    problems = []
    for path in files:
        for number, line in enumerate(blank_literals(read(path)).splitlines(), 1):
            call = SLEEP.search(line)
            if call:
                problems.append(f"{path}:{number}: sleeps ({call.group().strip('( ')}); wait for the thing itself instead")
    finish(problems, len(files))


if __name__ == "__main__":
    main()
