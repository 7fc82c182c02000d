// A panel's error page: what happened, why, what next, the code, Retry and Copy diagnostics.
#pragma once

#include <QWidget>

#include "base/result.h"

class QLabel;
class QPushButton;

namespace signalbox::ui {

class ThemedLabel;

/// What is copied for a report: message, hint, code, place, request, time, program and Qt version.
[[nodiscard]] QString diagnosticsOf(const Error& error, const QString& requestId, std::int64_t wallMicros);

/// Fills its panel. Retry is the main action, and only there when the error says that trying again may help.
class ErrorState : public QWidget {
    Q_OBJECT
public:
    explicit ErrorState(QWidget* parent = nullptr);
    /// `wallMicros`: when it happened.
    void setError(const Error& error, const QString& requestId, std::int64_t wallMicros);
    [[nodiscard]] QString diagnostics() const { return diagnostics_; }
    [[nodiscard]] QPushButton& retryButton() { return *retry_; }

Q_SIGNALS:
    void retryRequested();

private:
    void build();
    void restyle();
    QString diagnostics_;
    QLabel* icon_;
    ThemedLabel* message_;
    ThemedLabel* hint_;
    ThemedLabel* code_;
    QPushButton* retry_;
    QPushButton* copy_;
};

}  // namespace signalbox::ui
