"""Every source is named in the CMakeLists.txt of its folder or one above: what is not built is not there.

Headers of libraries have to be named too, for only those are checked to stand alone.
"""
import re

from source_files import code_files, finish, read, repository_files


def named_files():
    """All paths that some CMakeLists.txt names, relative to the top."""
    named = set()
    for lists in repository_files():
        if lists.name == "CMakeLists.txt":
            text = re.sub(r"#[^\n]*", "", read(lists))
            named.update(lists.parent / token for token in re.findall(r"[\w./-]+\.(?:cpp|h)\b", text))
    return named


def main():
    named = named_files()
    files = code_files(".cpp") + code_files(".h", folders=("src", "ui"))
    problems = [f"{path}:1: no CMakeLists.txt names this file" for path in files if path not in named]
    finish(problems, len(files))


if __name__ == "__main__":
    main()
