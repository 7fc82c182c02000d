"""Nothing that a build makes is in the repository."""
from source_files import ROOT, finish, repository_files

SUFFIXES = {".o", ".a", ".so", ".obj", ".gch", ".d", ".deb", ".ninja", ".pyc", ".qm", ".gcda", ".gcno", ".log", ".core"}
# How compiled things start: ELF, an archive, a precompiled header of GCC, Python's are told by their suffix.
MAGIC = (b"\x7fELF", b"!<arch>\n", b"gpch")
LARGEST = 1 << 20


def problems(files):
    for path in files:
        if path.suffix in SUFFIXES:
            yield f"{path}: is made by a build; take it out of the repository (git rm --cached)"
            continue
        with open(ROOT / path, "rb") as file:
            start = file.read(8)
        if start.startswith(MAGIC):
            yield f"{path}: is compiled; take it out of the repository (git rm --cached)"
        elif (ROOT / path).stat().st_size > LARGEST:
            yield f"{path}: is larger than {LARGEST >> 20} MiB; tests make such data themselves"


def main():
    files = repository_files()
    finish(list(problems(files)), len(files))


if __name__ == "__main__":
    main()
