// What the inspector shows while nothing is selected: the workflow itself, to be read and edited.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

class QGridLayout;
class QTabWidget;

namespace signalbox::ui {

class FormPage;
class JsonPage;
class PanelContext;
class ThemedLabel;

/// Name, file and facts; name, description, tags, inputs, outputs and error table as a form; the JSON of all of it.
class WorkflowOverview : public QWidget {
    Q_OBJECT
public:
    explicit WorkflowOverview(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop();
    void focusPlace(const std::string& pointer);

private:
    QWidget* buildHeader();
    void refresh();
    void refreshFacts();
    void clearFacts();
    void addFact(const QString& name, const QString& value);
    void addRow(const QString& name, QWidget* content);
    /// Workflows to go to; nothing when there are none.
    void addLinks(const QString& name, const QString& objectName, const std::vector<std::string>& ids);
    void openWorkflow(const QString& id);

    PanelContext& context_;
    ThemedLabel* title_;
    ThemedLabel* file_;
    QWidget* facts_;
    QGridLayout* grid_;
    int rows_ = 0;
    QTabWidget* tabs_;
    FormPage* form_;
    JsonPage* json_;
};

}  // namespace signalbox::ui
