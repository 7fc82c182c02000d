// The immutable versions of workflows.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/document.h"
#include "store/reader_pool.h"
#include "store/writer.h"

namespace signalbox::store {

struct WorkflowVersion {
    int version = 0;
    Micros createdWall = 0;
    bool current = false;
    std::string logic;  ///< canonical text; not in lists
};

/// Thread-safe.
class WorkflowTable {
public:
    WorkflowTable(Writer& writer, ReaderPool& readers) : writer_(writer), readers_(readers) {}

    /// The number of the version with this logic. A new one gets the document's own number when that is larger than
    /// every stored one, otherwise the next free number.
    [[nodiscard]] Result<int> put(const engine::Document& document);
    /// Of a document that was given with a start: the version that has this logic, or a number of its own, from
    /// kFirstGiven. Those are found by their numbers only: they are in no list, and never the newest one.
    [[nodiscard]] Result<int> putGiven(const engine::Document& document);
    /// Version 0 is the newest. Errors "workflow.not-found", "store.corrupt" when the logic does not match its hash.
    [[nodiscard]] Result<engine::Document> get(const std::string& id, int version);

    static constexpr int kFirstGiven = 1'000'000'000;

    /// Newest first; `current` marks the one that has this logic, if any.
    [[nodiscard]] Result<std::vector<WorkflowVersion>> list(const std::string& id, const engine::Document* current);
    /// As get, but the text itself.
    [[nodiscard]] Result<WorkflowVersion> find(const std::string& id, int version);

private:
    Writer& writer_;
    ReaderPool& readers_;
};

}  // namespace signalbox::store
