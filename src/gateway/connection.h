// One HTTP/1.1 connection: reads requests, asks the application, writes its answers in order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/connection_transport.h"
#include "gateway/exchange.h"
#include "gateway/http_reader.h"
#include "gateway/server_core.h"
#include "gateway/server_loop.h"

namespace signalbox::gateway {

/// Lives on its loop's thread. One request at a time: the next is read when the last is answered, so that a peer that
/// sends faster than it reads is slowed down by TCP. Owned by its loop, and by waits under way.
class Connection final : public Session, public TransportWaiter, public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport);
    ~Connection() override;

    void start();
    void readable() override;
    void writable() override;
    void tick(Micros now) override;
    void drain() override;
    void abort() override;

    /// What became of the request of that number. Ignored when that one is not being handled any more.
    void answer(std::uint64_t number, Outcome outcome);

private:
    enum class State : std::uint8_t { Reading, Handling, Writing, Lingering, Closed };

    [[nodiscard]] std::string_view advance(std::string_view data);
    [[nodiscard]] bool step(std::string_view& data);
    void readMore();
    void beginRequest();
    void consume(std::string_view fresh);
    void stampRequest();
    [[nodiscard]] bool countClient();
    void sendContinue();
    void dispatch(std::string_view& rest);
    void perform(Outcome outcome, std::string_view rest);
    void openStream(OpenStream stream, std::string_view rest);
    void refuse(const Refusal& why);
    void respond(HttpResponse response);
    void write(HttpResponse& response, bool hasBody);
    [[nodiscard]] bool flush();
    [[nodiscard]] bool writePart(std::string_view part, std::size_t& taken);
    void finishResponse();
    void linger();
    void lingerOn();
    void close();
    void setDeadline(Micros fromNow);
    void reportLost();

    std::shared_ptr<ServerCore> core_;
    std::shared_ptr<Loop> loop_;
    std::unique_ptr<Transport> transport_;
    RequestReader reader_;
    HeldBytes held_;                        ///< of the body being read or answered
    std::shared_ptr<HttpRequest> request_;  ///< being handled or answered
    HeadRules rules_;
    std::optional<Outcome> early_;  ///< answered while the application was still being asked
    std::string input_;             ///< read but not consumed
    std::string pendingHead_;       ///< to be written, then pendingBody_ from pendingAt_ on
    std::string pendingBody_;
    std::size_t pendingAt_ = 0;
    std::uint64_t number_ = 0;  ///< of the request being handled
    std::uint64_t bytesOut_ = 0;
    std::size_t lingered_ = 0;  ///< bytes thrown away since the last answer
    Micros deadline_ = 0;       ///< monotonic; 0: none
    Micros now_ = 0;            ///< monotonic, when control last came from the loop
    Micros received_ = 0;
    Micros receivedTicks_ = 0;
    unsigned status_ = 0;
    State state_ = State::Reading;
    bool hasBegun_ = false;  ///< a request's first byte was read
    bool isAsking_ = false;  ///< inside Application::handle
    bool closesAfter_ = false;
    bool isWaiting_ = false;  ///< for the transport to be readable
};

}  // namespace signalbox::gateway
