// Schedules of a gateway.
#include <QDateTime>
#include <functional>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/danger.h"
#include "app/ctl/input.h"
#include "app/ctl/session.h"
#include "app/ctl/states.h"
#include "app/ctl/table.h"
#include "base/clock.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

namespace {

/// Error "usage.time".
Result<Micros> timeOf(const std::string& typed) {
    const auto time = QDateTime::fromString(QString::fromStdString(typed), Qt::ISODateWithMs);
    if (time.isValid()) return time.toMSecsSinceEpoch() * 1000;
    return fail("usage.time", fmt::format("\"{}\" is no time", typed), {}, "For example 2026-03-01T00:00:00Z");
}

Result<Micros> durationOf(const Arguments& arguments, std::string_view option, Micros otherwise) {
    const auto typed = arguments.option(option);
    return typed ? parseDuration(*typed) : Result<Micros>(otherwise);
}

Result<protocol::ScheduleDto> scheduleOf(const Arguments& arguments) {
    protocol::ScheduleDto schedule;
    schedule.name = arguments.operands[0];
    schedule.workflowId = arguments.operands[1];
    schedule.cron = arguments.operands[2];
    schedule.timeZone = arguments.option("time-zone").value_or(schedule.timeZone);
    schedule.overlap = arguments.option("overlap").value_or(schedule.overlap);
    schedule.paused = arguments.has("paused");
    SIGNALBOX_TRY(schedule.catchUp, durationOf(arguments, "catch-up", schedule.catchUp));
    SIGNALBOX_TRY(schedule.jitter, durationOf(arguments, "jitter", schedule.jitter));
    if (const auto typed = arguments.option("input")) {
        SIGNALBOX_TRY(schedule.inputs, readInputs(*typed));
    }
    return schedule;
}

std::uint64_t missed(const protocol::ScheduleCounts& counts) {
    return counts.failedToStart + counts.missedDown + counts.missedPaused + counts.missedClock + counts.skippedOverlap +
           counts.droppedBuffer;
}

void printOne(const protocol::ScheduleDto& schedule, Output& output) {
    if (output.json) return output.value(protocol::toValue(schedule));
    output.out.line(schedule.id);
    const std::string next = schedule.paused      ? "It is paused."
                             : schedule.next == 0 ? "It has no next start."
                                                  : fmt::format("It starts next at {}.", localTime(schedule.next));
    output.err.line(fmt::format("{}: {}", onOneLine(schedule.name), next));
}

/// Of a list all of it.
template <class Request>
auto ask(client::GatewayClient& client, Request request) {
    if constexpr (requires { request.cursor; }) {
        return client.callAll(std::move(request));
    } else {
        return client.call(std::move(request));
    }
}

/// Makes a call and shows its reply.
template <class Request>
int perform(const Arguments& arguments, Output& output, Request request,
            const std::function<void(const typename Request::Reply&)>& show) {
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    if (!arguments.command->danger.empty()) {
        auto sure = confirmDanger(**session, arguments, "schedule " + arguments.operands.front(), output);
        if (!sure) return output.error(sure.error());
    }
    auto reply = Session::await(ask((*session)->client(), std::move(request)));
    if (!reply) return output.error(reply.error());
    show(*reply);
    return kOk;
}

int setPaused(const Arguments& arguments, Output& output, bool paused) {
    protocol::PauseSchedule request{arguments.operands.front(), paused, arguments.option("note").value_or("")};
    return perform<protocol::PauseSchedule>(arguments, output, std::move(request),
                                            [&](const auto& schedule) { printOne(schedule, output); });
}

void printStarts(const protocol::BackfillResult& result, Output& output) {
    if (output.json) return output.value(protocol::toValue(result));
    output.out.line(fmt::format("{} start{} queued.", result.starts, result.starts == 1 ? "" : "s"));
}

}  // namespace

