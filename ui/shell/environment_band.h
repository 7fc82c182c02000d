// The colour of the environment across the window, under the top bar.
#pragma once

#include <QWidget>

#include "ui/text/roles.h"

namespace signalbox::ui {

/// Lies over the lower edge of the bar that it is given, as wide as the window. Not for the mouse nor the keyboard; the
/// word stands beside the gateway's name.
class EnvironmentBand : public QWidget {
    Q_OBJECT
public:
    EnvironmentBand(QWidget& bar, QWidget& window);
    void setEnvironment(const QString& environment);
    [[nodiscard]] QString environment() const { return environment_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    QWidget& bar_;
    QString environment_;
};

}  // namespace signalbox::ui
