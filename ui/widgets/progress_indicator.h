// Long work in the status bar: one line, and a list when there are several.
#pragma once

#include <QPointer>
#include <QWidget>

#include "ui/widgets/popover.h"

class QProgressBar;
class QToolButton;

namespace signalbox::ui {

class NumberLabel;
class ProgressCentre;
class ThemedLabel;

/// Hidden while there is nothing to do. For QStatusBar::addPermanentWidget().
class ProgressIndicator : public QWidget {
    Q_OBJECT
public:
    explicit ProgressIndicator(ProgressCentre& centre, QWidget* parent = nullptr);
    /// The list of all work while it is open, otherwise null.
    [[nodiscard]] Popover* popover() const { return popover_; }

private:
    void build();
    void refresh();
    void openList();

    ProgressCentre& centre_;
    ThemedLabel* label_;
    QProgressBar* bar_;
    NumberLabel* numbers_;
    QToolButton* cancel_;
    QToolButton* list_;
    QPointer<Popover> popover_;
};

}  // namespace signalbox::ui
