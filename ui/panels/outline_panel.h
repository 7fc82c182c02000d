// The graph as a list: find a node by name, see its state, select it.
#pragma once

#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTimer>

#include "ui/models/outline_model.h"
#include "ui/panels/list_panel.h"

namespace signalbox::ui {

class PanelContext;

/// Shows what the canvas shows, and follows and sets the same selection. Runs tell it of at most ten changes a second.
class OutlinePanel : public ListPanel {
    Q_OBJECT
public:
    explicit OutlinePanel(PanelContext& context, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildSearch();
    void showGraph();
    void showStates();
    void showSelection();
    void refreshState();

    PanelContext& context_;
    OutlineModel model_;
    QSortFilterProxyModel* filtered_;
    QLineEdit* search_;
    QTimer settle_;
    bool following_ = false;  ///< the selection comes from elsewhere
};

}  // namespace signalbox::ui
