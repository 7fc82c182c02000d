#include "app/ctl/danger.h"

#include <fmt/format.h>

#include "app/ctl/prompt.h"
#include "app/ctl/session.h"
#include "client/environment.h"

namespace signalbox::ctl {

Status confirmDanger(const Session& session, const Arguments& arguments, const std::string& what, Output& output) {
    const std::string_view danger = arguments.command->danger;
    if (danger.empty() || arguments.has("yes") || !client::isProduction(session.environment())) return {};
    const std::string gateway = onOneLine(session.place());
    const std::string told = fmt::format("{} is in production: this {} {}", gateway, danger, onOneLine(what));
    if (!canAsk()) {
        return fail("usage.confirmation", told, gateway, "With nobody at the terminal to confirm it, it takes --yes");
    }
    output.err.line(output.err.paint(Tone::Warning, told + "."));
    output.err.flush();
    SIGNALBOX_TRY(const auto typed, askLine(fmt::format("Type the name of the gateway to go on ({})", gateway)));
    if (QString::fromStdString(typed).trimmed().toStdString() == gateway) return {};
    return fail("usage.confirmation", "That is not the name of the gateway: nothing was done", gateway);
}

}  // namespace signalbox::ctl
