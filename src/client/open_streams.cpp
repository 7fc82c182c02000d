#include "client/open_streams.h"

#include <algorithm>
#include <utility>

#include "client/wire.h"

namespace signalbox::client {

void Receiver::give(std::vector<protocol::EventDto> events) {
    const std::lock_guard lock(mutex_);
    if (ended_ || events.empty()) return;
    receive_(std::move(events));
}

void Receiver::end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
}

protocol::EventFilter OpenStreams::filterOf(const Entry& entry) {
    protocol::EventFilter filter = entry.filter;
    if (entry.last != 0) filter.afterSeq = entry.last;
    return filter;
}

std::string OpenStreams::add(std::uint64_t id, protocol::EventFilter filter, std::shared_ptr<Receiver> receiver) {
    const auto [entry, isNew] = entries_.emplace(id, Entry{std::move(filter), std::move(receiver), 0, false});
    return wire::subscribe(id, filterOf(entry->second));
}

bool OpenStreams::remove(std::uint64_t id) { return entries_.erase(id) > 0; }

std::vector<std::string> OpenStreams::resume(bool sameLife) {
    std::vector<std::string> texts;
    for (auto& [id, entry] : entries_) {
        entry.doubted = !sameLife && filterOf(entry).afterSeq != 0;
        texts.push_back(wire::subscribe(id, filterOf(entry)));
    }
    return texts;
}

void OpenStreams::subscribed(std::uint64_t id, std::uint64_t seq) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) return;
    Entry& entry = found->second;
    // One that asked for what comes from now on is resumed from here, also when nothing comes before the connection is
    // lost.
    if (filterOf(entry).afterSeq == 0) entry.last = seq;
}

/// Numbers of another life say nothing of what lies between. A gateway admits that itself; one that does not is helped.
void OpenStreams::admitGap(Entry& entry, std::vector<protocol::EventDto>& events) {
    if (!std::exchange(entry.doubted, false) || events.front().kind == "lost") return;
    protocol::EventDto lost;
    lost.kind = "lost";
    lost.lostUntil = events.front().seq > 0 ? events.front().seq - 1 : 0;
    lost.seq = std::min(filterOf(entry).afterSeq + 1, lost.lostUntil);
    events.insert(events.begin(), std::move(lost));
}

void OpenStreams::events(std::uint64_t id, std::vector<protocol::EventDto> events, std::uint64_t seq) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) return;
    Entry& entry = found->second;
    if (!events.empty()) admitGap(entry, events);
    // Within one life numbers only grow; what has been seen is not told twice.
    std::vector<protocol::EventDto> fresh;
    fresh.reserve(events.size());
    for (auto& event : events) {
        const bool isLost = event.kind == "lost";
        if (!isLost && event.seq != 0 && event.seq <= entry.last) continue;
        entry.last = isLost ? event.lostUntil : std::max(entry.last, event.seq);
        fresh.push_back(std::move(event));
    }
    entry.last = std::max(entry.last, seq);
    const auto receiver = entry.receiver;  // the entry may be gone when it returns
    receiver->give(std::move(fresh));
}

bool OpenStreams::refused(std::uint64_t id, const Error& error) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) return false;
    const auto receiver = found->second.receiver;
    entries_.erase(found);
    protocol::EventDto event;
    event.kind = "refused";
    event.code = error.code;
    event.text = error.message;
    receiver->give({std::move(event)});
    return true;
}

}  // namespace signalbox::client
