"""Configures layering_fixture once with each forbidden link and reads that configure refuses it by name.

    check_layering.py CMAKE COMPILER SCRATCH_FOLDER
"""
import pathlib
import re
import subprocess
import sys

from source_files import ROOT, finish

FIXTURE = "tests/lint/layering_fixture"
EXPECTED = {
    "declared": "'canvas' must not link 'engine' (DEPS). It may link: base, protocol, widgets",
    "unknown_layer": "'basement' is not a layer",
    "undeclared": "'client' must not link 'engine' (signalbox_client -> signalbox_engine). It may link: base, protocol",
    "through_helper": "'widgets' must not link 'engine' (signalbox_widgets -> helper -> signalbox_engine)",
    "upwards": "'base' must not link 'expr'",
    "qt_in_engine": "'engine' must not link Qt Core (signalbox_engine -> Qt6::Core): this layer is Qt-free",
    "qt_file_in_base": "'base' must not link Qt Core",
    "widgets_in_client": "'client' must not link Qt Widgets",
    "gui_behind_core_module": "'client' must not link Qt Gui (signalbox_client -> Qt6::Network -> Qt6::Gui)",
    "no_layer": "'signalbox_stray' has no layer",
}
CLEAN_GRAPH = "client base\nclient protocol\nengine base\nengine expr\nexpr base\nprotocol base\nwidgets base\n"


def configure(cmake, compiler, build, case):
    """(succeeded, output with its line breaks folded, since CMake wraps messages)."""
    run = subprocess.run(
        [cmake, "-S", str(ROOT / FIXTURE), "-B", str(build), "-G", "Ninja", f"-DCASE={case}",
         f"-DCMAKE_CXX_COMPILER={compiler}", f"-DSIGNALBOX_CMAKE_DIR={ROOT / 'cmake'}"],
        capture_output=True, text=True, check=False)
    return run.returncode == 0, re.sub(r"\s+", " ", run.stdout + run.stderr)


def main():
    cmake, compiler, build = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    problems = []
    succeeded, output = configure(cmake, compiler, build, "clean")
    if not succeeded:
        problems.append(f"{FIXTURE}:1: the clean case fails: {output[-400:]}")
    elif (build / "library-graph.txt").read_text(encoding="utf-8") != CLEAN_GRAPH:
        problems.append(f"{FIXTURE}:1: the clean case writes another library graph than expected")
    for case, message in EXPECTED.items():
        succeeded, output = configure(cmake, compiler, build, case)
        if succeeded:
            problems.append(f"{FIXTURE}:1: configure accepts the forbidden link '{case}'")
        elif f"Layering: {message}" not in output:
            problems.append(f"{FIXTURE}:1: case '{case}' does not say \"{message}\" but: {output[-400:]}")
    finish(problems, len(EXPECTED) + 1)


if __name__ == "__main__":
    main()
