// The workflows of the workspace, to search and open.
#pragma once

#include <QLineEdit>
#include <QSortFilterProxyModel>

#include "ui/models/list_models.h"
#include "ui/panels/list_panel.h"

namespace signalbox::ui {

class PanelContext;

/// Loads the list by itself when it is made; choose() is told with the id of a workflow.
class WorkflowListPanel : public ListPanel {
    Q_OBJECT
public:
    explicit WorkflowListPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override { return *search_; }
    void reload();
    [[nodiscard]] QLineEdit& search() { return *search_; }

Q_SIGNALS:
    void loaded(const QString& firstId);

private:
    void buildSearch();
    void refreshState();
    void showCurrent();

    PanelContext& context_;
    WorkflowListModel model_;
    QSortFilterProxyModel filtered_;
    QLineEdit* search_;
};

}  // namespace signalbox::ui
