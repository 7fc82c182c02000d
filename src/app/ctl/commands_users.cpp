// Users and API keys of a gateway.
#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/danger.h"
#include "app/ctl/prompt.h"
#include "app/ctl/session.h"
#include "app/ctl/states.h"
#include "app/ctl/table.h"
#include "base/clock.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

int usersCommand(const Arguments& arguments, Output& output) {
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    protocol::ListUsers request;
    if (!arguments.operands.empty()) request.text = arguments.operands.front();
    auto list = Session::await((*session)->client().callAll(std::move(request)));
    if (!list) return output.error(list.error());
    if (output.json) {
        output.value(protocol::toValue(*list));
        return kOk;
    }
    Table table({{"Login"}, {"Name"}, {"Roles"}, {"Sessions", Table::Align::Right}, {"Last login"}, {"State"}});
    for (const auto& user : list->users) {
        table.add({{onOneLine(user.login), Tone::Strong},
                   {onOneLine(user.name)},
                   {fmt::format("{}", fmt::join(user.roles, ", "))},
                   {std::to_string(user.sessions)},
                   {localTime(user.lastLogin), Tone::Muted},
                   {user.disabled ? "disabled" : "", Tone::Warning}});
    }
    table.print(output.out);
    return kOk;
}

int addUserCommand(const Arguments& arguments, Output& output) {
    protocol::CreateUser request;
    request.login = arguments.operands.front();
    request.name = arguments.option("name").value_or(request.login);
    request.roles = arguments.list("role");
    if (request.roles.empty()) request.roles = {"viewer"};
    auto password = newPasswordFrom(arguments.option("password-file"), "Password of the new user");
    if (!password) return output.error(password.error());
    request.password = std::move(*password);
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    auto user = Session::await((*session)->client().call(std::move(request)));
    if (!user) return output.error(user.error());
    if (output.json)
        output.value(protocol::toValue(*user));
    else
        output.out.line(fmt::format("Added {} as {}.", onOneLine(user->login), fmt::join(user->roles, ", ")));
    return kOk;
}

int keysCommand(const Arguments& arguments, Output& output) {
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    auto list = Session::await((*session)->client().callAll(protocol::ListOwnApiKeys{}));
    if (!list) return output.error(list.error());
    if (output.json) {
        output.value(protocol::toValue(*list));
        return kOk;
    }
    if (list->keys.empty()) {
        output.err.line("No API keys. \"signalboxctl keys create NAME\" makes one.");
        return kOk;
    }
    Table table({{"Id"}, {"Name"}, {"Begins with"}, {"Expires"}, {"Last used"}, {"Scopes"}});
    for (const auto& key : list->keys) {
        table.add({{key.id, Tone::Strong},
                   {onOneLine(key.name)},
                   {key.prefix, Tone::Muted},
                   {key.expires == 0 ? "never" : localTime(key.expires)},
                   {localTime(key.lastUsed), Tone::Muted},
                   {fmt::format("{}", fmt::join(key.scopes, " "))}});
    }
    table.print(output.out);
    return kOk;
}

int createKeyCommand(const Arguments& arguments, Output& output) {
    protocol::CreateOwnApiKey request;
    request.name = arguments.operands.front();
    request.scopes = arguments.list("scope");
    if (request.scopes.empty()) {
        return output.error({"usage.option",
                             "What the key may do has to be said",
                             {},
                             "--scope run:start --scope run:read; \"signalboxctl whoami\" lists what there is",
                             false});
    }
    if (const auto typed = arguments.option("expires")) {
        auto duration = parseDuration(*typed);
        if (!duration) return output.error(duration.error());
        request.expires = SystemClock().wallNow() + *duration;
    }
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    auto created = Session::await((*session)->client().call(std::move(request)));
    if (!created) return output.error(created.error());
    if (output.json) {
        output.value(protocol::toValue(*created));
        return kOk;
    }
    output.out.line(created->secret);
    output.err.line(fmt::format("This is key {}. Its secret is not shown again.", created->key.id));
    return kOk;
}

int revokeKeyCommand(const Arguments& arguments, Output& output) {
    auto session = Session::openRemote(arguments, output);
    if (!session) return output.error(session.error());
    const std::string& id = arguments.operands.front();
    if (auto sure = confirmDanger(**session, arguments, "API key " + id, output); !sure) {
        return output.error(sure.error());
    }
    auto done = Session::await((*session)->client().call(protocol::RevokeOwnApiKey{id}));
    if (!done) return output.error(done.error());
    if (!output.json) output.err.line("Revoked.");
    return kOk;
}

}  // namespace signalbox::ctl
