// What the language says about a text, in the editor's places.
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "expr/expression.h"
#include "expr/tokens.h"
#include "ui/expression/text_offsets.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

/// A piece of the text; places are UTF-16 units.
struct CodeToken {
    int start = 0;
    int length = 0;
    expr::SyntaxKind kind = expr::SyntaxKind::Error;
    [[nodiscard]] int end() const { return start + length; }
};

/// Something to say about a place in the text.
struct CodeFinding {
    bool error = true;  ///< otherwise a warning
    int start = 0;
    int length = 0;
    QString code;        ///< "S0202", "expression.unknown-function"
    QString message;     ///< one sentence
    QString place;       ///< "line 1, column 5"
    QString suggestion;  ///< what to put there instead; may be empty
};

/// A call that the caret stands in.
struct CallAtCaret {
    QString name;      ///< without '$'
    int start = 0;     ///< of the name
    int argument = 0;  ///< from 0
};

/// Names of the variables that an evaluation brings, without '$'; nothing when they are not known.
using VariableNames = std::optional<std::vector<std::string>>;

/// A text, cut into tokens, compiled and analysed. Cheap enough to be made at every key.
class ExpressionText {
public:
    explicit ExpressionText(const QString& text = {}, const VariableNames& variables = {});

    [[nodiscard]] const QString& text() const { return text_; }
    [[nodiscard]] const TextOffsets& offsets() const { return offsets_; }
    [[nodiscard]] bool isEmpty() const { return empty_; }
    /// Without a value when the text has an error or is empty.
    [[nodiscard]] const std::optional<expr::Expression>& compiled() const { return compiled_; }
    /// The error of the text, or its warnings.
    [[nodiscard]] const std::vector<CodeFinding>& findings() const { return findings_; }
    [[nodiscard]] bool hasError() const { return !empty_ && !compiled_; }
    /// The type of every result, where that is known without a sample: a word of port types, otherwise "any".
    [[nodiscard]] const QString& resultType() const { return resultType_; }

    /// An error of evaluating, at its token.
    [[nodiscard]] CodeFinding findingOf(const expr::ExpressionError& error) const;
    [[nodiscard]] std::optional<CodeToken> tokenAt(int place) const;
    [[nodiscard]] QString textOf(const CodeToken& token) const { return text_.mid(token.start, token.length); }
    /// The bracket that matches the one at that place, -1 when it has none, nothing when there is no bracket.
    [[nodiscard]] std::optional<int> matchingBracket(int place) const;
    [[nodiscard]] std::optional<CallAtCaret> callAt(int caret) const;
    /// The canonical layout; nothing when the text does not compile.
    [[nodiscard]] std::optional<QString> laidOut() const;

private:
    void analyse(const VariableNames& variables);
    [[nodiscard]] QString placeOf(int start) const;
    void widen(CodeFinding& finding) const;

    QString text_;
    TextOffsets offsets_;
    bool empty_ = true;
    std::optional<expr::Expression> compiled_;
    std::vector<expr::SyntaxToken> tokens_;
    std::vector<CodeFinding> findings_;
    QString resultType_ = QStringLiteral("any");
};

/// The tokens of a text, which need not compile.
[[nodiscard]] std::vector<CodeToken> tokensOf(const QString& text);
/// The colour of a kind of token.
[[nodiscard]] ColourRole codeRole(expr::SyntaxKind kind);

}  // namespace signalbox::ui
