#include "app/ctl/remote.h"

#include <QDateTime>
#include <QTimer>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "app/ctl/prompt.h"
#include "client/certificate.h"
#include "client/gateway_address.h"

namespace signalbox::ctl {

namespace {

/// Long enough for a gateway that is just starting again.
constexpr int kPatienceMilliseconds = 5000;

std::string environmentOf(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::string dayOf(qint64 milliseconds) {
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString("yyyy-MM-dd").toStdString();
}

/// Waits until a connection is live, or cannot become so.
class Arrival {
public:
    Arrival(client::Connection& connection, Output& output) : connection_(connection), output_(output) {
        QObject::connect(&connection_, &client::Connection::changed, &loop_, [this] { look(); });
    }

    Status wait() {
        QObject::connect(&patience_, &QTimer::timeout, &loop_, [this] { giveUp(); });
        patience_.start(kPatienceMilliseconds);
        look();
        if (!outcome_) loop_.exec();
        return *outcome_;
    }

private:
    void look() {
        const auto status = connection_.status();
        using State = client::ConnectionState;
        if (status.state == State::Live || status.state == State::Stale) return finish({});
        if (!status.error) return;
        if (status.need == client::ConnectionNeed::Trust && status.certificate) {
            auto trusted = askForTrust(*status.certificate, *status.error, output_);
            if (!trusted) return finish(std::move(trusted));
            return connection_.trust(status.certificate->sha256);
        }
        const bool waits = status.need == client::ConnectionNeed::None && status.retryAt != 0;
        if (!waits && status.state != State::Connecting) finish(fail(*status.error));
    }
    void giveUp() {
        const auto status = connection_.status();
        // Nothing has been tried yet: the keychain may be asking its owner, and has a patience of its own.
        if (status.attempt == 0 && status.state == client::ConnectionState::Connecting) return;
        Error error = status.error.value_or(Error{"gateway.unreachable", "The gateway does not answer", {}, {}, true});
        error.hint = "Check the address, and that signalboxd runs there";
        finish(fail(std::move(error)));
    }
    void finish(Status outcome) {
        if (!outcome_) outcome_ = std::move(outcome);
        loop_.quit();
    }

    client::Connection& connection_;
    Output& output_;
    QEventLoop loop_;
    QTimer patience_;
    std::optional<Status> outcome_;
};

Error withSignInHint(Error error, const std::string& named) {
    if (error.code == "gateway.credentials-needed" || error.code == "gateway.session-ended") {
        error.hint = fmt::format("signalboxctl login --gateway {}", named);
    }
    return error;
}

}  // namespace

Result<std::optional<std::string>> gatewayNamed(const Arguments& arguments) {
    const auto typed = arguments.option("gateway");
    if (typed && arguments.has("workspace")) {
        return fail("usage.option", "--gateway and --workspace exclude each other: a gateway has its own workspace");
    }
    if (typed) return typed;
    const std::string usual = environmentOf("SIGNALBOX_GATEWAY");
    if (usual.empty() || arguments.has("workspace")) return std::optional<std::string>();
    return std::optional(usual);
}

Result<std::unique_ptr<RemoteTarget>> RemoteTarget::of(const Arguments& arguments, const std::string& named) {
    std::unique_ptr<RemoteTarget> target(new RemoteTarget);
    target->named_ = named;
    SIGNALBOX_CHECK(target->profiles_.reload());
    const QString text = QString::fromStdString(named);
    if (auto known = target->profiles_.find(text)) {
        target->profile_ = *known;
    } else {
        SIGNALBOX_TRY(target->profile_.url, client::parseGatewayUrl(text));
        target->profile_.name = target->profile_.url.host();
    }
    if (arguments.has("allow-unencrypted")) target->profile_.allowPlain = true;
    if (const auto typed = arguments.option("pin")) {
        SIGNALBOX_TRY(target->profile_.pinned, client::parseFingerprint(QString::fromStdString(*typed)));
    }
    return target;
}

client::HttpAuth::Target RemoteTarget::authTarget() const {
    return {profile_.url, profile_.pinned, profile_.allowPlain, "signalboxctl/" SIGNALBOX_VERSION};
}

Status RemoteTarget::keep() {
    if (!profile_.id.isEmpty()) return profiles_.update(profile_);
    auto added = profiles_.add(profile_);
    for (int number = 2; !added && added.error().code == "profiles.name-taken"; ++number) {
        profile_.name = QString("%1 (%2)").arg(profile_.url.host()).arg(number);
        added = profiles_.add(profile_);
    }
    if (!added) return fail(std::move(added).error());
    profile_ = *added;
    return {};
}

Status RemoteTarget::setEnvironment(const std::string& environment) {
    const QString word = QString::fromStdString(environment).toLower();
    for (const char* known : {"production", "staging", "development"}) {
        if (word != QLatin1String(known)) continue;
        profile_.environment = word;
        return {};
    }
    return fail("profiles.environment", fmt::format("\"{}\" is no environment", environment), {},
                "It is production, staging or development");
}

void RemoteTarget::pin(const QString& sha256) {
    profile_.pinned = sha256;
    if (profile_.id.isEmpty()) return;
    // What cannot be kept is asked again the next time.
    static_cast<void>(profiles_.update(profile_));
}

Result<client::RemoteGateway> RemoteTarget::connect(const Arguments& arguments, Output& output) {
    client::ConnectOptions options;
    SIGNALBOX_TRY(options.token, tokenGiven(arguments));
    options.credentials = credentials_;
    options.profiles = &profiles_;
    options.agent = "signalboxctl/" SIGNALBOX_VERSION;
    auto gateway = client::connectGateway(profile_, std::move(options));
    auto arrived = Arrival(*gateway.connection, output).wait();
    if (!arrived) return fail(withSignInHint(arrived.error(), named_));
    return gateway;
}

Status askForTrust(const client::CertificateFacts& facts, const Error& why, Output& output) {
    if (!canAsk()) {
        Error error = why;
        error.hint += fmt::format("; then give it with --pin {}", facts.sha256.toStdString());
        return fail(std::move(error));
    }
    Terminal& err = output.err;
    err.line(err.paint(Tone::Warning, onOneLine(why.message)));
    const auto line = [&](const char* name, const std::string& text) {
        err.line(fmt::format("{}  {}", err.paint(Tone::Muted, fmt::format("{:>11}", name)), onOneLine(text)));
    };
    line("subject", facts.subject.toStdString());
    line("issuer", facts.issuer.toStdString());
    line("valid", fmt::format("{} to {}", dayOf(facts.validFrom), dayOf(facts.validUntil)));
    line("fingerprint", facts.sha256.toStdString());
    if (!facts.pinned.isEmpty()) line("before", facts.pinned.toStdString());
    err.flush();
    SIGNALBOX_TRY(const auto answer, askLine("Trust this certificate from now on? Type yes"));
    if (answer == "yes") return {};
    return fail(why);
}

Result<QString> tokenGiven(const Arguments& arguments) {
    if (const auto file = arguments.option("token-file")) {
        SIGNALBOX_TRY(const auto token, readSecret(*file));
        return QString::fromStdString(token);
    }
    return QString::fromStdString(environmentOf("SIGNALBOX_TOKEN"));
}

}  // namespace signalbox::ctl
