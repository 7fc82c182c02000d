#include "gateway/login_form.h"

#include <fmt/format.h>

#include "gateway/route_params.h"
#include "protocol/codec.h"

namespace signalbox::gateway {

namespace {

Value described(const char* type, const char* description) {
    return Value::object({{"type", type}, {"description", description}});
}

Value cookieMember() {
    return described("boolean",
                     "For browsers: the token comes as a cookie only, and X-CSRF-Token goes with what changes things");
}

Value formSchema(std::vector<Member> properties, const std::vector<const char*>& required) {
    ArrayBuilder names;
    for (const char* name : required) names.push(Value(name));
    return Value::object({{"type", "object"},
                          {"properties", Value::object(std::move(properties))},
                          {"required", std::move(names).build()}});
}

}  // namespace

Value loginSchema() {
    return formSchema({{"login", described("string", "Of the gateway's tenant, or TENANT/LOGIN")},
                       {"password", described("string", "")},
                       {"cookie", cookieMember()}},
                      {"login", "password"});
}

Value setUpSchema() {
    return formSchema({{"token", described("string", "The one-time token from the file that the gateway names")},
                       {"login", described("string", "")},
                       {"name", described("string", "For people")},
                       {"password", described("string", "")},
                       {"cookie", cookieMember()}},
                      {"token", "login", "password"});
}

Value sessionSchema() {
    return formSchema({{"token", described("string", "For Authorization: Bearer; left out with a cookie")},
                       {"csrf", described("string", "For X-CSRF-Token, which goes with the cookie")},
                       {"session", protocol::schemaOf<protocol::SessionDto>()}},
                      {"csrf", "session"});
}

Value whoSchema() {
    return formSchema({{"csrf", described("string", "For X-CSRF-Token; only for a session that came by its cookie")},
                       {"account", protocol::schemaOf<protocol::AccountDto>()}},
                      {"account"});
}

Result<LoginForm> readLoginForm(const Value& body, const Value& schema) {
    if (!body.isObject()) return fail("request.body", "The body must be a JSON object", "/");
    SIGNALBOX_CHECK(checkMembers(schema, body));
    for (const Value& name : schema["required"].items()) {
        const Value& given = body[name.asString()];
        if (given.isString() && !given.asString().empty()) continue;
        return fail("request.invalid", fmt::format("{} must be given as a text", name.asString()),
                    fmt::format("/{}", name.asString()));
    }
    return LoginForm{std::string(body["token"].asString()), std::string(body["login"].asString()),
                     std::string(body["name"].asString()), std::string(body["password"].asString()),
                     body["cookie"].asBoolean()};
}

}  // namespace signalbox::gateway
