#include "gateway/reference_page.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"
#include "gateway/reference_schema.h"
#include "gateway/reference_style.h"
#include "gateway/reference_wire.h"

namespace signalbox::gateway {

namespace {

std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return text;
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

std::string idOf(std::string_view text) {
    std::string id;
    for (const char c : text) id += c == ' ' ? '-' : c;
    return escaped(id);
}

std::string needs(const Value& operation) {
    const std::string_view permission = operation["x-permission"].asString();
    if (permission == "public") return "Needs no credentials.";
    if (permission == "signed-in") return "Needs credentials, and no permission.";
    return fmt::format("Needs the permission <code>{}</code>.", escaped(permission));
}

std::string parametersHtml(const Value& parameters) {
    if (parameters.empty()) return {};
    std::string html =
        "<h4>Parameters</h4><table><tr><th scope=\"col\">Name</th><th scope=\"col\">In</th><th scope=\"col\">Type</th>"
        "<th scope=\"col\"></th></tr>";
    for (const Value& parameter : parameters.items()) {
        const Value& standard = parameter["schema"]["default"];
        std::string notes(escaped(parameter["description"].asString()));
        if (standard.isDefined() && parameter["in"].asString() == "query") {
            notes += fmt::format("{}{} unless given", notes.empty() ? "" : "; ", writeJson(standard));
        }
        html +=
            fmt::format("<tr><td><code>{}</code>{}</td><td>{}</td><td>{}</td><td class=\"quiet\">{}</td></tr>",
                        escaped(parameter["name"].asString()), parameter["required"].asBoolean() ? " (required)" : "",
                        escaped(parameter["in"].asString()), typeHtml(parameter["schema"]), notes);
    }
    return html + "</table>";
}

std::string bodyHtml(const Value& operation) {
    const Value& media = operation["requestBody"]["content"]["application/json"];
    if (!media.isObject()) return {};
    std::string html = "<h4>Body</h4>" + schemaHtml(media["schema"]);
    if (const Value* const example = media.find("example")) {
        html += fmt::format("<pre>{}</pre>", escaped(writeJson(*example, JsonStyle::Pretty)));
    }
    return html;
}

std::string responsesHtml(const Value& responses) {
    std::string html = "<h4>Answers</h4><table>";
    for (const auto& [status, response] : responses.members()) {
        if (status == "default" || status == "4XX" || response.find("$ref") != nullptr) continue;
        std::string type;
        for (const auto& [name, media] : response["content"].members()) {
            type = name == "application/json" ? typeHtml(media["schema"]) : escaped(name);
        }
        html += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", escaped(status),
                            escaped(response["description"].asString()), type);
    }
    return html + "<tr><td>4xx, 5xx</td><td>An error</td><td><a href=\"#type-Problem\">Problem</a></td></tr></table>";
}

std::string operationHtml(const std::string& method, const std::string& path, const Value& operation) {
    const std::string summary(operation["summary"].asString());
    const std::string id(operation["operationId"].asString());
    return fmt::format(
        R"(<details id="{0}" data-text="{1}"><summary><span class="method {2}">{2}</span><span class="path">{3}</span>)"
        R"(<span class="what">{4}</span></summary><div class="inside"><p class="quiet">{5} Operation <a href="#{0}">)"
        R"(<code>{0}</code></a>.</p>{6}{7}{8}</div></details>)",
        escaped(id),
        escaped(lower(fmt::format("{} {} {} {} {}", method, path, summary, id, operation["x-permission"].asString()))),
        method, escaped(path), escaped(summary), needs(operation), parametersHtml(operation["parameters"]),
        bodyHtml(operation), responsesHtml(operation["responses"]));
}

std::string operationsOf(const Value& document, std::string_view tag) {
    std::string html;
    for (const auto& [path, methods] : document["paths"].members()) {
        for (const auto& [method, operation] : methods.members()) {
            if (operation["tags"].at(0).asString() == tag) html += operationHtml(upper(method), path, operation);
        }
    }
    return html;
}

std::string typesHtml(const Value& schemas) {
    std::string html;
    for (const auto& [name, schema] : schemas.members()) {
        html += fmt::format(
            R"(<details class="type" id="type-{0}" data-text="{1}"><summary><code>{0}</code></summary><div class="inside">)"
            R"({2}</div></details>)",
            escaped(name), escaped(lower(name)), schemaHtml(schema));
    }
    return html;
}

std::string codesHtml(const Value& codes) {
    std::string html = "<table><tr><th scope=\"col\">Code</th><th scope=\"col\">Status</th></tr>";
    for (const auto& [code, status] : codes.members()) {
        html += fmt::format(
            R"(<tr class="code" id="error-{0}" data-text="{0} {1}"><td><code>{0}</code></td><td>{1}</td></tr>)",
            escaped(code), status.asInteger());
    }
    return html + "</table>";
}

std::string navigation(const Value& document) {
    std::string html;
    for (const Value& tag : document["tags"].items()) {
        html +=
            fmt::format(R"(<a href="#part-{}">{}</a>)", idOf(tag["name"].asString()), escaped(tag["name"].asString()));
    }
    return html +
           R"(<h2>More</h2><a href="#part-wire">On the wire</a><a href="#part-types">Types</a><a href="#part-errors">Error codes</a>)"
           R"(<a href="/openapi.json">openapi.json</a>)";
}

std::string section(std::string_view name, std::string_view id, const std::string& inside) {
    return fmt::format(R"(<section><h2 id="part-{}">{}</h2>{}</section>)", id, escaped(name), inside);
}

std::string contentHtml(const Value& document) {
    std::string html;
    for (const Value& tag : document["tags"].items()) {
        const std::string_view name = tag["name"].asString();
        html += section(name, idOf(name), operationsOf(document, name));
    }
    html += section("On the wire", "wire", wireHtml());
    return html + section("Types", "types", typesHtml(document["components"]["schemas"])) +
           section("Error codes", "errors", codesHtml(document["x-error-codes"]));
}

/// What a Content-Security-Policy calls it.
std::string sourceHash(std::string_view text) {
    const std::string hex = sha256Hex(text);
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return fmt::format("'sha256-{}'", encodeBase64(bytes));
}

}  // namespace

ReferencePage makeReferencePage(const Value& document, const std::string& title) {
    const Value& info = document["info"];
    ReferencePage page;
    page.html = fmt::format(
        R"(<!doctype html><html lang="en"><head><meta charset="utf-8">)"
        R"(<meta name="viewport" content="width=device-width,initial-scale=1"><title>{0}: API reference</title>)"
        R"(<style>{1}</style></head><body><div class="page"><nav aria-label="Parts"><label for="search" class="quiet">)"
        R"(Search</label><input id="search" type="search" placeholder="Press / to search" autocomplete="off">)"
        R"(<h2>Operations</h2><div class="links">{2}</div></nav><main><h1>{0}</h1><p class="quiet">API version {3}</p>)"
        R"(<p>{4}</p><p id="none" hidden>Nothing matches. Fewer letters find more.</p>{5}</main></div>)"
        R"(<script>{6}</script></body></html>)",
        escaped(title), kReferenceStyle, navigation(document), escaped(info["version"].asString()),
        escaped(info["description"].asString()), contentHtml(document), kReferenceScript);
    page.policy = fmt::format(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        sourceHash(kReferenceStyle), sourceHash(kReferenceScript));
    return page;
}

}  // namespace signalbox::gateway
