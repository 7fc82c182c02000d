// The gateways and workspaces that the command palette leads to.
#pragma once

#include "ui/shell/palette/palette_source.h"

namespace signalbox::ui {

class GatewayBook;

class GatewaySource : public PaletteSource {
    Q_OBJECT
public:
    explicit GatewaySource(GatewayBook& book);
    std::vector<PaletteItem> items() override;
    void activate(const QString& item) override;

private:
    GatewayBook& book_;
};

}  // namespace signalbox::ui
