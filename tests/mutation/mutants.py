"""Small faults that can be put into a C++ source.

A mutant is one change of one place: a comparison, a sign, an operator, a
constant, or a statement that is gone. Left alone is what cannot change what the
program does (comments, preprocessor, assertions, attributes, texts), what
the compiler sees to (arguments of templates), and which instruction set computes,
since all give the same bits. A `throw` is removed but not changed inside.
"""
import re
from dataclasses import dataclass

COMPARISONS = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"),
    "==": ("!=",), "!=": ("==",)}
OPERATORS = {
    "+": "-", "-": "+", "*": "/", "/": "*", "%": "/",
    "&&": "||", "||": "&&", "&": "|", "|": "&", "^": "|", "<<": ">>",
    ">>": "<<",
    "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "|=": "&=", "&=": "|=",
    "^=": "|=", "<<=": ">>=", ">>=": "<<="}
NAMES = {
    "min": "max", "max": "min", "floor": "ceil", "ceil": "floor", "any": "all",
    "all": "any", "fma": "fnma", "fnma": "fma", "fms": "fma",
    "true": "false", "false": "true", "lower_bound": "upper_bound",
    "upper_bound": "lower_bound"}

BINARY = re.compile(r"(?<=[\w)\]}] )(%s)(?=\s)" % "|".join(
    sorted(map(re.escape, {*COMPARISONS, *OPERATORS}), key=len, reverse=True)))
UNARY = re.compile(r"(?<=[(\[{ ])(?:(?<=[(\[{])|(?<=return )|(?<=[-+*/<>=?:,&|] ))"
                   r"[-!](?=[\w(])")
NAME = re.compile(r"(?<![\w.>])(%s)(?=%s)|\b(true|false)\b" % (
    "|".join(name for name in NAMES if name not in ("true", "false")),
    r"(?:<[\w:]+>)?\("))
NUMBER = re.compile(r"(?<![\w.'])(?:0[xX][\da-fA-F']+|\d[\d']*\.?[\d']*"
                    r"(?:[eE][-+]?\d+)?)([uUlLzZfF]*)(?![\w.'])")
STATEMENT = re.compile(r"(?<=[;{}])[^;{}]+(?=;)")
NOT_REMOVED = re.compile(
    r"(using|namespace|typedef|template|return\s|static_assert|case|default|"
    r"struct|class|enum|friend|extern|constexpr|const\s|static|auto|explicit|"
    r"virtual|operator|public|private|inline|goto|do|else|while|for)\b")
ASSIGNMENT = re.compile(r"(\*|\+\+|--)?[\w:.>-]+\s*(<<|>>|[-+*/|&^%])?=(?!=)")


@dataclass(frozen=True)
class Mutant:
    path: str
    start: int  # offsets into the text
    end: int
    old: str
    new: str
    line: int  # from 1
    line_before: str
    line_after: str

    @property
    def key(self):
        """Names it in spite of lines that come and go above it."""
        return (self.path, self.line_before, self.line_after)

    @property
    def change(self):
        if not self.new.strip():
            return "removed: " + " ".join(self.old.split())
        return f"{self.old} -> {self.new}"

    def apply(self, text):
        return text[:self.start] + self.new + text[self.end:]


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def masked(text):
    """The text with what is never changed blanked out, offsets kept."""
    def without_text(match):
        found = match.group()
        if found[0] in "\"'" and not found.startswith("'\\n"):
            return found[0] + blank(found[1:-1]) + found[-1]
        return blank(found)

    text = re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|"
                  r"(?<![\w'])'(?:\\.|[^'\\\n])+'", without_text, text, flags=re.S)
    patterns = [r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", r"\[\[.*?\]\]",
                r"\b(?:static_)?assert\s*\([^;]*;", r"\balignas\([^)]*\)",
                r"\btemplate\s*<[^{;()]*?>\s", r"\boperator\s*[^\s\w(]+",
                r"__attribute__\(\(.*?\)\)\)?",
                r"[^;{}]*\bavx512\b[^;{}]*"]
    for pattern in patterns:
        text = re.sub(pattern, lambda m: blank(m.group()), text,
                      flags=re.S | re.M)
    return text


def without_brackets(text):
    while True:
        shorter = re.sub(r"\[[^][]*\]|\([^()]*\)", "", text)
        if shorter == text:
            return text
        text = shorter


def is_balanced(text):
    return all(text.count(a) == text.count(b) for a, b in ("()", "[]"))


def can_be_removed(statement):
    if not statement or not is_balanced(statement) or NOT_REMOVED.match(statement):
        return False
    if re.match(r"(continue|break|return|throw\b.*)$", statement, re.S):
        return True
    if re.match(r"(\+\+|--)?[^\s=]+(\+\+|--)?$", without_brackets(statement)):
        return "(" in statement or "++" in statement or "--" in statement
    return bool(ASSIGNMENT.match(without_brackets(statement)))


def changed_number(number, suffix):
    digits = number[:len(number) - len(suffix)] if suffix else number
    if re.fullmatch(r"0[xX].*", digits):
        return f"({number} + 1)"
    if re.search(r"[.eE]", digits):
        return "1.0" + suffix if float(digits.replace("'", "")) == 0 \
            else f"({number} * 1.01{suffix})"
    return f"{int(digits.replace(chr(39), '')) + 1}{suffix}"


def places(mask):
    """(start, end, replacement) of all changes."""
    changeable = re.sub(r"\bthrow\b[^;]*", lambda m: blank(m.group()), mask)
    for match in BINARY.finditer(changeable):
        operator = match.group()
        for new in COMPARISONS.get(operator, (OPERATORS.get(operator),)):
            yield match.start(), match.end(), new
    for match in UNARY.finditer(changeable):
        yield match.start(), match.end(), "+" if match.group() == "-" else " "
    for match in NAME.finditer(changeable):
        yield match.start(), match.end(), NAMES[match.group()]
    for match in NUMBER.finditer(changeable):
        before, after = changeable[:match.start()], changeable[match.end():]
        if not (before.endswith("<") or after.startswith(">")):
            yield match.start(), match.end(), changed_number(match.group(),
                                                             match.group(1))
    for match in STATEMENT.finditer(mask):
        statement = match.group().strip()
        if can_be_removed(statement):
            start = match.start() + match.group().index(statement[0])
            end = start + len(statement)
            yield start, end, blank(mask[start:end])


def mutants_of(path, text):
    """All mutants of a source, in the order of their places."""
    found = []
    for start, end, new in sorted(places(masked(text))):
        line_start = text.rfind("\n", 0, start) + 1
        line_end = f"{text}\n".index("\n", start)
        after = text[line_start:start] + new.split("\n")[0] + text[end:line_end]
        found.append(Mutant(path, start, end, text[start:end], new,
                            text.count("\n", 0, start) + 1,
                            text[line_start:line_end].strip(), after.strip()))
    return found
