// Recent runs of the workflow that is shown, to open again.
#pragma once

#include "ui/models/list_models.h"
#include "ui/panels/list_panel.h"

namespace signalbox::ui {

class PanelContext;

/// The run that is followed is kept up to date here; the rest is loaded when the workflow changes or a run ends.
class RunListPanel : public ListPanel {
    Q_OBJECT
public:
    explicit RunListPanel(PanelContext& context, QWidget* parent = nullptr);
    void reload();

Q_SIGNALS:
    void runRequested();  ///< the button of the empty list

private:
    void refreshState();
    void follow();
    PanelContext& context_;
    RunListModel model_;
    QString listed_;  ///< id of the workflow whose runs are shown or on their way
    quint64 turn_ = 0;
};

}  // namespace signalbox::ui
