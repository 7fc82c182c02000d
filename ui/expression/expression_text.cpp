#include "ui/expression/expression_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "expr/analysis.h"
#include "expr/formatter.h"
#include "ui/text/format.h"

namespace signalbox::ui {

ExpressionText::ExpressionText(const QString& text, const VariableNames& variables)
    : text_(text), offsets_(text), empty_(text.trimmed().isEmpty()), tokens_(expr::tokenize(offsets_.utf8())) {
    if (empty_) return;
    auto compiled = expr::Expression::compileDetailed(offsets_.utf8());
    if (compiled) {
        compiled_ = *std::move(compiled);
        analyse(variables);
    } else {
        findings_.push_back(findingOf(compiled.error()));
    }
}

void ExpressionText::analyse(const VariableNames& variables) {
    expr::AnalysisOptions options;
    options.variables = variables;
    options.fold = false;
    const auto analysis = expr::analyse(offsets_.utf8(), options);
    resultType_ = toQString(analysis.resultType);
    for (const auto& warning : analysis.warnings) {
        CodeFinding finding;
        finding.error = false;
        finding.start = offsets_.toEditor(warning.position);
        finding.length = offsets_.toEditor(warning.position + warning.length) - finding.start;
        finding.code = toQString(warning.code);
        finding.message = toQString(warning.message);
        finding.suggestion = toQString(warning.suggestion);
        finding.place = placeOf(finding.start);
        findings_.push_back(finding);
    }
}

QString ExpressionText::placeOf(int start) const {
    const auto before = QStringView(text_).left(start);
    const auto line = before.count(QLatin1Char('\n')) + 1;
    const auto column = start - (before.lastIndexOf(QLatin1Char('\n')) + 1) + 1;
    if (!text_.contains(QLatin1Char('\n'))) {
        return QCoreApplication::translate("ExpressionText", "column %1").arg(column);
    }
    return QCoreApplication::translate("ExpressionText", "line %1, column %2").arg(line).arg(column);
}

CodeFinding ExpressionText::findingOf(const expr::ExpressionError& error) const {
    CodeFinding finding;
    finding.code = toQString(error.jsonataCode);
    finding.message = toQString(error.message);
    finding.start = offsets_.toEditor(error.position);
    // What is wrong with a call is told at the bracket; people look for the function.
    const auto call = tokenAt(finding.start);
    const auto name = tokenAt(finding.start - 1);
    const bool calls = call && name && name->kind == expr::SyntaxKind::Function && textOf(*call) == QLatin1String("(");
    if (calls && compiled_) finding.start = name->start;
    finding.place = placeOf(finding.start);
    widen(finding);
    return finding;
}

// From a place to the token that is there. At the end there is nothing to underline: the last thing that is there
// stands for it.
void ExpressionText::widen(CodeFinding& finding) const {
    auto token = tokenAt(finding.start);
    if (!token && !tokens_.empty()) token = tokenAt(offsets_.toEditor(tokens_.back().position));
    if (token) {
        finding.start = token->start;
        finding.length = token->length;
    } else {
        finding.length = 1;
    }
}

std::optional<CodeToken> ExpressionText::tokenAt(int place) const {
    if (place < 0 || place >= text_.size()) return {};
    const auto* token = expr::tokenAt(tokens_, offsets_.toLanguage(place));
    if (!token) return {};
    const int start = offsets_.toEditor(token->position);
    return CodeToken{start, offsets_.toEditor(token->end()) - start, token->kind};
}

std::optional<int> ExpressionText::matchingBracket(int place) const {
    if (place < 0 || place >= text_.size()) return {};
    const auto offset = offsets_.toLanguage(place);
    if (!expr::isBracket(tokens_, offset)) return {};
    const auto other = expr::matchingBracket(offsets_.utf8(), tokens_, offset);
    return other ? offsets_.toEditor(*other) : -1;
}

std::optional<CallAtCaret> ExpressionText::callAt(int caret) const {
    const auto call = expr::callAt(offsets_.utf8(), tokens_, offsets_.toLanguage(caret));
    if (!call) return {};
    return CallAtCaret{toQString(call->name), offsets_.toEditor(call->position), static_cast<int>(call->argument)};
}

std::optional<QString> ExpressionText::laidOut() const {
    if (!compiled_) return {};
    const auto formatted = expr::formatExpression(offsets_.utf8());
    return formatted ? std::optional(toQString(*formatted)) : std::nullopt;
}

std::vector<CodeToken> tokensOf(const QString& text) {
    const TextOffsets offsets(text);
    std::vector<CodeToken> tokens;
    for (const auto& token : expr::tokenize(offsets.utf8())) {
        const int start = offsets.toEditor(token.position);
        tokens.push_back({start, offsets.toEditor(token.end()) - start, token.kind});
    }
    return tokens;
}

ColourRole codeRole(expr::SyntaxKind kind) {
    switch (kind) {
        case expr::SyntaxKind::Function:
            return ColourRole::Accent;
        case expr::SyntaxKind::Variable:
            return ColourRole::Pending;
        case expr::SyntaxKind::String:
            return ColourRole::Series7;
        case expr::SyntaxKind::Regex:
            return ColourRole::Series4;
        case expr::SyntaxKind::Number:
        case expr::SyntaxKind::Constant:
            return ColourRole::Series2;
        case expr::SyntaxKind::Keyword:
            return ColourRole::Series6;
        case expr::SyntaxKind::Operator:
        case expr::SyntaxKind::Bracket:
        case expr::SyntaxKind::Signature:
        case expr::SyntaxKind::Comment:
            return ColourRole::Muted;
        case expr::SyntaxKind::Name:
        case expr::SyntaxKind::Error:
            return ColourRole::Text;
    }
    return ColourRole::Text;
}

}  // namespace signalbox::ui
