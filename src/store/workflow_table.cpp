#include "store/workflow_table.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "engine/document_io.h"
#include "store/record_codec.h"

namespace signalbox::store {
namespace {

std::string_view view(const BlobHash& hash) { return {hash.data(), hash.size()}; }

/// 0: there is none.
Result<int> findVersion(Database& database, const std::string& id, const BlobHash& hash) {
    SIGNALBOX_QUERY(query, database, "SELECT version FROM workflow_versions WHERE workflow_id = ? AND hash = ?");
    SIGNALBOX_TRY(const bool found, query.text(id).blob(view(hash)).step());
    return found ? static_cast<int>(query.columnInteger(0)) : 0;
}

/// Numbers of the range from `first` on and before `end`: the next free one, or `wanted` when that is larger.
struct Numbers {
    int first;
    int end;
};
constexpr Numbers kHistory{1, WorkflowTable::kFirstGiven};
constexpr Numbers kGiven{WorkflowTable::kFirstGiven, std::numeric_limits<int>::max()};

Result<int> nextVersion(Database& database, const std::string& id, int wanted, Numbers numbers) {
    SIGNALBOX_QUERY(query, database,
                    "SELECT coalesce(max(version), 0) FROM workflow_versions"
                    " WHERE workflow_id = ? AND version >= ? AND version < ?");
    SIGNALBOX_TRY(const bool row, query.text(id).integer(numbers.first).integer(numbers.end).step());
    const int next = std::max(numbers.first, row ? static_cast<int>(query.columnInteger(0)) + 1 : 1);
    return wanted < numbers.end ? std::max(wanted, next) : next;
}

Result<int> insertVersion(WriteSession& session, const std::string& id, int wanted, const BlobHash& hash,
                          const std::string& logic, Numbers numbers) {
    Database& database = session.database();
    SIGNALBOX_TRY(const int existing, findVersion(database, id, hash));
    if (existing != 0) return existing;
    SIGNALBOX_TRY(const int version, nextVersion(database, id, wanted, numbers));
    SIGNALBOX_QUERY(query, database,
                    "INSERT INTO workflow_versions (workflow_id, version, hash, created_wall, logic)"
                    " VALUES (?, ?, ?, ?, ?)");
    query.text(id).integer(version).blob(view(hash)).integer(session.clock().wallNow()).text(logic);
    SIGNALBOX_CHECK(query.run());
    return version;
}

}  // namespace

Result<int> WorkflowTable::put(const engine::Document& document) {
    const std::string logic = engine::writeLogic(document);
    const BlobHash hash = blobHash(logic);
    {
        SIGNALBOX_TRY(const auto reader, readers_.borrow());
        SIGNALBOX_TRY(const int existing, findVersion(*reader, document.id, hash));
        if (existing != 0) return existing;
    }
    int version = 0;
    SIGNALBOX_CHECK(writer_.run([&](WriteSession& session) -> Status {
        SIGNALBOX_TRY(version, insertVersion(session, document.id, document.version, hash, logic, kHistory));
        return {};
    }));
    return version;
}

Result<int> WorkflowTable::putGiven(const engine::Document& document) {
    const std::string logic = engine::writeLogic(document);
    // One blank more: kept beside a version of the history that may come to have the same logic later.
    const std::string given = logic + ' ';
    const BlobHash hash = blobHash(given);
    {
        SIGNALBOX_TRY(const auto reader, readers_.borrow());
        SIGNALBOX_TRY(const int inHistory, findVersion(*reader, document.id, blobHash(logic)));
        if (inHistory != 0) return inHistory;
        SIGNALBOX_TRY(const int existing, findVersion(*reader, document.id, hash));
        if (existing != 0) return existing;
    }
    int version = 0;
    SIGNALBOX_CHECK(writer_.run([&](WriteSession& session) -> Status {
        SIGNALBOX_TRY(version, insertVersion(session, document.id, 0, hash, given, kGiven));
        return {};
    }));
    return version;
}

Result<std::vector<WorkflowVersion>> WorkflowTable::list(const std::string& id, const engine::Document* current) {
    BlobHash hash{};
    if (current != nullptr) hash = blobHash(engine::writeLogic(*current));
    SIGNALBOX_TRY(const auto reader, readers_.borrow());
    SIGNALBOX_QUERY(query, *reader,
                    "SELECT version, created_wall, hash FROM workflow_versions WHERE workflow_id = ?"
                    " AND version < ? ORDER BY version DESC");
    query.text(id).integer(kFirstGiven);
    std::vector<WorkflowVersion> versions;
    while (true) {
        SIGNALBOX_TRY(const bool row, query.step());
        if (!row) return versions;
        versions.push_back({static_cast<int>(query.columnInteger(0)),
                            query.columnInteger(1),
                            current != nullptr && query.columnText(2) == view(hash),
                            {}});
    }
}

Result<WorkflowVersion> WorkflowTable::find(const std::string& id, int version) {
    SIGNALBOX_TRY(const auto reader, readers_.borrow());
    SIGNALBOX_QUERY(query, *reader,
                    "SELECT version, hash, logic, created_wall FROM workflow_versions"
                    " WHERE workflow_id = ?1 AND (version = ?2 OR (?2 = 0 AND version < ?3))"
                    " ORDER BY version DESC LIMIT 1");
    SIGNALBOX_TRY(const bool found, query.text(id).integer(version).integer(kFirstGiven).step());
    if (!found) {
        const std::string which = version == 0 ? std::string("any version") : fmt::format("version {}", version);
        return fail("workflow.not-found", fmt::format("There is no {} of workflow \"{}\"", which, id), id,
                    "List the workflows that are known, or run this one from its file once.");
    }
    const std::string_view logic = query.columnText(2);
    const BlobHash hash = blobHash(logic);
    if (view(hash) != query.columnText(1)) {
        return fail("store.corrupt",
                    fmt::format("Version {} of workflow \"{}\" is damaged", query.columnInteger(0), id),
                    (*reader).where(), "Open the workflow's file and save it again as a new version.");
    }
    return WorkflowVersion{static_cast<int>(query.columnInteger(0)), query.columnInteger(3), false, std::string(logic)};
}

Result<engine::Document> WorkflowTable::get(const std::string& id, int version) {
    SIGNALBOX_TRY(const WorkflowVersion found, find(id, version));
    SIGNALBOX_TRY(engine::ParsedDocument parsed, engine::parseDocument(found.logic));
    parsed.document.version = found.version;
    return std::move(parsed.document);
}

}  // namespace signalbox::store
