#include "client/open_calls.h"

#include <algorithm>
#include <utility>

#include "client/words.h"
#include "protocol/envelope.h"

namespace signalbox::client {

namespace {

QString nameOf(const OpenCall& call) { return QString::fromStdString(std::string(call.name)); }

Error lostError(const OpenCall& call, const std::string& where) {
    return worded("gateway.connection-lost",
                  Words::tr("The connection was lost before the gateway answered “%1”").arg(nameOf(call)), where,
                  Words::tr("It may have been done: look before doing it again"), true);
}

Error timeoutError(const OpenCall& call) {
    return worded(
        "gateway.timeout", Words::tr("The gateway has not answered “%1” in time").arg(nameOf(call)),
        std::string(call.name),
        call.repeatable ? Words::tr("Try again") : Words::tr("It may have been done: look before doing it again"),
        true);
}

}  // namespace

bool isRepeatable(const protocol::Request& request) {
    if (const auto* start = request.get<protocol::StartRun>()) return start->idempotencyKey.has_value();
    if (const auto* rerun = request.get<protocol::RerunRun>()) return rerun->idempotencyKey.has_value();
    return protocol::permissionOf(request).ends_with(":read");
}

void OpenCalls::add(OpenCall call, Micros now) {
    const std::uint64_t id = call.id;
    calls_.emplace(id, Entry{std::move(call), now + limits_.waitWhileLost, false});
}

std::vector<std::string> OpenCalls::sendable(Micros now) {
    std::vector<std::string> texts;
    for (auto& [id, entry] : calls_) {
        if (onWire_ >= limits_.onWire) break;
        if (entry.sent) continue;
        entry.sent = true;
        entry.deadline = now + entry.call.patience;
        ++onWire_;
        texts.push_back(entry.call.repeatable ? entry.call.text : std::exchange(entry.call.text, {}));
    }
    return texts;
}

void OpenCalls::reply(std::uint64_t id, const Value& body) {
    const auto found = calls_.find(id);
    // Late replies, and replies to what was never asked, are nobody's.
    if (found == calls_.end() || !found->second.sent) return;
    const OpenCall call = std::move(found->second.call);
    calls_.erase(found);
    --onWire_;
    call.done(protocol::decodeOutcome(call.name, body));
}

template <class Wanted>
void OpenCalls::failThose(const Wanted& wanted, const std::function<Error(const Entry&)>& error) {
    std::vector<Entry> failed;
    for (auto entry = calls_.begin(); entry != calls_.end();) {
        if (!wanted(entry->second)) {
            ++entry;
            continue;
        }
        if (entry->second.sent) --onWire_;
        failed.push_back(std::move(entry->second));
        entry = calls_.erase(entry);
    }
    for (const Entry& entry : failed) entry.call.done(fail(error(entry)));
}

void OpenCalls::connectionLost(const std::string& where, Micros now) {
    failThose([](const Entry& entry) { return entry.sent && !entry.call.repeatable; },
              [&](const Entry& entry) { return lostError(entry.call, where); });
    for (auto& [id, entry] : calls_) {
        const bool wasSent = std::exchange(entry.sent, false);
        entry.deadline = now + (wasSent ? limits_.repeatWithin : limits_.waitWhileLost);
    }
    onWire_ = 0;
}

void OpenCalls::expire(Micros now, const Error* unreachable) {
    failThose([&](const Entry& entry) { return entry.deadline <= now && (entry.sent || unreachable != nullptr); },
              [&](const Entry& entry) { return entry.sent ? timeoutError(entry.call) : *unreachable; });
}

void OpenCalls::failAll(const Error& error) {
    failThose([](const Entry&) { return true; }, [&](const Entry&) { return error; });
}

}  // namespace signalbox::client
