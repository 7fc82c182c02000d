// Private to the client: what it says to people, in their language.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <string>

#include "base/result.h"

namespace signalbox::client {

/// Looked up when something is said, never kept in a table: the language is chosen after the program has started. Any
/// thread may ask.
class Words {
    Q_DECLARE_TR_FUNCTIONS(Client)
};

/// An error in such words. Codes are for programs and have no language.
[[nodiscard]] Error worded(std::string code, const QString& message, std::string where = {}, const QString& hint = {},
                           bool retryable = false);

}  // namespace signalbox::client
