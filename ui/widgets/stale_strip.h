// What tells that content is old: a veil over it and a strip with its age below.
#pragma once

#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <functional>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class ThemedLabel;

/// "42 s old · connection lost" and Retry. Counts by itself while it can be seen.
class StaleStrip : public QWidget {
    Q_OBJECT
public:
    explicit StaleStrip(QWidget* parent = nullptr);
    void setClock(std::function<std::int64_t()> now);
    void setStale(std::int64_t asOf, const QString& reason);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();
    void restyle();
    std::function<std::int64_t()> now_;
    QTimer tick_;
    std::int64_t asOf_ = 0;
    QLabel* icon_;
    ThemedLabel* age_;
    ThemedLabel* reason_;
    QPushButton* retry_;
};

/// Greys what lies below it and lets all input through. In high contrast it stays clear: there the strip says enough.
class StaleVeil : public QWidget {
    Q_OBJECT
public:
    explicit StaleVeil(QWidget* parent);
    static constexpr double kStrength = 0.3;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace signalbox::ui
