// A connection on its way from HTTP to a stream: what the new session takes over.
#pragma once

#include <memory>
#include <string>

#include "gateway/connection_transport.h"
#include "gateway/exchange.h"
#include "gateway/server_core.h"
#include "gateway/server_loop.h"

namespace signalbox::gateway {

struct StreamStart {
    std::shared_ptr<ServerCore> core;
    std::shared_ptr<Loop> loop;
    std::unique_ptr<Transport> transport;
    std::shared_ptr<const HttpRequest> request;
    std::string input;  ///< bytes read behind the request
    OpenStream stream;
};

/// Answers the upgrade and speaks WebSocket from then on. On the loop's thread.
void startWebSocket(StreamStart start);
/// Answers with text/event-stream and keeps the connection. On the loop's thread.
void startEventStream(StreamStart start);

}  // namespace signalbox::gateway
