// An error of a node or run: what happened, what to do next, where, and a button to copy all of it.
#pragma once

#include <QWidget>

#include "protocol/dto.h"

namespace signalbox::ui {

class ThemedLabel;

/// Hidden without an error.
class ErrorView : public QWidget {
    Q_OBJECT
public:
    explicit ErrorView(QWidget* parent = nullptr);
    void setError(const protocol::ErrorDto& error);
    void clear() { hide(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString diagnostics() const;
    ThemedLabel* code_;
    ThemedLabel* message_;
    ThemedLabel* hint_;
    ThemedLabel* where_;
};

}  // namespace signalbox::ui
