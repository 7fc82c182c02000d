// A message inside its panel, never a dialog: what happened, what next, retry and copy.
#pragma once

#include <QWidget>

#include "ui/text/roles.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace signalbox::ui {

class ThemedLabel;

/// Hidden until it has something to say. The panel connects retryRequested.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// `code` and `where` may be empty; they are shown muted and go into what is copied.
    void showError(const QString& message, const QString& hint, const QString& code, const QString& where, bool retry);
    void showInfo(const QString& message);
    void clear();
    [[nodiscard]] QString message() const;
    [[nodiscard]] QString diagnostics() const;

Q_SIGNALS:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void restyle();
    ColourRole role_ = ColourRole::Error;
    QString where_;
    QLabel* icon_;
    ThemedLabel* message_;
    ThemedLabel* hint_;
    ThemedLabel* code_;
    QPushButton* retry_;
    QPushButton* copy_;
    QToolButton* close_;
};

}  // namespace signalbox::ui
