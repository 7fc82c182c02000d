#include "engine/manifest.h"
#include "service/calls.h"
#include "service/catalog.h"
#include "service/dto_mapping.h"
#include "service/pages.h"

namespace signalbox::service {

void DocumentCalls::call(const CallContext& context, const protocol::GetGatewayInfo&, const ReplyOnce& reply) const {
    protocol::GatewayInfo info = parts_.info;
    info.principal = context.principal.name;
    reply(protocol::Reply(std::move(info)));
}

void DocumentCalls::call(const CallContext&, const protocol::ListWorkflows& request, const ReplyOnce& reply) const {
    auto list = parts_.catalog->list(request.text, request.tags);
    if (!list) return reply(fail(std::move(list).error()));
    // Two files may have the same id.
    reply.with(pageOf(request, *std::move(list), &protocol::WorkflowList::workflows, [](const auto& workflow) {
        return PageKey{0, workflow.file, workflow.id};
    }));
}

void DocumentCalls::call(const CallContext&, const protocol::GetWorkflow& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->get(request.id));
}

void DocumentCalls::call(const CallContext&, const protocol::ValidateWorkflow& request, const ReplyOnce& reply) const {
    reply(protocol::Reply(parts_.catalog->validate(request.text)));
}

void DocumentCalls::call(const CallContext&, const protocol::SaveWorkflow& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->save(request.text, request.expectedEtag));
}

void DocumentCalls::call(const CallContext&, const protocol::FormatWorkflow& request, const ReplyOnce& reply) const {
    reply.with(Catalog::format(request.text));
}

void DocumentCalls::call(const CallContext&, const protocol::CreateWorkflow& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->create(request));
}

void DocumentCalls::call(const CallContext&, const protocol::DuplicateWorkflow& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->duplicate(request));
}

void DocumentCalls::call(const CallContext&, const protocol::RenameWorkflow& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->rename(request));
}

void DocumentCalls::call(const CallContext&, const protocol::DeleteWorkflow& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->remove(request));
}

void DocumentCalls::call(const CallContext&, const protocol::RestoreWorkflow& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->restore(request.trashId));
}

void DocumentCalls::call(const CallContext&, const protocol::ListTrash& request, const ReplyOnce& reply) const {
    reply.with(pageOf(request, parts_.catalog->trash(), &protocol::TrashList::entries, [](const auto& entry) {
        return PageKey{-entry.deleted, {}, entry.trashId};
    }));
}

void DocumentCalls::call(const CallContext&, const protocol::ListWorkflowVersions& request,
                         const ReplyOnce& reply) const {
    auto list = parts_.catalog->versions(request.id);
    if (!list) return reply(fail(std::move(list).error()));
    reply.with(pageOf(request, *std::move(list), &protocol::WorkflowVersionList::versions,
                      [](const auto& version) { return PageKey{-version.version}; }));
}

void DocumentCalls::call(const CallContext&, const protocol::GetWorkflowVersion& request,
                         const ReplyOnce& reply) const {
    reply.with(parts_.catalog->version(request.id, request.version));
}

void DocumentCalls::call(const CallContext&, const protocol::ListNodeTypes&, const ReplyOnce& reply) const {
    protocol::NodeTypeList list;
    for (const std::string& type : parts_.registry->typeNames()) {
        list.manifests.push_back(engine::manifestToValue(*parts_.registry->manifest(type)));
    }
    reply(protocol::Reply(std::move(list)));
}

}  // namespace signalbox::service
