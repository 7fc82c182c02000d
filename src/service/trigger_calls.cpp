#include <fmt/format.h>

#include "service/calls.h"
#include "service/catalog.h"
#include "triggers/triggers.h"

namespace signalbox::service {

namespace {

auto noTriggers() { return fail("gateway.no-engine", "This gateway starts no runs by itself"); }

/// A workflow that is not there yet cannot be started by what is saved now.
Status checkWorkflow(const DispatcherParts& parts, const std::string& id) {
    if (id.empty() || parts.catalog == nullptr) return {};
    if (auto workflow = parts.catalog->get(id); !workflow) return fail(std::move(workflow).error());
    return {};
}

}  // namespace

void TriggerCalls::call(const CallContext&, const protocol::ListSchedules& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(protocol::Reply(protocol::ScheduleList{}));
    reply(protocol::Reply(parts_.triggers->schedules(request.workflowId)));
}

void TriggerCalls::call(const CallContext&, const protocol::GetSchedule& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->schedule(request.id));
}

void TriggerCalls::call(const CallContext&, const protocol::SaveSchedule& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    if (auto there = checkWorkflow(parts_, request.schedule.workflowId); !there) return reply.with(there);
    reply.with(parts_.triggers->save(request));
}

void TriggerCalls::call(const CallContext&, const protocol::DeleteSchedule& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->remove(request));
}

void TriggerCalls::call(const CallContext&, const protocol::PauseSchedule& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->pause(request));
}

void TriggerCalls::call(const CallContext&, const protocol::TriggerSchedule& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->trigger(request.id));
}

void TriggerCalls::call(const CallContext&, const protocol::BackfillSchedule& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->backfill(request));
}

void TriggerCalls::call(const CallContext&, const protocol::PreviewSchedule& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->preview(request));
}

void TriggerCalls::call(const CallContext&, const protocol::ListWebhooks&, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(protocol::Reply(protocol::WebhookList{}));
    reply(protocol::Reply(parts_.triggers->webhooks()));
}

void TriggerCalls::call(const CallContext&, const protocol::GetWebhook& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->webhook(request.id));
}

void TriggerCalls::call(const CallContext&, const protocol::SaveWebhook& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    if (auto there = checkWorkflow(parts_, request.webhook.workflowId); !there) return reply.with(there);
    reply.with(parts_.triggers->save(request));
}

void TriggerCalls::call(const CallContext&, const protocol::DeleteWebhook& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->remove(request));
}

void TriggerCalls::call(const CallContext&, const protocol::ListFileWatches&, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(protocol::Reply(protocol::FileWatchList{}));
    reply(protocol::Reply(parts_.triggers->fileWatches()));
}

void TriggerCalls::call(const CallContext&, const protocol::GetFileWatch& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->fileWatch(request.id));
}

void TriggerCalls::call(const CallContext&, const protocol::SaveFileWatch& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    if (auto there = checkWorkflow(parts_, request.watch.workflowId); !there) return reply.with(there);
    reply.with(parts_.triggers->save(request));
}

void TriggerCalls::call(const CallContext&, const protocol::DeleteFileWatch& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(noTriggers());
    reply.with(parts_.triggers->remove(request));
}

}  // namespace signalbox::service
