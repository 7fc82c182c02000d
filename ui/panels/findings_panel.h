// What validation found in the workflow; a click goes to the place.
#pragma once

#include "ui/models/list_models.h"
#include "ui/panels/list_panel.h"

namespace signalbox::ui {

class PanelContext;

class FindingsPanel : public ListPanel {
    Q_OBJECT
public:
    explicit FindingsPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] int count() const { return model_.rowCount(); }

Q_SIGNALS:
    void countChanged(int count);

private:
    void refresh();
    void goTo(const QModelIndex& index);
    PanelContext& context_;
    FindingsModel model_;
    std::vector<protocol::FindingDto> shown_;
};

}  // namespace signalbox::ui
