// Links into the console: signalbox://run/ID and signalbox://workflow/ID.
#pragma once

#include <QString>

#include "base/result.h"

namespace signalbox::ui {

struct Link {
    enum class Kind : quint8 { Run, Workflow };
    Kind kind = Kind::Run;
    QString id;
    bool operator==(const Link&) const = default;
};

[[nodiscard]] bool isLink(const QString& text);  ///< begins with the scheme
/// signalbox://attach?…: names a gateway, and is read by client/attach_link.h.
[[nodiscard]] bool isAttachLink(const QString& text);
/// Errors: "link.unknown" (neither run nor workflow, or no id), "link.syntax".
[[nodiscard]] Result<Link> parseLink(const QString& text);
[[nodiscard]] QString linkTo(const Link& link);

}  // namespace signalbox::ui
