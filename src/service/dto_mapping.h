// What the engine knows, as the protocol says it.
#pragma once

#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "engine/finding.h"
#include "protocol/requests.h"

namespace signalbox::store {
struct Retention;
}

namespace signalbox::service {

[[nodiscard]] protocol::FindingDto toDto(const engine::Finding& finding);
[[nodiscard]] std::vector<protocol::FindingDto> toDto(const std::vector<engine::Finding>& findings);
[[nodiscard]] protocol::RunSummaryDto toDto(const engine::RunSummary& summary);
[[nodiscard]] protocol::NodeStateDto toDto(const engine::NodeSnapshot& node);
/// Node indices become ids by the plan.
[[nodiscard]] protocol::JournalRecordDto toDto(const engine::Record& record, const engine::Plan& plan);
[[nodiscard]] protocol::EngineStatsDto toDto(const engine::EngineStats& stats);
[[nodiscard]] protocol::RetentionDto toDto(const store::Retention& retention);
[[nodiscard]] std::string_view eventKindName(engine::EngineEvent::Kind kind) noexcept;  ///< "run", "node", ...
/// Kind, status and place; without seq, workflow and node id, which only the bus knows.
[[nodiscard]] protocol::EventDto toDto(const engine::EngineEvent& event);

}  // namespace signalbox::service
