#include "client/words.h"

#include <utility>

namespace signalbox::client {

Error worded(std::string code, const QString& message, std::string where, const QString& hint, bool retryable) {
    return {std::move(code), message.toStdString(), std::move(where), hint.toStdString(), retryable};
}

}  // namespace signalbox::client
