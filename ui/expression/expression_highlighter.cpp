#include "ui/expression/expression_highlighter.h"

#include <QTextDocument>

#include "ui/widgets/theme.h"

namespace signalbox::ui {

ExpressionHighlighter::ExpressionHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {
    connect(&Theme::current(), &Theme::changed, this, &ExpressionHighlighter::rehighlight);
}

void ExpressionHighlighter::highlightBlock(const QString& line) {
    // The revision of a document does not change when all of its text is set anew.
    auto text = document()->toPlainText();
    if (text != text_) {
        text_ = std::move(text);
        tokens_ = tokensOf(text_);
    }
    const int from = currentBlock().position();
    const int to = from + static_cast<int>(line.size());
    int open = 0;
    for (const auto& token : tokens_) {
        if (token.end() <= from) continue;
        if (token.start > to) break;
        QTextCharFormat format;
        format.setForeground(Theme::current().colour(codeRole(token.kind)));
        format.setFontItalic(token.kind == expr::SyntaxKind::Comment);
        const int start = std::max(token.start, from);
        setFormat(start - from, std::min(token.end(), to) - start, format);
        // A token that goes on in the next line: that one has to be coloured again when this one changes.
        if (token.end() > to) open = 1 + static_cast<int>(token.kind);
    }
    setCurrentBlockState(open);
}

}  // namespace signalbox::ui
