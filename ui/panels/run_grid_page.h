// The last runs of one workflow beside each other, node by node.
#pragma once

#include <QTimer>
#include <QWidget>

#include "protocol/run_dto.h"

class QCheckBox;
class QLineEdit;

namespace signalbox::ui {

class PanelContext;
class PanelStates;
class RunGridView;
class ThemedLabel;

/// Of the workflow that is open. Asks again when a run begins or ends, and once in two seconds while one of those that
/// are shown goes on and the page is seen.
class RunGridPage : public QWidget {
    Q_OBJECT
public:
    explicit RunGridPage(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] RunGridView& grid() { return *grid_; }

Q_SIGNALS:
    void runChosen(const QString& runId, const QString& nodeId);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildHeader();
    void load();
    void show(const protocol::RunGrid& grid);

    PanelContext& context_;
    RunGridView* grid_;
    PanelStates* states_;
    QLineEdit* search_;
    QCheckBox* failed_;
    ThemedLabel* what_;
    QTimer poll_;
    QString shown_;  ///< the workflow
    quint64 turn_ = 0;
    bool active_ = false;  ///< a run that is shown goes on
};

}  // namespace signalbox::ui
