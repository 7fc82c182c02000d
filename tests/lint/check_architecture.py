"""The library graph in ARCHITECTURE.md is the graph that CMake links, with one sentence an edge.

    check_architecture.py BUILD_FOLDER            compares, for CTest
    check_architecture.py BUILD_FOLDER --print    prints the diagram and the list for the document
"""
import pathlib
import re
import sys

from source_files import finish, read

DOCUMENT = "ARCHITECTURE.md"
EDGE = re.compile(r"^\s*(\w+) --> (\w+)\s*$")
SENTENCE = re.compile(r"^- `(\w+)` → `(\w+)`: (\S.*\.)$")


def linked_edges(build):
    lines = (pathlib.Path(build) / "library-graph.txt").read_text(encoding="utf-8").splitlines()
    return {tuple(line.split()) for line in lines if line.strip()}


def written_edges(text):
    """({edge: line} of the mermaid diagram, [(edge, line)] of the sentences)."""
    drawn, told, in_diagram = {}, [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            in_diagram = line.strip() == "```mermaid"
        edge, sentence = EDGE.match(line), SENTENCE.match(line)
        if in_diagram and edge:
            drawn[edge.groups()] = number
        elif sentence:
            told.append((sentence.groups()[:2], number))
    return drawn, told


def compare(linked, drawn, told):
    told_once = {}
    for edge, number in told:
        if edge in told_once:
            yield f"{DOCUMENT}:{number}: a second sentence for {edge[0]} → {edge[1]}"
        told_once.setdefault(edge, number)
    for edge in sorted(linked - drawn.keys()):
        yield f"{DOCUMENT}:1: CMake links {edge[0]} --> {edge[1]}, the diagram does not"
    for edge in sorted(linked - told_once.keys()):
        yield f"{DOCUMENT}:1: no sentence says why {edge[0]} → {edge[1]} (\"- `{edge[0]}` → `{edge[1]}`: Because.\")"
    for edge in sorted(drawn.keys() - linked):
        yield f"{DOCUMENT}:{drawn[edge]}: the diagram has {edge[0]} --> {edge[1]}, CMake does not link it"
    for edge in sorted(told_once.keys() - linked):
        yield f"{DOCUMENT}:{told_once[edge]}: a sentence about {edge[0]} → {edge[1]}, which CMake does not link"


def main():
    linked = linked_edges(sys.argv[1])
    if sys.argv[2:] == ["--print"]:
        print("\n".join(f"    {a} --> {b}" for a, b in sorted(linked)))
        print("\n".join(f"- `{a}` → `{b}`: ." for a, b in sorted(linked)))
        return
    drawn, told = written_edges(read(DOCUMENT))
    finish(list(compare(linked, drawn, told)), len(linked))


if __name__ == "__main__":
    main()
