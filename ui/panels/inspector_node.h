// The pages of a node in the inspector: its parameters, its settings, its JSON.
#pragma once

#include <QObject>

#include "ui/panels/inspector_page.h"
#include "ui/panels/inspector_samples.h"

namespace signalbox::protocol {
struct GraphNode;
}

namespace signalbox::ui {

class InspectorPorts;

/// Makes the pages for a tab widget, which owns them.
class InspectorNode : public QObject {
    Q_OBJECT
public:
    explicit InspectorNode(PanelContext& context, QObject* parent = nullptr);
    [[nodiscard]] FormPage* params() { return params_; }
    [[nodiscard]] FormPage* settings() { return settings_; }
    [[nodiscard]] JsonPage* json() { return json_; }
    void showNode();
    /// The page that has a place of the document; null: none of them.
    [[nodiscard]] InspectorPage* pageOf(const std::string& pointer) const;

private:
    void showParams(const protocol::GraphNode& node, const Value& manifest);
    void giveSamples();
    void requestSamples();
    [[nodiscard]] InspectorHelpers helpers();
    [[nodiscard]] Value schemaFor(const Value& manifest, const Value& params);
    PanelContext& context_;
    InspectorSamples samples_;
    FormPage* params_;
    FormPage* settings_;
    JsonPage* json_;
    InspectorPorts* ports_;
    QString workspace_;
    std::string part_;
    Value guessed_ = Value::undefined();  ///< for a type whose manifest is not known
};

}  // namespace signalbox::ui
