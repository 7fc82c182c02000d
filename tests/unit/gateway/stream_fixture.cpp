#include "unit/gateway/stream_fixture.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway::test {

bool FakePeer::send(std::string text) {
    const std::lock_guard lock(mutex_);
    if (closeCode_ != 0 || buffered_ + text.size() > capacity_) return false;
    buffered_ += text.size();
    mostBuffered_ = std::max(mostBuffered_, buffered_);
    texts_.push_back(std::move(text));
    return true;
}

std::size_t FakePeer::buffered() const {
    const std::lock_guard lock(mutex_);
    return buffered_;
}

void FakePeer::close(std::uint16_t code, std::string) {
    const std::lock_guard lock(mutex_);
    if (closeCode_ == 0) closeCode_ = code;
}

void FakePeer::welcome() {
    const std::lock_guard lock(mutex_);
    isWelcome_ = true;
}

bool FakePeer::isWelcome() const {
    const std::lock_guard lock(mutex_);
    return isWelcome_;
}

std::vector<std::string> FakePeer::readTexts() {
    const std::lock_guard lock(mutex_);
    buffered_ = 0;
    return std::exchange(texts_, {});
}

std::vector<Value> FakePeer::read() {
    std::vector<Value> messages;
    for (const std::string& text : readTexts()) {
        const auto message = parseJson(text);
        EXPECT_TRUE(message) << text;
        if (message) messages.push_back(*message);
    }
    return messages;
}

std::vector<Value> FakePeer::read(std::string_view type) {
    auto messages = read();
    std::erase_if(messages, [&](const Value& message) { return message["type"].asString() != type; });
    return messages;
}

void FakePeer::setCapacity(std::size_t capacity) {
    const std::lock_guard lock(mutex_);
    capacity_ = capacity;
}

std::uint16_t FakePeer::closeCode() const {
    const std::lock_guard lock(mutex_);
    return closeCode_;
}

std::size_t FakePeer::mostBuffered() const {
    const std::lock_guard lock(mutex_);
    return mostBuffered_;
}

void FakeIdentity::add(const std::string& token, std::vector<std::string> permissions, const std::string& tenant) {
    identity::Caller caller;
    caller.userId = "user-" + token;
    caller.login = token;
    caller.tenant = tenant;
    caller.permissions = std::move(permissions);
    caller.credential = "session-" + token;
    const std::lock_guard lock(mutex_);
    callers_[token] = std::move(caller);
}

void FakeIdentity::setPermissions(const std::string& token, std::vector<std::string> permissions) {
    const std::lock_guard lock(mutex_);
    callers_.at(token).permissions = std::move(permissions);
}

void FakeIdentity::endSession(const std::string& token, const std::string& reason) {
    std::function<void(const std::string&, const std::string&)> told;
    std::string credential;
    {
        const std::lock_guard lock(mutex_);
        credential = callers_.at(token).credential;
        callers_.erase(token);
        told = told_;
    }
    if (told) told(credential, reason);
}

identity::Caller FakeIdentity::caller(const std::string& token) const {
    const std::lock_guard lock(mutex_);
    return callers_.at(token);
}

Result<identity::Caller> FakeIdentity::authenticate(std::string_view token, const identity::Origin&) {
    const std::lock_guard lock(mutex_);
    const auto known = callers_.find(token);
    if (known == callers_.end()) return fail("identity.credentials", "These credentials are not known");
    return known->second;
}

Result<identity::Caller> FakeIdentity::refresh(const identity::Caller& caller) {
    const std::lock_guard lock(mutex_);
    const auto known = callers_.find(caller.login);
    if (known == callers_.end()) return fail("identity.session-ended", "The session has ended", "expired");
    return known->second;
}

void FakeIdentity::onEnded(std::function<void(const std::string&, const std::string&)> told) {
    const std::lock_guard lock(mutex_);
    told_ = std::move(told);
}

void FakeIdentity::touch(const identity::Caller&) {
    const std::lock_guard lock(mutex_);
    ++touched_;
}

int FakeIdentity::touched() const {
    const std::lock_guard lock(mutex_);
    return touched_;
}

StreamTest::StreamTest(StreamOptions options, std::size_t ring) : bus(clock, {.events = ring}) {
    service::DispatcherParts parts;
    parts.bus = &bus;
    parts.workers = &workers;
    parts.clock = &clock;
    parts.tenant = "default";
    parts.info.name = "test gateway";
    dispatcher = std::make_unique<service::Dispatcher>(std::move(parts));
    options.dispatcher = dispatcher.get();
    options.identity = &identity;
    options.clock = &clock;
    options.metrics = &metrics;
    streams = std::make_unique<Streams>(std::move(options));
    identity.onEnded([this](const std::string& credential, const std::string& reason) {
        streams->credentialEnded(credential, reason);
    });
    identity.add("viewer", {"run:read", "workflow:read", "gateway:read"});
    identity.add("runs-only", {"run:read"});
    identity.add("nobody", {"workflow:read", "gateway:read"});
    identity.add("foreigner", {"*"}, "other");
}

StreamTest::~StreamTest() {
    identity.onEnded({});
    streams.reset();
    workers.stop();
}

StreamTest::Socket StreamTest::connect(const std::string& token) {
    Socket socket{streams->openSocket(Receiver(identity, identity.caller(token)), {}), std::make_shared<FakePeer>()};
    socket.handler->opened(socket.peer);
    const auto first = socket.peer->read();
    EXPECT_EQ(first.size(), 1U);
    return socket;
}

StreamTest::Socket StreamTest::connectAnonymous() {
    Socket socket{streams->openSocket(std::nullopt, {}), std::make_shared<FakePeer>()};
    socket.handler->opened(socket.peer);
    return socket;
}

StreamTest::Socket StreamTest::openEvents(const std::string& token, protocol::EventFilter filter) {
    auto handler = streams->openEvents(Receiver(identity, identity.caller(token)), std::move(filter));
    EXPECT_TRUE(handler);
    Socket socket{handler ? *handler : nullptr, std::make_shared<FakePeer>()};
    if (socket.handler) socket.handler->opened(socket.peer);
    return socket;
}

void StreamTest::publishRuns(std::size_t count) {
    const auto publish = bus.sink();
    for (std::size_t i = 0; i < count; ++i) {
        engine::EngineEvent event;
        event.run.value.bytes[15] = 7;
        publish({&event, 1});
    }
}

void StreamTest::publishNotice(const std::string& kind) {
    protocol::EventDto notice;
    notice.kind = kind;
    bus.publishNotices({std::move(notice)});
}

std::vector<std::uint64_t> StreamTest::seqs(FakePeer& peer) {
    std::vector<std::uint64_t> numbers;
    for (const Value& message : peer.read("events")) {
        for (const Value& event : message["events"].items()) {
            numbers.push_back(static_cast<std::uint64_t>(event["seq"].asInteger()));
        }
    }
    return numbers;
}

std::vector<std::string> StreamTest::kinds(FakePeer& peer) {
    std::vector<std::string> found;
    for (const Value& message : peer.read("events")) {
        for (const Value& event : message["events"].items()) found.emplace_back(event["kind"].asString());
    }
    return found;
}

}  // namespace signalbox::gateway::test
