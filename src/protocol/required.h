// What a request from outside must say, because a default would do what nobody has asked for.
#pragma once

#include <array>
#include <string_view>

#include "protocol/requests.h"

namespace signalbox::protocol {

inline constexpr std::array<std::string_view, 0> kNothing{};

/// Members that decodeRequest() does not do without. What is stored, and replies of other versions, may lack them.
template <class T>
inline constexpr auto kRequired = kNothing;
/// Besides, of what has an id already: to leave them out of a change would start what was stopped.
template <class T>
inline constexpr auto kRequiredOfChange = kNothing;

template <std::size_t N>
using Names = std::array<std::string_view, N>;

template <>
inline constexpr auto kRequired<DecideApproval> = Names<1>{"approved"};
template <>
inline constexpr auto kRequired<SetRetention> = Names<1>{"retention"};
template <>
inline constexpr auto kRequired<RetentionDto> = Names<3>{"maxAge", "maxRuns", "maxBytes"};
template <>
inline constexpr auto kRequired<CreateUser> = Names<2>{"login", "password"};
template <>
inline constexpr auto kRequired<UpdateUser> = Names<3>{"name", "roles", "disabled"};
template <>
inline constexpr auto kRequired<SetUserPassword> = Names<1>{"password"};
template <>
inline constexpr auto kRequired<ChangeOwnPassword> = Names<2>{"current", "password"};
template <>
inline constexpr auto kRequired<CreateOwnApiKey> = Names<2>{"name", "scopes"};
template <>
inline constexpr auto kRequired<CreateApiKey> = Names<2>{"name", "scopes"};
template <>
inline constexpr auto kRequired<SaveSchedule> = Names<1>{"schedule"};
template <>
inline constexpr auto kRequired<ScheduleDto> = Names<2>{"workflowId", "cron"};
template <>
inline constexpr auto kRequiredOfChange<ScheduleDto> = Names<1>{"paused"};
template <>
inline constexpr auto kRequired<PauseSchedule> = Names<1>{"paused"};
template <>
inline constexpr auto kRequired<BackfillSchedule> = Names<2>{"from", "to"};
template <>
inline constexpr auto kRequired<PreviewSchedule> = Names<1>{"cron"};
template <>
inline constexpr auto kRequired<SaveWebhook> = Names<1>{"webhook"};
template <>
inline constexpr auto kRequired<WebhookDto> = Names<1>{"workflowId"};
template <>
inline constexpr auto kRequiredOfChange<WebhookDto> = Names<1>{"enabled"};
template <>
inline constexpr auto kRequired<SaveFileWatch> = Names<1>{"watch"};
template <>
inline constexpr auto kRequired<FileWatchDto> = Names<2>{"workflowId", "folder"};
template <>
inline constexpr auto kRequiredOfChange<FileWatchDto> = Names<1>{"enabled"};

}  // namespace signalbox::protocol
