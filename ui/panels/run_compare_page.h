// The followed run beside another run of the same workflow: outputs, or what the selected node got and gave.
#pragma once

#include <QWidget>
#include <array>
#include <optional>

#include "base/result.h"
#include "protocol/requests.h"

class QComboBox;

namespace signalbox::ui {

class DiffView;
class PanelContext;
class PanelStates;
class ThemedLabel;

/// The other run is chosen among the last ones. Fetches only while it is shown.
class RunComparePage : public QWidget {
    Q_OBJECT
public:
    explicit RunComparePage(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] DiffView& diff() { return *diff_; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum class What : quint8 { Outputs, NodeInputs, NodeOutputs };
    QWidget* buildHeader();
    void listRuns();
    void takeRuns(const protocol::RunList& list);
    void compare();
    void fetchRun(const QString& other);
    void fetchNodes(const QString& other, const QString& node, What what);
    void takeSide(std::size_t side, Result<Value> value);
    void showDifference(const Value& before, const Value& after);
    void showNothing(const QString& title, const QString& text);

    PanelContext& context_;
    QComboBox* other_;
    QComboBox* what_;
    ThemedLabel* summary_;
    DiffView* diff_;
    PanelStates* states_;
    std::array<std::optional<Value>, 2> sides_;  ///< the other run, the followed one
    QString listedFor_;                          ///< run
    quint64 turn_ = 0;                           ///< replies to earlier questions are dropped
};

}  // namespace signalbox::ui
