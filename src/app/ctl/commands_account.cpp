// Signing in at gateways.
#include <functional>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/prompt.h"
#include "app/ctl/remote.h"
#include "app/ctl/session.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

namespace {

using Attempt = std::function<QFuture<Result<QString>>(client::HttpAuth&)>;

Result<std::unique_ptr<RemoteTarget>> targetOf(const Arguments& arguments) {
    SIGNALBOX_TRY(const auto named, gatewayNamed(arguments));
    if (named) return RemoteTarget::of(arguments, *named);
    return fail("usage.gateway", fmt::format("\"{}\" needs a gateway", arguments.command->name), {},
                "Name one with --gateway, or in SIGNALBOX_GATEWAY");
}

Result<std::string> setupTokenOf(const Arguments& arguments) {
    if (const auto file = arguments.option("setup-token")) return readSecret(*file);
    if (canAsk()) return askSecret("The gateway's one-time token (its log says which file holds it)");
    return fail("usage.option", "The gateway's one-time token is needed", {},
                "--setup-token FILE: its log says where it has put it");
}

/// Tries, and once more when someone vouches for the certificate.
Result<QString> trusting(RemoteTarget& target, Output& output, const Attempt& attempt) {
    client::HttpAuth auth(target.authTarget());
    auto token = Session::await(attempt(auth));
    if (token || !auth.certificate()) return token;
    const client::CertificateFacts facts = *auth.certificate();
    SIGNALBOX_CHECK(askForTrust(facts, token.error(), output));
    target.pin(facts.sha256);
    auth.setPinned(facts.sha256);
    return Session::await(attempt(auth));
}

int keepToken(RemoteTarget& target, const std::string& login, const QString& token, Output& output) {
    if (auto kept = target.keep(); !kept) return output.error(kept.error());
    if (auto kept = Session::await(target.credentials()->write(target.profile().id, token)); !kept) {
        return output.error(kept.error());
    }
    if (auto profile = target.profiles().byId(target.profile().id)) {
        profile->login = QString::fromStdString(login);
        if (auto kept = target.profiles().update(*profile); !kept) return output.error(kept.error());
    }
    const std::string name = target.profile().name.toStdString();
    const std::string place = target.credentials()->place().toStdString();
    if (output.json) {
        output.value(Value::object({{"gateway", Value(name)},
                                    {"url", Value(target.profile().url.toString().toStdString())},
                                    {"login", Value(login)},
                                    {"tokenIn", Value(place)}}));
        return kOk;
    }
    output.out.line(fmt::format("Signed in at {} as {}.", onOneLine(name), onOneLine(login)));
    output.err.line(fmt::format("The token is kept in {}.", place));
    return kOk;
}

Result<std::string> loginOf(const Arguments& arguments, const RemoteTarget& target) {
    if (!arguments.operands.empty()) return arguments.operands.front();
    if (!target.profile().login.isEmpty()) return target.profile().login.toStdString();
    if (canAsk()) return askLine("Login");
    return fail("usage.operands", "Whose login it is has to be said", {}, "Usage: signalboxctl login LOGIN");
}

}  // namespace

int loginCommand(const Arguments& arguments, Output& output) {
    auto target = targetOf(arguments);
    if (!target) return output.error(target.error());
    if (const auto name = arguments.option("name")) (*target)->rename(*name);
    if (const auto environment = arguments.option("environment")) {
        if (auto known = (*target)->setEnvironment(*environment); !known) return output.error(known.error());
    }
    auto login = loginOf(arguments, **target);
    if (!login) return output.error(login.error());
    auto password = passwordFrom(arguments.option("password-file"), "Password");
    if (!password) return output.error(password.error());
    auto token = trusting(**target, output, [&](client::HttpAuth& auth) {
        return auth.login(QString::fromStdString(*login), QString::fromStdString(*password));
    });
    if (!token) return output.error(token.error());
    return keepToken(**target, *login, *token, output);
}

int setupCommand(const Arguments& arguments, Output& output) {
    auto target = targetOf(arguments);
    if (!target) return output.error(target.error());
    auto setupToken = setupTokenOf(arguments);
    if (!setupToken) return output.error(setupToken.error());
    auto password = newPasswordFrom(arguments.option("password-file"), "Password of the new administrator");
    if (!password) return output.error(password.error());
    const QString login = QString::fromStdString(arguments.operands.front());
    const QString name = QString::fromStdString(arguments.option("name").value_or(arguments.operands.front()));
    const QString secret = QString::fromStdString(*password);
    auto token = trusting(**target, output, [&](client::HttpAuth& auth) {
        return auth.setup(QString::fromStdString(*setupToken), login, name, secret);
    });
    if (token && token->isEmpty()) {
        token = trusting(**target, output, [&](client::HttpAuth& auth) { return auth.login(login, secret); });
    }
    if (!token) return output.error(token.error());
    return keepToken(**target, arguments.operands.front(), *token, output);
}

int logoutCommand(const Arguments& arguments, Output& output) {
    auto target = targetOf(arguments);
    if (!target) return output.error(target.error());
    const QString id = (*target)->profile().id;
    auto token = id.isEmpty() ? Result<std::optional<QString>>(std::nullopt)
                              : Session::await((*target)->credentials()->read(id));
    if (!token) return output.error(token.error());
    if (!*token) {
        output.err.line("Not signed in there.");
        return kOk;
    }
    client::HttpAuth auth((*target)->authTarget());
    const Status ended = Session::await(auth.logout(**token));
    // Forgotten in any case; a session that could not be ended is said, and ends by itself.
    if (auto forgotten = Session::await((*target)->credentials()->remove(id)); !forgotten) {
        return output.error(forgotten.error());
    }
    if (!ended && ended.error().code == "gateway.unreachable") return output.error(ended.error());
    output.err.line(fmt::format("Signed out of {}.", onOneLine((*target)->profile().name.toStdString())));
    return kOk;
}

int whoamiCommand(const Arguments& arguments, Output& output) {
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    auto account = Session::await((*session)->client().call(protocol::GetAccount{}));
    if (!account) return output.error(account.error());
    if (output.json) {
        output.value(protocol::toValue(*account));
        return kOk;
    }
    const auto line = [&](const char* name, const std::string& text) {
        if (text.empty()) return;
        output.out.line(
            fmt::format("{}  {}", output.out.paint(Tone::Muted, fmt::format("{:>11}", name)), onOneLine(text)));
    };
    line("gateway", (*session)->place());
    line("environment", (*session)->environment().toStdString());
    line("login", account->login);
    line("name", account->name);
    line("kind", account->kind);
    line("tenant", account->tenant);
    line("roles", fmt::format("{}", fmt::join(account->roles, ", ")));
    line("permissions", fmt::format("{}", fmt::join(account->permissions, " ")));
    return kOk;
}

}  // namespace signalbox::ctl