int schedulesCommand(const Arguments& arguments, Output& output) {
    protocol::ListSchedules request;
    if (!arguments.operands.empty()) request.workflowId = arguments.operands.front();
    return perform<protocol::ListSchedules>(arguments, output, std::move(request), [&](const auto& list) {
        if (output.json) return output.value(protocol::toValue(list));
        if (list.schedules.empty()) return output.err.line("No schedules. \"signalboxctl schedules add\" makes one.");
        Table table({{"Id"},
                     {"Name"},
                     {"Workflow"},
                     {"Rule"},
                     {"Zone"},
                     {"Next"},
                     {"Started", Table::Align::Right},
                     {"Missed", Table::Align::Right}});
        for (const auto& schedule : list.schedules) {
            const auto lost = missed(schedule.counts);
            table.add(
                {{schedule.id, Tone::Strong},
                 {onOneLine(schedule.name)},
                 {onOneLine(schedule.workflowId)},
                 {onOneLine(schedule.cron)},
                 {onOneLine(schedule.timeZone), Tone::Muted},
                 {schedule.paused ? "paused" : localTime(schedule.next), schedule.paused ? Tone::Warning : Tone::Plain},
                 {std::to_string(schedule.counts.started)},
                 {std::to_string(lost), lost > 0 ? Tone::Warning : Tone::Muted}});
        }
        table.print(output.out);
    });
}

int addScheduleCommand(const Arguments& arguments, Output& output) {
    auto schedule = scheduleOf(arguments);
    if (!schedule) return output.error(schedule.error());
    return perform<protocol::SaveSchedule>(arguments, output, protocol::SaveSchedule{std::move(*schedule), {}},
                                           [&](const auto& saved) { printOne(saved, output); });
}

int pauseScheduleCommand(const Arguments& arguments, Output& output) { return setPaused(arguments, output, true); }

int resumeScheduleCommand(const Arguments& arguments, Output& output) { return setPaused(arguments, output, false); }

int triggerScheduleCommand(const Arguments& arguments, Output& output) {
    return perform<protocol::TriggerSchedule>(arguments, output, protocol::TriggerSchedule{arguments.operands.front()},
                                              [&](const auto& result) { printStarts(result, output); });
}

int backfillScheduleCommand(const Arguments& arguments, Output& output) {
    protocol::BackfillSchedule request;
    request.id = arguments.operands[0];
    request.overlap = arguments.option("overlap").value_or(request.overlap);
    const auto from = timeOf(arguments.operands[1]);
    if (!from) return output.error(from.error());
    const auto to = timeOf(arguments.operands[2]);
    if (!to) return output.error(to.error());
    request.from = *from;
    request.to = *to;
    return perform<protocol::BackfillSchedule>(arguments, output, std::move(request),
                                               [&](const auto& result) { printStarts(result, output); });
}

int previewScheduleCommand(const Arguments& arguments, Output& output) {
    protocol::PreviewSchedule request;
    request.cron = arguments.operands.front();
    request.timeZone = arguments.option("time-zone").value_or(request.timeZone);
    const auto count = arguments.number("count", 10, 1, 1000);
    if (!count) return output.error(count.error());
    request.count = static_cast<std::uint32_t>(*count);
    return perform<protocol::PreviewSchedule>(arguments, output, std::move(request), [&](const auto& preview) {
        if (output.json) return output.value(protocol::toValue(preview));
        output.err.line(onOneLine(preview.description));
        for (const auto& time : preview.times) output.out.line(time.local);
    });
}

int removeScheduleCommand(const Arguments& arguments, Output& output) {
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    const std::string& id = arguments.operands.front();
    auto schedule = Session::await((*session)->client().call(protocol::GetSchedule{id}));
    if (!schedule) return output.error(schedule.error());
    if (auto sure = confirmDanger(**session, arguments, "schedule " + schedule->name, output); !sure) {
        return output.error(sure.error());
    }
    auto done = Session::await((*session)->client().call(protocol::DeleteSchedule{id, schedule->etag}));
    if (!done) return output.error(done.error());
    if (!output.json) output.err.line(fmt::format("Removed {}.", onOneLine(schedule->name)));
    return kOk;
}

}  // namespace signalbox::ctl
