// What can be done with a run of a list, as a menu at the pointer.
#pragma once

#include <QFuture>
#include <QMenu>
#include <functional>

#include "base/result.h"
#include "protocol/run_requests.h"

namespace signalbox::ui {

class PanelContext;

/// Deletes itself when it is closed and nothing that it has asked for is on its way.
class RunsMenu : public QMenu {
    Q_OBJECT
public:
    RunsMenu(PanelContext& context, const protocol::RunSummaryDto& run, QWidget* parent);

Q_SIGNALS:
    void openRequested(const QString& runId);
    void done();  ///< something was asked for and granted
    void failed(const signalbox::Error& error);

private:
    void addControls();
    void holdBack(QAction& action, bool possible);
    void addCall(const QString& name, const QString& icon, const QString& text, bool possible,
                 std::function<QFuture<Result<protocol::Empty>>()> call, bool dangerous = false);
    void send(const std::function<QFuture<Result<protocol::Empty>>()>& call);
    void askFirst(const std::function<QFuture<Result<protocol::Empty>>()>& call);

    PanelContext& context_;
    protocol::RunSummaryDto run_;
    int onTheWay_ = 0;
};

}  // namespace signalbox::ui
