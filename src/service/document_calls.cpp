#include "engine/manifest.h"
#include "service/calls.h"
#include "service/catalog.h"
#include "service/dto_mapping.h"

namespace signalbox::service {

void DocumentCalls::call(const CallContext& context, const protocol::GetGatewayInfo&, const ReplyOnce& reply) const {
    protocol::GatewayInfo info = parts_.info;
    info.principal = context.principal.name;
    reply(protocol::Reply(std::move(info)));
}

void DocumentCalls::call(const CallContext&, const protocol::GetEngineStats&, const ReplyOnce& reply) const {
    reply(protocol::Reply(parts_.engine != nullptr ? toDto(parts_.engine->stats()) : protocol::EngineStatsDto{}));
}

void DocumentCalls::call(const CallContext&, const protocol::ListWorkflows& request, const ReplyOnce& reply) const {
    reply.with(parts_.catalog->list(request.text));
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

void DocumentCalls::call(const CallContext&, const protocol::ListNodeTypes&, const ReplyOnce& reply) const {
    protocol::NodeTypeList list;
    for (const std::string& type : parts_.registry->typeNames()) {
        list.manifests.push_back(engine::manifestToValue(*parts_.registry->manifest(type)));
    }
    reply(protocol::Reply(std::move(list)));
}

}  // namespace signalbox::service
