// The workflows of a workspace: listed, checked, saved, and compiled for running.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan.h"
#include "engine/ports.h"
#include "engine/registry.h"
#include "protocol/requests.h"
#include "service/workspace.h"

namespace signalbox::store {
class SqliteStore;
}

namespace signalbox::service {

/// Thread-safe. All of it reads files or the store: not for a thread that must not wait.
class Catalog {
public:
    /// What it is given must outlive it. Without a store of versions nothing can be compiled.
    Catalog(Workspace& workspace, const engine::Registry& registry, store::SqliteStore* versions, const Clock& clock,
            Random& random);

    [[nodiscard]] Result<protocol::WorkflowList> list(const std::string& text,
                                                      const std::vector<std::string>& tags = {});
    /// Errors of Workspace::find.
    [[nodiscard]] Result<protocol::WorkflowDetail> get(const std::string& id);
    /// A text that is no JSON gives a finding, not an error.
    [[nodiscard]] protocol::ValidationReport validate(std::string_view text);
    /// Errors of Workspace::save. A text without errors is kept as a version.
    [[nodiscard]] Result<protocol::WorkflowDetail> save(std::string_view text, const std::string& expectedEtag);
    /// The canonical text. Error "document.syntax".
    [[nodiscard]] static Result<protocol::FormattedWorkflow> format(std::string_view text);
    // Errors of the functions of Workspace, and of save.
    [[nodiscard]] Result<protocol::WorkflowDetail> create(const protocol::CreateWorkflow& request);
    [[nodiscard]] Result<protocol::WorkflowDetail> duplicate(const protocol::DuplicateWorkflow& request);
    /// Besides: "workflow.in-use" when others start it by the id that it would lose.
    [[nodiscard]] Result<protocol::WorkflowDetail> rename(const protocol::RenameWorkflow& request);
    [[nodiscard]] Result<protocol::TrashEntry> remove(const protocol::DeleteWorkflow& request);
    [[nodiscard]] Result<protocol::WorkflowDetail> restore(const std::string& trashId);
    [[nodiscard]] protocol::TrashList trash();
    /// Also of a workflow that is no longer in the workspace. Errors "store.*", "workflow.not-found".
    [[nodiscard]] Result<protocol::WorkflowVersionList> versions(const std::string& id);
    [[nodiscard]] Result<protocol::WorkflowVersionDetail> version(const std::string& id, int version);

    /// Checks a text given with a start, keeps it beside the history of its workflow (and the sub-workflows it starts
    /// in theirs), and compiles it. Errors: "workflow.invalid" with the first findings in the message,
    /// "workflow.not-found", "store.*".
    [[nodiscard]] Result<std::shared_ptr<const engine::Plan>> compile(std::string_view text);
    /// As compile, of a workflow of the workspace: what is kept is a version of it.
    [[nodiscard]] Result<std::shared_ptr<const engine::Plan>> compileWorkflow(const std::string& id);

    /// A run's graph; what the plan does not say about places is taken from the workspace's document.
    [[nodiscard]] protocol::Graph graphOf(const engine::Plan& plan);

private:
    struct Checked {
        std::uint64_t generation = 0;
        std::vector<engine::Finding> findings;
    };
    void keepVersion(const WorkflowFile& file, const std::vector<engine::Finding>& findings);
    [[nodiscard]] engine::DocumentResolver resolver();
    [[nodiscard]] std::vector<engine::Finding> findings(const WorkflowFile& file, std::uint64_t generation);
    [[nodiscard]] protocol::WorkflowSummary summaryOf(const WorkflowFile& file,
                                                      const std::vector<engine::Finding>& findings,
                                                      const WorkspaceScan& scan);
    [[nodiscard]] Result<protocol::WorkflowDetail> detailOf(const WorkflowFilePtr& file);
    [[nodiscard]] protocol::Graph drawn(const engine::Document& document);
    enum class Source : std::uint8_t { Workspace, Given };
    [[nodiscard]] Result<std::shared_ptr<const engine::Plan>> compile(std::string_view text, Source source);
    [[nodiscard]] Result<std::shared_ptr<const engine::Plan>> keep(engine::Document document, Source source,
                                                                   std::set<std::string>& kept);
    void cache(const std::string& hash, const std::shared_ptr<const engine::Plan>& plan);

    Workspace& workspace_;
    const engine::Registry& registry_;
    store::SqliteStore* versions_;
    const Clock& clock_;
    Random& random_;

    std::mutex mutex_;                                                              ///< guards what follows
    std::map<std::string, Checked> checked_;                                        ///< by etag
    std::list<std::pair<std::string, std::shared_ptr<const engine::Plan>>> plans_;  ///< by hash of text, newest first
};

}  // namespace signalbox::service
