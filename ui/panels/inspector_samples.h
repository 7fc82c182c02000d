// Real data to try expressions on: of the run that is followed, otherwise of the latest one.
#pragma once

#include <QObject>
#include <QString>

#include "base/value.h"

namespace signalbox::protocol {
struct NodeData;
}

namespace signalbox::ui {

class ExpressionField;
class PanelContext;

/// Asks for the data of one node at a time; a newer request drops the one before.
class InspectorSamples : public QObject {
    Q_OBJECT
public:
    explicit InspectorSamples(PanelContext& context, QObject* parent = nullptr);
    /// Does nothing while what is there is still what would come.
    void request(const QString& nodeId);

    /// For an expression of the node itself.
    void prepare(ExpressionField& field, bool overOneItem, bool computesParameter) const;
    /// For a condition of a wire that leaves the node by that port.
    void prepareWire(ExpressionField& field, const QString& port) const;

Q_SIGNALS:
    void changed();

private:
    void fetch(const QString& runId);
    void fetchNode(const QString& runId);
    void forget(const QString& why);
    PanelContext& context_;
    QString nodeId_;
    QString asked_;  ///< workflow, node, run and state that the data is of
    QString inputsOfRun_;
    QString label_;
    Value inputs_ = Value::undefined();
    Value outputs_ = Value::undefined();
    Value runInputs_ = Value::undefined();
    quint64 turn_ = 0;
};

}  // namespace signalbox::ui
