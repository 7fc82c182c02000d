#include "protocol/one_of.h"

#include <variant>

namespace signalbox::protocol::detail {

void failWrongAlternative() { throw std::bad_variant_access(); }

}  // namespace signalbox::protocol::detail
