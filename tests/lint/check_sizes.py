"""Holds the size limits: sources 600 lines, headers 300, functions 60.

size_allowlist.txt names what may be larger, one a line: PATH LINES, or PATH:FUNCTION LINES. It may only shrink: an entry
must be needed and exact, and none may be added or raised against the committed list.
"""
import subprocess

from cpp_functions import find_functions
from source_files import ROOT, code_files, finish, read

SOURCE_LIMIT, HEADER_LIMIT, FUNCTION_LIMIT = 600, 300, 60
ALLOWLIST = "tests/lint/size_allowlist.txt"


def parse_allowlist(text):
    entries = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#")[0].strip()
        if line:
            name, lines = line.rsplit(None, 1)
            entries[name] = (int(lines), number)
    return entries


def committed_allowlist(revision):
    shown = subprocess.run(["git", "-c", "safe.directory=*", "show", f"{revision}:{ALLOWLIST}"], cwd=ROOT,
                           capture_output=True, check=False)
    return parse_allowlist(shown.stdout.decode()) if shown.returncode == 0 else None


def oversized(files):
    """{name: (lines, limit, where)} of all files and functions over their limit."""
    found = {}
    for path in files:
        text = read(path)
        lines = len(text.splitlines())
        limit = HEADER_LIMIT if path.suffix == ".h" else SOURCE_LIMIT
        if lines > limit:
            found[str(path)] = (lines, limit, f"{path}:{lines}")
        for function in find_functions(text):
            if function.lines > FUNCTION_LIMIT:
                found[f"{path}:{function.name}"] = (function.lines, FUNCTION_LIMIT, f"{path}:{function.line}")
    return found


def check_allowlist(allowed, found):
    for name, (lines, number) in allowed.items():
        actual = found.get(name, (0,))[0]
        if not actual:
            yield f"{ALLOWLIST}:{number}: {name} is within its limit now; remove the entry"
        elif actual < lines:
            yield f"{ALLOWLIST}:{number}: {name} has {actual} lines now; lower the entry from {lines}"
    for revision in ("HEAD", "HEAD~1"):
        before = committed_allowlist(revision)
        for name, (lines, number) in allowed.items():
            if before is not None and lines > before.get(name, (0,))[0]:
                yield f"{ALLOWLIST}:{number}: {name} is new or raised since {revision}; the list may only shrink"


def main():
    files = code_files(".cpp", ".h")
    found = oversized(files)
    allowed = parse_allowlist(read(ALLOWLIST))
    problems = [f"{where}: {name} has {lines} lines, the limit is {limit}"
                for name, (lines, limit, where) in found.items() if lines > allowed.get(name, (limit,))[0]]
    problems += check_allowlist(allowed, found)
    finish(problems, len(files))


if __name__ == "__main__":
    main()
