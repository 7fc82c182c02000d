// The parameters of the function one is typing the arguments of.
#pragma once

#include <QFrame>

namespace signalbox::ui {

struct CallAtCaret;
class ThemedLabel;

/// A line above the caret, the current parameter in bold and one sentence below. Never takes the keyboard.
class SignatureHint : public QFrame {
    Q_OBJECT
public:
    SignatureHint(const QString& name, QWidget* editor);
    /// Hidden when the function is not known.
    void showCall(const CallAtCaret& call, const QRect& caret);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Line;
    Line* line_;
    ThemedLabel* help_;
};

}  // namespace signalbox::ui
