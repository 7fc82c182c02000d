// What a panel shows when it has nothing to show: what belongs here, and the first thing to do.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class ThemedLabel;

/// Icon, a short title, one sentence and at most one button, in the middle of the panel.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const QString& icon, QWidget* parent = nullptr);
    void setIcon(const QString& icon);
    void setTexts(const QString& title, const QString& text);
    /// An empty label hides the button.
    void setAction(const QString& label);
    [[nodiscard]] QPushButton& actionButton() { return *action_; }

Q_SIGNALS:
    void actionRequested();

private:
    void restyle();
    QString iconName_;
    QLabel* icon_;
    ThemedLabel* title_;
    ThemedLabel* text_;
    QPushButton* action_;
};

}  // namespace signalbox::ui
