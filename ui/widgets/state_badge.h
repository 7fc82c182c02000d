// A state as shape and word.
#pragma once

#include <QWidget>

namespace signalbox::ui {

/// Shows the status of a run or node. Its accessible name is the word.
class StateBadge : public QWidget {
    Q_OBJECT
public:
    explicit StateBadge(QWidget* parent = nullptr);
    void setStatus(const QString& status);
    [[nodiscard]] QString status() const { return status_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString status_;
};

}  // namespace signalbox::ui
