"""What src/client says to people goes through tr(), so that it speaks the language of the console.

A sentence is a string literal that begins with a capital letter and goes on with a second word; each has to be the
argument of tr() or translate(). So has whatever comes as the message or the hint of fail() and worded().
"""
import re

from source_files import code_files, finish, read

FOLDER = ("src", "client")
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|#include[^\n]*|"(?:[^"\\\n]|\\.)*"', re.DOTALL)
SENTENCE = re.compile(r"[A-Z][a-z]*'?[a-z]* [A-Za-z“%]")
TRANSLATED = re.compile(r'\b(?:tr|translate)\(\s*$')
#: A code comes first, then a literal: "fail("gateway.x", "Nothing ...".
SAID = re.compile(r'\b(?:fail|worded|Error)\s*[({]\s*"[^"]*",\s*$')


def literals(text):
    """(offset, text of adjacent literals together) of every string outside comments."""
    found = []
    end = None
    for token in TOKEN.finditer(text):
        if not token.group().startswith('"'):
            continue
        body = token.group()[1:-1]
        if end is not None and not text[end:token.start()].strip():
            found[-1] = (found[-1][0], found[-1][1] + body)
        else:
            found.append((token.start(), body))
        end = token.end()
    return found


def untranslated(text):
    """(line, literal) of whatever is said in one language only."""
    problems = []
    for offset, body in literals(text):
        before = text[:offset]
        is_said = SENTENCE.match(body) or (body and SAID.search(before))
        if is_said and not TRANSLATED.search(before):
            problems.append((before.count("\n") + 1, body))
    return problems


def check_itself():
    good = 'fail(worded("a.b", Words::tr("Nothing listens"), where, Words::tr("Check " "it")));  // "Not this one"\n'
    bad = ('fail("a.b", "Nothing listens")', 'fail("a.b", "no sentence")', 'Error{"a.b", "x"}', 'f(x, "Check it")',
           'return worded("a.b", "nothing");')
    assert not untranslated(good), untranslated(good)
    for text in bad:
        assert untranslated(text), text


def main():
    check_itself()
    files = [path for path in code_files(".cpp", ".h", folders=FOLDER[:1]) if path.parts[:2] == FOLDER]
    problems = [f'{path}:{line}: "{body}" is said in English only; put it into tr()'
                for path in files for line, body in untranslated(read(path))]
    finish(problems, len(files))


if __name__ == "__main__":
    main()
