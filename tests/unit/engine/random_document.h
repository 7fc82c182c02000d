// Random workflow documents from a seed.
#pragma once

#include "base/random.h"
#include "engine/document.h"

namespace signalbox::test {

/// Any JSON value, a few levels deep, with awkward texts and numbers.
[[nodiscard]] Value randomValue(Random& random, int depth = 3);

/// A document with every kind of member filled in at random. Means nothing, but must survive writing and reading.
[[nodiscard]] engine::Document randomDocument(Random& random);

/// A workflow over the test nodes: mostly sound, with some loops, error and compensation wires, and some mistakes.
[[nodiscard]] engine::Document randomWorkflow(Random& random, int maxNodes);

}  // namespace signalbox::test
