#include "nodes/file_nodes.h"

#include "nodes/embedded.h"

namespace signalbox::nodes {

Status registerFileNodes(engine::Registry& registry, const FileAccess& access,
                         const std::shared_ptr<BlockingPool>& pool) {
    const auto shared = std::make_shared<const FileAccess>(access);
    return registerFamily(registry, kFileManifests,
                          {
                              {"CsvReaderNode", csvReaderMaker(shared, pool)},
                              {"CsvWriterNode", csvWriterMaker(shared, pool)},
                              {"JsonReaderNode", jsonReaderMaker(shared, pool)},
                              {"JsonWriterNode", jsonWriterMaker(shared, pool)},
                              {"TextReaderNode", textReaderMaker(shared, pool)},
                          });
}

}  // namespace signalbox::nodes
