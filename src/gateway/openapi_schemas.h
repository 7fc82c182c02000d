// The protocol's types by name, so that schemas refer to each other instead of repeating themselves.
#pragma once

#include <map>
#include <string>

#include "base/value.h"

namespace signalbox::gateway {

/// Immutable once made; thread-safe.
class NamedSchemas {
public:
    NamedSchemas();
    /// The schema with every part that is a known type as a reference to it.
    [[nodiscard]] Value refer(const Value& schema) const;
    /// For components/schemas: each type by its name.
    [[nodiscard]] Value all() const;

private:
    /// The parts of a schema, referred to.
    [[nodiscard]] Value referInside(const Value& schema) const;

    std::map<std::string, Value> schemas_;          ///< by name
    std::map<std::string, std::string> byContent_;  ///< names by canonical text
};

}  // namespace signalbox::gateway
