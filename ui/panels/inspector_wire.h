// The selected wire: where it leads, and when it is followed.
#pragma once

#include <QWidget>

#include "ui/panels/inspector_page.h"
#include "ui/panels/inspector_samples.h"

class QPushButton;

namespace signalbox::ui {

class InspectorWire : public QWidget {
    Q_OBJECT
public:
    explicit InspectorWire(PanelContext& context, QWidget* parent = nullptr);
    void showWire();
    bool focusPlace(const std::string& pointer) { return form_->focusPlace(pointer); }
    [[nodiscard]] QWidget& firstStop();

private:
    void giveSample();
    PanelContext& context_;
    InspectorSamples samples_;
    QPushButton* from_;
    QPushButton* to_;
    FormPage* form_;
};

}  // namespace signalbox::ui
