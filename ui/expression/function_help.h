// What the built-in functions are for, as the editor tells it.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace signalbox::ui {

struct FunctionHelp {
    QString usage;           ///< "$substring(str, start [, length])"
    QStringList parameters;  ///< "str", "start", "[length]"
    QString sentence;
};

/// By name, with or without '$'.
[[nodiscard]] std::optional<FunctionHelp> functionHelp(const QString& name);

}  // namespace signalbox::ui
