// The parts of a running gateway, put together by its settings.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/gateway/configuration.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"

namespace signalbox::gatewayd {

/// Owns workspace, engine, users, API and server. Thread-safe but for its end. Destroying it ends at once what is under
/// way; runs go on with the next start.
class Gateway {
public:
    /// Opens the workspace and all that serves it; nothing listens yet. The clock must outlive it. Errors: those of
    /// the workspace, store, users, triggers and certificate.
    [[nodiscard]] static Result<std::unique_ptr<Gateway>> open(const Settings& settings, const Clock& clock,
                                                               const LogSink& sink);
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;
    ~Gateway();

    /// Error "server.listen" (retryable when the address is in use).
    [[nodiscard]] Status listen();
    /// "https://127.0.0.1:7450": where it listens.
    [[nodiscard]] std::string address() const;
    /// What went wrong with something that it can do without; empty: nothing.
    [[nodiscard]] std::string warning() const;
    /// The file of the one-time token for the first administrator; empty: there are users, or nobody needs any.
    [[nodiscard]] Result<std::string> setupTokenFile();
    /// Takes over what can change while it runs; an error (a certificate that cannot be used) leaves all as it was.
    [[nodiscard]] Status reload(const Settings& settings);
    /// Takes no more requests, finishes those that are under way within that time, then calls `done` (any thread) with
    /// whether all were finished.
    void drain(Micros within, std::function<void(bool)> done);
    /// Whether every I/O thread and the store answer; see Watchdog::Probe.
    void probe(std::function<void(bool)> answer);

private:
    struct Parts;
    explicit Gateway(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace signalbox::gatewayd
