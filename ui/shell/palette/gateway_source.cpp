#include "ui/shell/palette/gateway_source.h"

#include "ui/models/connection_look.h"
#include "ui/models/gateway_book.h"

namespace signalbox::ui {

GatewaySource::GatewaySource(GatewayBook& book)
    : PaletteSource(QStringLiteral("gateway"), u'*', tr("Gateways")), book_(book) {
    connect(&book_, &GatewayBook::changed, this, &PaletteSource::changed);
}

std::vector<PaletteItem> GatewaySource::items() {
    std::vector<PaletteItem> items;
    for (const auto& place : book_.places()) {
        const auto where = place.local ? tr("This computer") : environmentWord(place.environment);
        items.push_back({place.id, place.name, QStringLiteral("%1 · %2").arg(tr("Gateway"), where),
                         QStringLiteral("%1 %2").arg(place.address, where),
                         place.local ? QStringLiteral("folder") : QStringLiteral("gateway")});
    }
    return items;
}

void GatewaySource::activate(const QString& item) { book_.open(item); }

}  // namespace signalbox::ui
