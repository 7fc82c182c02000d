// The editor inside an expression field: keys, colours, brackets, wavy lines, completion.
#pragma once

#include <QPlainTextEdit>
#include <functional>

#include "ui/expression/completion_popup.h"
#include "ui/expression/expression_text.h"

namespace signalbox::ui {

class SignatureHint;

/// What may stand at a place: the candidates, and the word they replace.
struct CodeCompletions {
    int start = 0;
    int length = 0;
    std::vector<CodeCompletion> items;
};

/// As high as its text, up to some lines. Tab leaves it unless the list of completions is open; Esc closes that list
/// first and is left to the window otherwise.
class ExpressionEditor : public QPlainTextEdit {
    Q_OBJECT
public:
    static constexpr int kMostLines = 8;
    ExpressionEditor(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);

    /// Enter begins a line and Ctrl+Enter commits; otherwise Enter commits.
    void setMultiLine(bool multiLine);
    void setTakesEscape(bool takes) { takesEscape_ = takes; }
    using Completer = std::function<CodeCompletions(int caret)>;
    void setCompleter(Completer completer) { completer_ = std::move(completer); }
    void setVariableNames(VariableNames names);
    /// The text as it stands, cut and compiled.
    [[nodiscard]] const ExpressionText& code() const { return code_; }
    /// Wavy lines and words on hover.
    void setFindings(std::vector<CodeFinding> findings);
    [[nodiscard]] const std::vector<CodeFinding>& findings() const { return findings_; }
    /// One step to undo; the caret stays at its share of the text.
    void replaceAll(const QString& text);
    void complete();
    [[nodiscard]] bool isCompleting() const { return popup_->isVisible(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void textEdited();
    void commitRequested();
    void formatRequested();
    void expandRequested(bool expanded);
    void escaped();
    void left();

protected:
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void restyle();
    void refreshSelections();
    void addBrackets(QList<QTextEdit::ExtraSelection>& selections) const;
    void addFixes(QMenu& menu);
    void showTip(const QPoint& place);
    bool handlePopupKey(QKeyEvent& event);
    bool handleOwnKey(QKeyEvent& event);
    void afterTyping(const QString& typed);
    void openCompletions(bool asked);
    void accept();
    void closeHelpers();
    void refreshHint();
    [[nodiscard]] QRect caretOnScreen(int place) const;
    void refreshHeight();
    [[nodiscard]] int lineCount() const;

    ExpressionText code_;
    VariableNames variables_;
    std::optional<CallAtCaret> dismissed_;
    std::vector<CodeFinding> findings_;
    Completer completer_;
    CompletionPopup* popup_;
    SignatureHint* hint_;
    int replaceStart_ = 0;
    int replaceLength_ = 0;
    int shownLines_ = 1;
    bool multiLine_ = false;
    bool takesEscape_ = false;
};

}  // namespace signalbox::ui
