// The lines below an expression: what it gives, or what is wrong with it.
#pragma once

#include <QWidget>

#include "ui/expression/expression_text.h"
#include "ui/expression/result_text.h"
#include "ui/text/roles.h"

class QLabel;
class QToolButton;

namespace signalbox::ui {

class ThemedLabel;

/// Always two lines high, so that a result that becomes an error moves nothing; a warning takes a third, and a result
/// that is laid out as many as it needs.
class ExpressionFeedback : public QWidget {
    Q_OBJECT
public:
    ExpressionFeedback(const QString& name, QWidget* parent = nullptr);

    /// `sign` stands before it: "=" for a result, "in" for the sample itself.
    void showValue(const QString& sign, const CutText& line, const CutText& laidOut, const QString& caption);
    /// Muted words where a value would be.
    void showWords(const QString& words, const QString& caption);
    void showError(const CodeFinding& finding, const QString& caption);
    /// Empty hides the line.
    void showWarning(const QString& sentence);
    [[nodiscard]] bool hasWarning() const { return hasWarning_; }
    void setExpanded(bool expanded);
    [[nodiscard]] bool isExpanded() const { return expanded_; }

private:
    void build(const QString& name);
    void refresh();
    void restyle();

    QLabel* mark_;
    ThemedLabel* value_;
    ThemedLabel* words_;
    QToolButton* more_;
    ThemedLabel* caption_;
    QLabel* warningMark_;
    ThemedLabel* warning_;
    QString sign_;
    CutText line_;
    CutText laidOut_;
    enum class Shows : quint8 { Value, Words, Error };
    Shows shows_ = Shows::Words;
    bool hasWarning_ = false;
    bool expanded_ = false;
};

}  // namespace signalbox::ui
