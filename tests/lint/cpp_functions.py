"""Finds C++ function definitions and their length, by braces. Made for sources formatted with our .clang-format.

A lambda inside a function belongs to that function; one at namespace scope counts by itself. Initialiser lists,
brace-initialised members, enums and tables are told apart from bodies by what stands before the brace.
"""
import dataclasses
import re

_LITERAL = re.compile(
    r'(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)'
    r'|(?P<raw>\b(?:u8|[uUL])?R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)")'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<char>(?<![0-9A-Fa-f])'(?:\\.[^'\n]*|[^'\\\n])')",
    re.DOTALL)
_DIRECTIVE = re.compile(r'^[ \t]*#(?:\\\n|[^\n])*', re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Function:
    name: str
    line: int   # where its signature starts, from 1
    lines: int  # from there to its closing brace, both included


def blank_literals(text):
    """The text with comments, literals' contents and preprocessor lines blanked; every line keeps its number."""
    def blank(match):
        if match.lastgroup in ("string", "char", "raw") or match.group("string") or match.group("char"):
            return '""' + "\n" * match.group().count("\n")
        return re.sub(r"[^\n]", " ", match.group())
    text = _LITERAL.sub(blank, text)
    return _DIRECTIVE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _without_leading_macros(head):
    """The head without macro calls that stand on their own before it: BOOST_DESCRIBE_STRUCT(A, (), (b)) struct B."""
    while True:
        macro = re.match(r"\s*(?:Q_OBJECT\b|Q_GADGET\b|[A-Z][A-Z0-9_]+\s*(?=\())", head)
        if not macro:
            return head
        end, depth = macro.end(), 0
        for end in range(macro.end(), len(head)):
            depth += {"(": 1, ")": -1}.get(head[end], 0)
            if depth == 0:
                break
        rest = head[end + (head[end:end + 1] == ")"):]
        if not rest.strip():
            return head  # TEST(Suite, Case): the macro is the signature
        head = rest


def _outside_parentheses(head):
    """The head with everything inside (), [] and <> left out; the brackets themselves stay."""
    result, depth = [], 0
    for index, char in enumerate(head):
        closes = char in ")]" or (char == ">" and depth and head[index - 1] not in "-=")
        if closes:
            depth = max(0, depth - 1)
        if depth == 0:
            result.append(char)
        if char in "([" or (char == "<" and re.search(r"[\w:]\s*$", head[:index])):
            depth += 1
    return "".join(result)


def _kind(head):
    """What a brace after this head opens at namespace or class scope: scope, function, member or other."""
    head = re.sub(r"operator\s*(\(\s*\)|[^\w\s(]+)", "operatorX", head.strip())
    head = re.sub(r"\[\[[^\]]*\]\]", "", head)
    flat = re.sub(r"^(?:template\s*<>\s*(?:requires[^;{]*?\s)?)+", "", _outside_parentheses(head).strip())
    if re.match(r"(?:inline\s+)?namespace\b|extern\s*\"\"$", flat):
        return "scope"
    if re.match(r"(?:typedef\s+)?(?:class|struct|union)\b", flat) and "(" not in flat.split(":")[0]:
        return "scope"
    if re.match(r"(?:typedef\s+)?enum\b", flat) or "(" not in flat:
        return "other"
    before_parenthesis, after_parenthesis = flat.split("(", 1)
    if "=" in before_parenthesis:
        return "function" if re.search(r"=\s*\[", flat) else "other"
    in_initialiser_list = re.search(r"(?<!:):(?!:)", after_parenthesis)
    if in_initialiser_list and re.search(r"[\w>]$", flat):
        return "member"
    return "function"


def _name(head):
    head = re.sub(r"\s+", " ", head.strip())
    gtest = re.match(r"(?:TYPED_)?TEST(?:_[FP])?\s*\(([^)]*)\)", head)
    if gtest:
        return gtest.group(1).replace(", ", ".")
    variable = re.search(r"([\w:]+)\s*=\s*\[", head)
    if variable:
        return variable.group(1)
    plain = re.sub(r"operator\s*\(\s*\)", "operator()", head)
    match = re.search(r"((?:[\w~]+(?:<[^()]*>)?::)*(?:operator\s*(?:\(\)|[^\w\s(]+|[\w:]+)|~?\w+))\s*\(", plain)
    return match.group(1) if match else head[:40]


def find_functions(text):
    """Every function defined in the text, in order of its closing brace."""
    code = blank_literals(text)
    functions, stack = [], []  # stack: (kind, head, start offset of the head)
    head_start, parentheses, index = 0, 0, 0
    while index < len(code):
        char = code[index]
        inside_body = any(kind != "scope" for kind, _, _ in stack)
        if char in "([":
            parentheses += 1
        elif char in ")]":
            parentheses -= 1
        elif char == "{":
            if inside_body or parentheses > 0:
                stack.append(("nested", "", 0))
            else:
                head = _without_leading_macros(code[head_start:index])
                stack.append((_kind(head), head, index - len(head)))
                if stack[-1][0] == "scope":
                    head_start = index + 1
        elif char == "}" and stack:
            kind, head, start = stack.pop()
            if kind == "function":
                first = start + len(head) - len(head.lstrip())
                line = code.count("\n", 0, first) + 1
                functions.append(Function(_name(head), line, code.count("\n", 0, index) + 2 - line))
            if kind in ("function", "scope"):
                head_start = index + 1
        elif char == ";" and not inside_body and parentheses == 0:
            head_start = index + 1
        elif char == ":" and not inside_body and re.search(r"\b(?:public|private|protected|signals|slots)\s*$",
                                                           code[head_start:index]) and code[index + 1] != ":":
            head_start = index + 1
        index += 1
    return functions
