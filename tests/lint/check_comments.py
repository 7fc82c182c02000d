"""Each header of src/ and ui/ starts by saying what it is; work left to do names its issue."""
import re

from source_files import code_files, finish, read, repository_files

# Written in halves, so that this file does not find itself.
MARKERS = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b(?!\(#\d+\)|\s*#\d+)")
TEXT_SUFFIXES = {".cpp", ".h", ".py", ".cmake", ".txt", ".md", ".json", ".qss", ""}
SHORTEST_PURPOSE = 15


def missing_purpose():
    for path in code_files(".h", folders=("src", "ui")):
        first = read(path).split("\n", 1)[0]
        if not first.startswith("// ") or len(first) < SHORTEST_PURPOSE:
            yield f"{path}:1: the first line is not a comment that says what this header is"


def loose_ends(files):
    for path in files:
        for number, line in enumerate(read(path).splitlines(), 1):
            marker = MARKERS.search(line)
            if marker:
                yield f"{path}:{number}: {marker.group()} without the number of an issue (write {marker.group()}(#12))"


def main():
    files = [path for path in repository_files() if path.suffix in TEXT_SUFFIXES and path.parts[0] in (
        "src", "ui", "tests", "plugins", "cmake", "dev", "CMakeLists.txt") and "data" not in path.parts
        and "corpus" not in path.parts]
    finish([*missing_purpose(), *loose_ends(files)], len(files))


if __name__ == "__main__":
    main()
