// What every panel of the window is.
#pragma once

#include <QWidget>

namespace signalbox::ui {

/// No focus proxy: Qt 6.4 lets Tab run into a panel that has one and never out again.
class Panel : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// Where the keyboard goes when it comes to the panel, as far as that is shown.
    [[nodiscard]] virtual QWidget& firstStop() = 0;
};

}  // namespace signalbox::ui
