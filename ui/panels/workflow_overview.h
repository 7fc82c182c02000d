// What the details show while no node is selected: the workflow itself.
#pragma once

#include <QWidget>

class QGridLayout;

namespace signalbox::ui {

class PanelContext;
class ThemedLabel;

/// Name, description, file, inputs and findings of the workflow that is open.
class WorkflowOverview : public QWidget {
    Q_OBJECT
public:
    explicit WorkflowOverview(PanelContext& context, QWidget* parent = nullptr);

private:
    void refresh();
    void clearFacts();
    void addFact(const QString& name, const QString& value);
    void addInputs();

    PanelContext& context_;
    ThemedLabel* title_;
    ThemedLabel* file_;
    ThemedLabel* description_;
    ThemedLabel* hint_;
    QWidget* facts_;
    QGridLayout* grid_;
};

}  // namespace signalbox::ui
