"""Which files the lints look at, and how they report."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("src", "ui", "tests", "plugins")


def repository_files():
    """Every file of the repository that exists, tracked or new, as paths relative to its top."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
    else:  # a source archive without git
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")]
        names = [name for name in names if not name.startswith(("build/", ".git/"))]
    return sorted({pathlib.Path(name) for name in names if name and (ROOT / name).is_file()})


def code_files(*suffixes, folders=CODE_FOLDERS):
    """C++ files with one of the suffixes (".cpp", ".h") in the given top-level folders."""
    return [path for path in repository_files() if path.parts[0] in folders and path.suffix in suffixes]


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def finish(problems, checked):
    """Prints file:line messages and ends the process: 1 when there are any, or when nothing was looked at."""
    for problem in problems:
        print(problem)
    print(f"{checked} checked, {len(problems)} problems")
    if checked == 0:
        print("a lint that looks at nothing proves nothing")
    sys.exit(1 if problems or checked == 0 else 0)
