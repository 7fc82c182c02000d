// The name of a gateway beside the word and the colour of its environment.
#pragma once

#include <QWidget>

#include "ui/text/roles.h"

namespace signalbox::ui {

class ThemedLabel;

/// One line: a bar in the environment's colour, the gateway's name, the word.
class EnvironmentMark : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentMark(QWidget* parent = nullptr);
    void setGateway(const QString& name, const QString& environment);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ColourRole role_ = ColourRole::Muted;
    ThemedLabel* name_;
    ThemedLabel* word_;
};

}  // namespace signalbox::ui
