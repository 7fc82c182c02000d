#include "app/gateway/setting_table.h"

#include <algorithm>

namespace signalbox::gatewayd {

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kHour = 3600 * kSecond;
constexpr std::int64_t kMiB = std::int64_t{1} << 20;

using Specs = std::vector<SettingSpec>;

void append(Specs& all, Specs more) { std::move(more.begin(), more.end(), std::back_inserter(all)); }

Specs generalSettings() {
    return {
        {"workspace", SettingKind::Path, "", "PATH",
         "Folder of the workflows and, in .signalbox within it, of their runs and users. The one setting that must be "
         "given.",
         +[](Settings& s) -> std::string& { return s.workspace; }},
        {"title", SettingKind::Text, "", "TEXT", "What people see this gateway called. Left out: the workspace's name.",
         +[](Settings& s) -> std::string& { return s.title; }},
        {.name = "environment",
         .kind = SettingKind::Choice,
         .fallback = "production",
         .placeholder = "NAME",
         .help = "Consoles colour their window by it and ask twice before dangerous actions in production.",
         .target = +[](Settings& s) -> std::string& { return s.environment; },
         .choices = {"production", "staging", "development"}},
        {"tenant", SettingKind::Text, "default", "NAME", "Whose workspace it is; users of other tenants are refused.",
         +[](Settings& s) -> std::string& { return s.tenant; }},
    };
}

Specs listenSettings() {
    return {
        {"bind", SettingKind::Text, "127.0.0.1", "ADDRESS",
         "Address to listen on. Beyond loopback (such as 0.0.0.0 or ::) TLS and authentication are needed.",
         +[](Settings& s) -> std::string& { return s.bind; }},
        {"port", SettingKind::Count, "7450", "NUMBER", "TCP port to listen on; 0 takes a free one and logs it.",
         +[](Settings& s) -> std::int64_t& { return s.port; }, 0, 65535},
        {.name = "dangerous_insecure_bind",
         .kind = SettingKind::Flag,
         .fallback = "false",
         .help = "Listen beyond loopback without TLS or authentication: passwords and everything else can be read and "
                 "changed on the way. Only for a network that you trust entirely, or behind a proxy that does TLS.",
         .target = +[](Settings& s) -> bool& { return s.dangerousInsecureBind; },
         .dangerous = true},
        {"io_threads", SettingKind::Count, "0", "NUMBER", "Threads that serve connections; 0: one a core.",
         +[](Settings& s) -> std::int64_t& { return s.ioThreads; }, 0, 256},
        {"engine_threads", SettingKind::Count, "0", "NUMBER", "Threads that run nodes; 0: one a core.",
         +[](Settings& s) -> std::int64_t& { return s.engineThreads; }, 0, 1024},
        {.name = "drain_timeout",
         .kind = SettingKind::Duration,
         .fallback = "20s",
         .placeholder = "DURATION",
         .help = "How long a stop waits for requests that are under way. Runs are not waited for: the next start goes "
                 "on with them.",
         .target = +[](Settings& s) -> std::int64_t& { return s.drainTimeout; },
         .least = 0,
         .most = kHour,
         .reloads = true},
    };
}

Specs serverSettings() {
    return {
        {"server.public_url", SettingKind::Text, "", "URL",
         "Where people find this gateway through a proxy that does TLS: https://signalbox.example.org. Cookies are "
         "then "
         "sent over TLS only and bound to that host, pages of no other origin may use them, browsers are told to come "
         "by TLS only (HSTS), and /openapi.json names it.",
         +[](Settings& s) -> std::string& { return s.server.publicUrl; }},
        {.name = "server.trusted_proxies",
         .kind = SettingKind::Texts,
         .placeholder = "NETWORK,...",
         .help = "Addresses and networks (10.0.0.0/8, ::1) of proxies that say whom they speak for. A request from one "
                 "of them counts as its client's, in limits, logs, sessions and traces: X-Forwarded-For, or without it "
                 "Forwarded (RFC 7239), is read from its end to the first address that is not trusted. Of anybody else "
                 "these headers mean nothing. A proxy must add to the one it uses, and one that uses Forwarded must "
                 "remove X-Forwarded-For. None unless named here.",
         .target = +[](Settings& s) -> std::vector<std::string>& { return s.server.trustedProxies; },
         .reloads = true},
    };
}

Specs tlsSettings() {
    return {
        {"tls.certificate", SettingKind::Path, "", "PATH",
         "PEM file with the certificate and its chain. With it and tls.key the gateway speaks only TLS. A reload reads "
         "both files again.",
         +[](Settings& s) -> std::string& { return s.tls.certificate; }},
        {"tls.key", SettingKind::Path, "", "PATH", "PEM file with the certificate's private key.",
         +[](Settings& s) -> std::string& { return s.tls.key; }},
        {"tls.key_passphrase", SettingKind::Secret, "", "env:NAME", "What the private key is encrypted with, if it is.",
         +[](Settings& s) -> std::string& { return s.tls.passphrase; }},
    };
}

Specs accessSettings() {
    return {
        {.name = "auth",
         .kind = SettingKind::Choice,
         .fallback = kOn,
         .placeholder = "WORD",
         .help = "Who may do what. Off makes an administrator of everyone who can connect.",
         .target = +[](Settings& s) -> std::string& { return s.auth; },
         .choices = {kOn, kAuthOff},
         .dangerous = true},
        {.name = "session.idle",
         .kind = SettingKind::Duration,
         .fallback = "2h",
         .placeholder = "DURATION",
         .help = "A session that was not used for so long ends.",
         .target = +[](Settings& s) -> std::int64_t& { return s.sessionIdle; },
         .least = 60 * kSecond,
         .most = 24 * 30 * kHour},
        {"session.per_user", SettingKind::Count, "5", "NUMBER",
         "Sessions that a user may have at once; the oldest gives way.",
         +[](Settings& s) -> std::int64_t& { return s.sessionsPerUser; }, 1, 1000},
        {.name = "cors.origins",
         .kind = SettingKind::Texts,
         .placeholder = "ORIGIN,...",
         .help = "Web pages of these origins may call the gateway from a browser. None unless named here.",
         .target = +[](Settings& s) -> std::vector<std::string>& { return s.corsOrigins; },
         .reloads = true},
    };
}

Specs monitoringSettings() {
    return {
        {.name = "monitoring",
         .kind = SettingKind::Choice,
         .fallback = kOn,
         .placeholder = "WORD",
         .help = "Whether /metrics is served.",
         .target = +[](Settings& s) -> std::string& { return s.monitoring; },
         .choices = {kOn, kMonitoringOff},
         .dangerous = true},
        {"metrics_open", SettingKind::Flag, "false", "",
         "Serve /metrics to everyone who can connect; otherwise a key or session with metrics:read is needed.",
         +[](Settings& s) -> bool& { return s.metricsOpen; }},
        {.name = "log.level",
         .kind = SettingKind::Choice,
         .fallback = "info",
         .placeholder = "LEVEL",
         .help = "The least that is logged.",
         .target = +[](Settings& s) -> std::string& { return s.logLevel; },
         .choices = {"debug", "info", "warning", "error"},
         .reloads = true},
        {.name = "log.format",
         .kind = SettingKind::Choice,
         .fallback = "text",
         .placeholder = "FORMAT",
         .help = "Lines for people, or one JSON object a line for machines. Both go to standard error.",
         .target = +[](Settings& s) -> std::string& { return s.logFormat; },
         .choices = {"text", "json"},
         .reloads = true},
    };
}

Specs tracingSettings() {
    return {
        {"tracing.endpoint", SettingKind::Text, "", "URL",
         "Where spans of requests are sent: a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318. "
         "Without a path /v1/traces is added. None unless given.",
         +[](Settings& s) -> std::string& { return s.tracing.endpoint; }},
        {.name = "tracing.sample_ratio",
         .kind = SettingKind::Fraction,
         .fallback = "1",
         .placeholder = "NUMBER",
         .help = "Share of the requests without a trace of their own that begin one that is recorded. Requests with a "
                 "traceparent do as that says.",
         .target = +[](Settings& s) -> std::int64_t& { return s.tracing.sampleRatio; },
         .most = 1'000'000,
         .reloads = true},
        {"tracing.headers", SettingKind::Secret, "", "env:NAME",
         "Headers to send with spans, such as a key of the collector: \"Name: value\", one a line. Not to another "
         "machine without https.",
         +[](Settings& s) -> std::string& { return s.tracing.headers; }},
        {"tracing.ca", SettingKind::Path, "", "PATH",
         "PEM file with the certificates to trust for an https endpoint. Left out: those of the system.",
         +[](Settings& s) -> std::string& { return s.tracing.authorities; }},
        {"tracing.service_name", SettingKind::Text, "signalboxd", "NAME", "What the collector calls this gateway.",
         +[](Settings& s) -> std::string& { return s.tracing.serviceName; }},
        {.name = "tracing.compression",
         .kind = SettingKind::Choice,
         .fallback = "gzip",
         .placeholder = "WORD",
         .help = "How spans are compressed on their way.",
         .target = +[](Settings& s) -> std::string& { return s.tracing.compression; },
         .choices = {"gzip", "none"}},
        {"tracing.timeout", SettingKind::Duration, "10s", "DURATION", "How long the collector may take for an answer.",
         +[](Settings& s) -> std::int64_t& { return s.tracing.timeout; }, kSecond / 10, 300 * kSecond},
        {"tracing.queue", SettingKind::Count, "8192", "NUMBER",
         "Spans that may wait for the collector; more are dropped and counted. No request waits for it.",
         +[](Settings& s) -> std::int64_t& { return s.tracing.queue; }, 512, 1'000'000},
    };
}

Specs nodeSettings() {
    return {
        {.name = "nodes.read_folders",
         .kind = SettingKind::Texts,
         .placeholder = "PATH,...",
         .help = "Folders beside the workspace that nodes may read, as absolute paths. Python code sees them, the "
                 "workspace, and what programs of the system need. \"/\" opens all that the gateway can read but its "
                 "own keys and data.",
         .target = +[](Settings& s) -> std::vector<std::string>& { return s.nodes.readFolders; }},
        {.name = "nodes.write_folders",
         .kind = SettingKind::Texts,
         .placeholder = "PATH,...",
         .help = "Folders beside the workspace that file and SQL nodes may read and write, as absolute paths.",
         .target = +[](Settings& s) -> std::vector<std::string>& { return s.nodes.writeFolders; }},
        {.name = "nodes.dangerous_open_python",
         .kind = SettingKind::Flag,
         .fallback = "false",
         .help = "Run Python code also where the machine allows no name spaces, so that no file can be hidden from it: "
                 "whoever may design workflows can then read all that the gateway can, users and keys included. "
                 "Otherwise such nodes fail there.",
         .target = +[](Settings& s) -> bool& { return s.nodes.dangerousOpenPython; },
         .dangerous = true},
    };
}

Specs limitSettings() {
    return {
        {"limits.body", SettingKind::Size, "8MiB", "SIZE", "The largest body of a request, as it is sent.",
         +[](Settings& s) -> std::int64_t& { return s.limits.body; }, 1024, 1024 * kMiB},
        {"limits.decompressed_body", SettingKind::Size, "32MiB", "SIZE",
         "The largest body of a request once it is decompressed.",
         +[](Settings& s) -> std::int64_t& { return s.limits.decompressedBody; }, 1024, 1024 * kMiB},
        {"limits.headers", SettingKind::Size, "16KiB", "SIZE", "Room for the headers of a request, all together.",
         +[](Settings& s) -> std::int64_t& { return s.limits.headers; }, 1024, kMiB},
        {"limits.connections", SettingKind::Count, "20000", "NUMBER", "Connections that may be open at once.",
         +[](Settings& s) -> std::int64_t& { return s.limits.connections; }, 1, 1'000'000},
        {"limits.connections_per_address", SettingKind::Count, "5000", "NUMBER",
         "Connections that one address (IPv6: one /64) may have open at once.",
         +[](Settings& s) -> std::int64_t& { return s.limits.connectionsPerAddress; }, 1, 1'000'000},
        {"limits.header_timeout", SettingKind::Duration, "10s", "DURATION",
         "How long the headers of a request may take to arrive.",
         +[](Settings& s) -> std::int64_t& { return s.limits.headerTimeout; }, kSecond / 10, kHour},
        {"limits.body_timeout", SettingKind::Duration, "60s", "DURATION",
         "How long the body of a request may take to arrive.",
         +[](Settings& s) -> std::int64_t& { return s.limits.bodyTimeout; }, kSecond / 10, kHour},
        {"limits.idle_timeout", SettingKind::Duration, "60s", "DURATION",
         "How long a connection may stay open between two requests.",
         +[](Settings& s) -> std::int64_t& { return s.limits.idleTimeout; }, kSecond / 10, 24 * kHour},
    };
}

Specs rateSettings() {
    return {
        {.name = "rate.per_principal",
         .kind = SettingKind::Count,
         .fallback = "5000",
         .placeholder = "NUMBER",
         .help = "Requests a second that one user or key may make; 0: as many as come.",
         .target = +[](Settings& s) -> std::int64_t& { return s.rates.perPrincipal; },
         .most = 1'000'000,
         .reloads = true},
        {.name = "rate.per_address",
         .kind = SettingKind::Count,
         .fallback = "10000",
         .placeholder = "NUMBER",
         .help = "Requests a second that may come from one address (IPv6: one /64); 0: as many as come.",
         .target = +[](Settings& s) -> std::int64_t& { return s.rates.perAddress; },
         .most = 1'000'000,
         .reloads = true},
    };
}

Specs makeTable() {
    Specs all = generalSettings();
    append(all, listenSettings());
    append(all, accessSettings());
    append(all, serverSettings());
    append(all, tlsSettings());
    append(all, monitoringSettings());
    append(all, tracingSettings());
    append(all, nodeSettings());
    append(all, limitSettings());
    append(all, rateSettings());
    // A section begins after what stands at the top of the file: keys below a [section] would belong to it.
    std::stable_partition(all.begin(), all.end(), [](const SettingSpec& spec) { return sectionOf(spec.name).empty(); });
    return all;
}

std::string replaced(std::string_view name, char with) {
    std::string result(name);
    std::replace_if(
        result.begin(), result.end(), [](char c) { return c == '.' || c == '_'; }, with);
    return result;
}

}  // namespace

std::span<const SettingSpec> settingTable() {
    static const Specs kTable = makeTable();
    return kTable;
}

const SettingSpec* findSetting(std::string_view name) {
    const auto table = settingTable();
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& spec) { return spec.name == name; });
    return found == table.end() ? nullptr : &*found;
}

std::string_view sectionOf(std::string_view name) {
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
}

std::string environmentName(std::string_view name) {
    std::string result = "SIGNALBOX_" + replaced(name, '_');
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

std::string flagName(std::string_view name) { return replaced(name, '-'); }

}  // namespace signalbox::gatewayd
