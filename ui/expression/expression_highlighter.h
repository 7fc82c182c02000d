// Colours for the tokens of an expression.
#pragma once

#include <QSyntaxHighlighter>

#include "ui/expression/expression_text.h"

namespace signalbox::ui {

/// Cuts the whole text anew when a line has changed: whether '/' divides depends on what stands before it. Window
/// thread only.
class ExpressionHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit ExpressionHighlighter(QTextDocument* document);

protected:
    void highlightBlock(const QString& line) override;

private:
    std::vector<CodeToken> tokens_;
    QString text_;
};

}  // namespace signalbox::ui
