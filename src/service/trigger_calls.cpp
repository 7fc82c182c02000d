#include <fmt/format.h>

#include "service/calls.h"
#include "service/catalog.h"
#include "service/pages.h"
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

/// Lists are by name.
constexpr auto kByName = [](const auto& trigger) { return PageKey{0, trigger.name, trigger.id}; };

bool isOf(const std::string& workflowId, const auto& trigger) {
    return workflowId.empty() || trigger.workflowId == workflowId;
}

}  // namespace

void TriggerCalls::call(const CallContext&, const protocol::ListSchedules& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(protocol::Reply(protocol::ScheduleList{}));
    auto list = parts_.triggers->schedules(request.workflowId);
    std::erase_if(list.schedules, [&](const auto& schedule) {
        const bool says = containsText(schedule.id, request.text) || containsText(schedule.name, request.text) ||
                          containsText(schedule.note, request.text);
        return !says || (request.paused && schedule.paused != *request.paused);
    });
    reply.with(pageOf(request, std::move(list), &protocol::ScheduleList::schedules, kByName));
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

void TriggerCalls::call(const CallContext&, const protocol::ListWebhooks& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(protocol::Reply(protocol::WebhookList{}));
    auto list = parts_.triggers->webhooks();
    std::erase_if(list.webhooks, [&](const auto& hook) {
        const bool says = containsText(hook.id, request.text) || containsText(hook.name, request.text);
        return !says || !isOf(request.workflowId, hook) || (request.enabled && hook.enabled != *request.enabled);
    });
    reply.with(pageOf(request, std::move(list), &protocol::WebhookList::webhooks, kByName));
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

void TriggerCalls::call(const CallContext&, const protocol::ListFileWatches& request, const ReplyOnce& reply) const {
    if (parts_.triggers == nullptr) return reply(protocol::Reply(protocol::FileWatchList{}));
    auto list = parts_.triggers->fileWatches();
    std::erase_if(list.watches, [&](const auto& watch) {
        const bool says = containsText(watch.id, request.text) || containsText(watch.name, request.text) ||
                          containsText(watch.folder, request.text);
        return !says || !isOf(request.workflowId, watch) || (request.enabled && watch.enabled != *request.enabled);
    });
    reply.with(pageOf(request, std::move(list), &protocol::FileWatchList::watches, kByName));
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
