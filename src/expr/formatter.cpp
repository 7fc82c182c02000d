// Only the blanks between tokens ever change: so the program stays the same, and a second pass finds what it would
// make.
#include "expr/formatter.h"

#include <algorithm>
#include <vector>

#include "expr/expression.h"
#include "expr/layout_printer.h"
#include "expr/syntax_scan.h"

namespace signalbox::expr {

namespace {

using Break = LayoutPrinter::Break;

constexpr std::size_t kHuggedHead = 40;  ///< columns of the arguments before a function that stays on their line

struct Comment {
    std::string_view text;
    bool lineBefore = false;  ///< begins its line
    bool blankBefore = false;
    bool lineAfter = false;  ///< ends its line
};

struct Piece {
    std::string_view text;
    SyntaxKind kind = SyntaxKind::Error;
    bool afterOperand = false;
    std::size_t pair = 0;
    std::vector<Comment> comments;  ///< before it
    bool blankBefore = false;
};

std::size_t newLines(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// The tokens of a text that parses, comments hung to the token behind them; the last piece is empty.
std::vector<Piece> piecesOf(std::string_view text) {
    const std::vector<ScannedToken> tokens = scan(text);
    std::vector<Piece> pieces(1);
    std::vector<std::size_t> index(tokens.size());
    std::size_t last = 0;
    bool first = true;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const ScannedToken& token = tokens[i];
        const std::size_t lines = newLines(text.substr(last, token.position - last));
        const std::size_t next = i + 1 < tokens.size() ? tokens[i + 1].position : text.size();
        Piece& piece = pieces.back();
        last = token.end();
        index[i] = pieces.size() - 1;
        if (token.kind == SyntaxKind::Comment) {
            const bool ends = i + 1 == tokens.size() || newLines(text.substr(last, next - last)) > 0;
            piece.comments.push_back({token.text(text), lines > 0 || first, lines > 1 && !first, ends});
        } else {
            piece.text = token.text(text);
            piece.kind = token.kind;
            piece.afterOperand = token.afterOperand;
            piece.blankBefore = lines > 1;
            // The pair of an opening bracket is set when its closing one comes.
            if (token.pair != ScannedToken::kNone && token.pair < i) {
                piece.pair = index[token.pair];
                pieces[piece.pair].pair = index[i];
            }
            pieces.emplace_back();
        }
        first = false;
    }
    return pieces;
}

/// A part of the pieces.
struct Range {
    std::size_t first;
    std::size_t last;
    [[nodiscard]] bool empty() const { return first == last; }
};

class Layout {
public:
    explicit Layout(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

    std::string print(const FormatOptions& options) {
        const std::size_t end = pieces_.size() - 1;
        gap(0, Break::None);
        expression({0, end});
        gap(end, Break::None);
        return printer_.print(options.width, options.indent);
    }

private:
    [[nodiscard]] const Piece& at(std::size_t index) const { return pieces_[index]; }
    [[nodiscard]] bool opens(std::size_t index) const {
        return at(index).kind == SyntaxKind::Bracket && at(index).pair > index;
    }
    [[nodiscard]] bool is(std::size_t index, std::string_view text) const {
        const SyntaxKind kind = at(index).kind;
        return (kind == SyntaxKind::Operator || kind == SyntaxKind::Bracket) && at(index).text == text;
    }
    /// Calls visit(index) for each piece that lies in no bracket of the range.
    template <class Visit>
    void forEachOuter(Range range, const Visit& visit) const {
        for (std::size_t i = range.first; i < range.last; ++i) {
            visit(i);
            if (opens(i)) i = at(i).pair;
        }
    }

    // Comments.
    void gap(std::size_t index, Break wanted);
    Break comments(std::size_t index, Break wanted, bool closing);

    // Expressions. The gap before the first piece of a range is the caller's.
    void expression(Range range);
    void chain(Range range, int power);
    void operands(Range range);
    void write(std::size_t index) { printer_.text(at(index).text); }
    [[nodiscard]] int lowestPower(Range range) const;
    [[nodiscard]] int powerAt(std::size_t index) const;
    [[nodiscard]] bool hasBrackets(Range range) const;

    // Brackets.
    void bracket(std::size_t open);
    void items(std::size_t open, const std::vector<Range>& parts);
    void hugged(std::size_t open, const std::vector<Range>& parts);
    void transform(std::size_t open);
    void functionBody(std::size_t open);
    void item(Range range, bool pairs);
    [[nodiscard]] std::vector<Range> partsOf(Range inside) const;
    [[nodiscard]] bool mayHug(std::size_t open, const std::vector<Range>& parts) const;
    [[nodiscard]] bool isLambda(Range range) const;
    [[nodiscard]] bool isBracketed(Range range) const;
    [[nodiscard]] bool hasComments(std::size_t first, std::size_t last) const;
    [[nodiscard]] std::size_t columnsOf(Range range) const;

    std::vector<Piece> pieces_;
    LayoutPrinter printer_;
};

/// What stands between two pieces: the comments in their places, and the break that is wanted without them.
void Layout::gap(std::size_t index, Break wanted) {
    const bool statement = index > 0 && is(index - 1, ";");
    if (wanted == Break::Line && statement && at(index).comments.empty() && at(index).blankBefore)
        wanted = Break::Blank;
    const Break rest = comments(index, wanted, false);
    if (index + 1 < pieces_.size()) printer_.separate(rest);
}

/// Writes the comments before a piece and gives the break that remains to be made. One that begins and ends its line
/// keeps it; one that only ends its line belongs to what is before it; any other to what is behind it, but before a
/// closing bracket.
Break Layout::comments(std::size_t index, Break wanted, bool closing) {
    Break lead = index == 0 ? Break::None : wanted;
    bool begun = false;
    const bool statement = index > 0 && is(index - 1, ";");
    for (const Comment& comment : at(index).comments) {
        const bool own = comment.lineBefore && comment.lineAfter;
        if (own && index + begun > 0) {
            lead = statement && comment.blankBefore ? Break::Blank : Break::Hard;
        } else if (!begun && !own && (comment.lineAfter || closing)) {
            lead = index > 0 && opens(index - 1) && !comment.lineAfter ? Break::None : Break::Space;
        } else if (!begun && !own && index > 0 && wanted == Break::None) {
            lead = opens(index - 1) ? Break::None : Break::Space;
        } else if (!begun && !own && wanted == Break::Soft && index > 0 && !opens(index - 1)) {
            lead = Break::Line;
        }
        if (!begun && !own && lead == Break::Line && statement && comment.blankBefore) lead = Break::Blank;
        printer_.separate(lead);
        printer_.text(comment.text);
        lead = comment.lineAfter ? Break::Hard : Break::Space;
        begun = true;
    }
    if (begun && lead == Break::Hard && statement && at(index).blankBefore) return Break::Blank;
    return begun && closing && lead == Break::Space ? wanted : lead;
}

int Layout::powerAt(std::size_t index) const {
    const Piece& piece = at(index);
    const bool mayBe = piece.kind == SyntaxKind::Operator || piece.kind == SyntaxKind::Keyword;
    return mayBe && piece.afterOperand ? infixPower(piece.text) : 0;
}

int Layout::lowestPower(Range range) const {
    int lowest = 0;
    forEachOuter(range, [&](std::size_t i) {
        const int power = powerAt(i);
        if (power > 0 && (lowest == 0 || power < lowest)) lowest = power;
    });
    return lowest;
}

bool Layout::hasBrackets(Range range) const {
    for (std::size_t i = range.first; i < range.last; ++i) {
        if (opens(i)) return true;
    }
    return false;
}

void Layout::expression(Range range) {
    const int power = lowestPower(range);
    if (power == 0) return operands(range);
    printer_.begin();
    chain(range, power);
    printer_.end();
}

/// Operands joined by operators of one strength: all on one line, or each operator at the start of a line.
void Layout::chain(Range range, int power) {
    const bool path = power == infixPower(".");
    const bool tight = path || power == infixPower("..");
    const bool assignment = power == infixPower(":=");
    Break before = assignment ? Break::Space : tight ? Break::None : Break::Line;
    if (path && !hasBrackets(range)) before = Break::Soft;
    std::size_t start = range.first;
    bool indented = false;
    forEachOuter(range, [&](std::size_t i) {
        if (powerAt(i) != power) return;
        expression({start, i});
        if (!indented && before != Break::Space && before != Break::None) {
            printer_.indent();
            indented = true;
        }
        gap(i, before);
        write(i);
        gap(i + 1, tight ? Break::None : Break::Space);
        start = i + 1;
    });
    expression({start, range.last});
    if (indented) printer_.dedent();
}

/// One operand with what is written before and behind it.
void Layout::operands(Range range) {
    for (std::size_t i = range.first; i < range.last; ++i) {
        const bool body =
            i > range.first && is(i, "{") &&
            (at(i - 1).kind == SyntaxKind::Signature ||
             (is(i - 1, ")") && at(i - 1).pair > range.first && at(at(i - 1).pair - 1).kind == SyntaxKind::Keyword));
        if (i > range.first) gap(i, body ? Break::Space : Break::None);
        if (!opens(i)) {
            write(i);
            continue;
        }
        if (body) {
            functionBody(i);
        } else if (is(i, "|")) {
            transform(i);
        } else {
            bracket(i);
        }
        i = at(i).pair;
    }
}

std::vector<Range> Layout::partsOf(Range inside) const {
    std::vector<Range> parts;
    std::size_t start = inside.first;
    forEachOuter(inside, [&](std::size_t i) {
        if (!is(i, ",") && !is(i, ";")) return;
        parts.push_back({start, i});
        start = i + 1;
    });
    if (start < inside.last) parts.push_back({start, inside.last});
    return parts;
}

bool Layout::isBracketed(Range range) const {
    return !range.empty() && opens(range.first) && at(range.first).pair == range.last - 1 && !is(range.first, "|");
}

bool Layout::isLambda(Range range) const {
    if (range.last < range.first + 5 || at(range.first).kind != SyntaxKind::Keyword) return false;
    std::size_t body = at(range.first + 1).pair + 1;
    if (at(body).kind == SyntaxKind::Signature) ++body;
    return is(body, "{") && at(body).pair == range.last - 1;
}

bool Layout::hasComments(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
        if (!at(i).comments.empty()) return true;
    }
    return false;
}

std::size_t Layout::columnsOf(Range range) const {
    std::size_t columns = 0;
    for (std::size_t i = range.first; i < range.last; ++i) columns += textColumns(at(i).text) + 1;
    return columns;
}

/// Whether the brackets lie close around their last item, the lines of which are broken in their stead.
bool Layout::mayHug(std::size_t open, const std::vector<Range>& parts) const {
    const std::size_t close = at(open).pair;
    if (parts.empty() || parts.back().last != close || !at(close).comments.empty()) return false;
    const Range last = parts.back();
    if (hasComments(open + 1, last.first + 1)) return false;
    if (parts.size() == 1) return isBracketed(last) || isLambda(last);
    return is(open, "(") && at(open).afterOperand && isLambda(last) && columnsOf({open + 1, last.first}) <= kHuggedHead;
}

void Layout::bracket(std::size_t open) {
    const std::vector<Range> parts = partsOf({open + 1, at(open).pair});
    if (mayHug(open, parts)) return hugged(open, parts);
    printer_.begin();
    items(open, parts);
    printer_.end();
}

void Layout::hugged(std::size_t open, const std::vector<Range>& parts) {
    write(open);
    for (const Range part : parts) {
        if (part.first != open + 1) gap(part.first, Break::Space);
        item(part, is(open, "{"));
        write(part.last);
    }
}

void Layout::items(std::size_t open, const std::vector<Range>& parts) {
    const std::size_t close = at(open).pair;
    write(open);
    printer_.indent();
    for (const Range part : parts) {
        gap(part.first, part.first == open + 1 ? Break::Soft : Break::Line);
        item(part, is(open, "{"));
        if (part.last == close) continue;
        gap(part.last, Break::None);
        write(part.last);
    }
    const Break rest = comments(close, parts.empty() ? Break::None : Break::Soft, true);
    printer_.dedent();
    printer_.separate(rest);
    write(close);
}

/// An item of a list; of an object its name, ':' and value.
void Layout::item(Range range, bool pairs) {
    std::size_t colon = range.last;
    int conditions = 0;
    if (pairs) {
        forEachOuter(range, [&](std::size_t i) {
            if (is(i, "?") && at(i).afterOperand) ++conditions;
            if (is(i, ":") && conditions-- == 0 && colon == range.last) colon = i;
        });
    }
    expression({range.first, colon});
    if (colon == range.last) return;
    gap(colon, Break::None);
    write(colon);
    gap(colon + 1, Break::Space);
    expression({colon + 1, range.last});
}

void Layout::functionBody(std::size_t open) {
    const std::size_t close = at(open).pair;
    const Range body{open + 1, close};
    if (isBracketed(body) && is(open + 1, "(") && !hasComments(open + 1, open + 2) && at(close).comments.empty())
        return hugged(open, {body});
    printer_.begin();
    write(open);
    printer_.indent();
    gap(open + 1, Break::Line);
    expression(body);
    const Break rest = comments(close, Break::Line, true);
    printer_.dedent();
    printer_.separate(rest);
    write(close);
    printer_.end();
}

/// | pattern | update, removal |
void Layout::transform(std::size_t open) {
    const std::size_t close = at(open).pair;
    std::size_t start = open + 1;
    write(open);
    forEachOuter({open + 1, close}, [&](std::size_t i) {
        if (opens(i) || (!is(i, "|") && !is(i, ","))) return;
        gap(start, Break::Space);
        expression({start, i});
        gap(i, is(i, ",") ? Break::None : Break::Space);
        write(i);
        start = i + 1;
    });
    gap(start, Break::Space);
    expression({start, close});
    gap(close, Break::Space);
    write(close);
}

}  // namespace

Result<std::string> formatExpression(std::string_view text, const FormatOptions& options) {
    auto compiled = Expression::compile(text);
    if (!compiled) return fail(std::move(compiled).error());
    return Layout(piecesOf(text)).print(options);
}

}  // namespace signalbox::expr
