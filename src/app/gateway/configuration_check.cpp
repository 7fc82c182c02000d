// What is wrong with a configuration as a whole.
#include <algorithm>
#include <filesystem>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <unistd.h>

#include "app/gateway/configuration.h"
#include "gateway/ip_address.h"
#include "telemetry/span_endpoint.h"

namespace signalbox::gatewayd {

namespace fs = std::filesystem;

namespace {

class WholeCheck {
public:
    explicit WholeCheck(const Configuration& configuration)
        : configuration_(configuration), settings_(configuration.settings) {}

    std::vector<ConfigProblem> run() {
        checkWorkspace();
        checkAddress();
        checkTls();
        checkOrigins();
        checkPublicUrl();
        checkProxies();
        checkTracing();
        checkFolders("nodes.read_folders", settings_.nodes.readFolders, R_OK | X_OK, "read");
        checkFolders("nodes.write_folders", settings_.nodes.writeFolders, R_OK | W_OK | X_OK, "written");
        checkReach();
        return std::move(problems_);
    }

private:
    void complain(std::string_view name, std::string message, std::string hint = {}) {
        const auto& unread = configuration_.unread;
        if (std::find(unread.begin(), unread.end(), name) != unread.end()) return;
        const EffectiveSetting& setting = configuration_.of(name);
        problems_.push_back({setting.where, std::move(message), std::move(hint)});
    }

    void warn(std::string_view name, std::string message, std::string hint) {
        problems_.push_back({configuration_.of(name).where, std::move(message), std::move(hint), false});
    }

    void checkWorkspace() {
        if (settings_.workspace.empty()) {
            complain("workspace", "No workspace is given",
                     "Name its folder: workspace = \"/var/lib/signalbox\" in the file given by --config, or "
                     "--workspace PATH");
            return;
        }
        std::error_code error;
        if (!fs::is_directory(settings_.workspace, error)) {
            complain("workspace", fmt::format("The workspace \"{}\" is no folder", settings_.workspace),
                     "Make the folder first");
        } else if (::access(settings_.workspace.c_str(), R_OK | W_OK | X_OK) != 0) {
            complain("workspace", fmt::format("The workspace \"{}\" may not be written", settings_.workspace),
                     "Runs are kept in it: the user that signalboxd runs as needs to write there");
        }
        if (settings_.tenant.empty()) complain("tenant", "\"tenant\" must not be empty");
    }

    void checkAddress() {
        in6_addr address{};
        const char* text = settings_.bind.c_str();
        if (settings_.bind == "localhost" || ::inet_pton(AF_INET, text, &address) == 1 ||
            ::inet_pton(AF_INET6, text, &address) == 1) {
            return;
        }
        complain("bind", fmt::format("\"bind\" takes an IP address, not \"{}\"", settings_.bind),
                 "127.0.0.1 is this machine alone, 0.0.0.0 every IPv4 and :: every address it has");
    }

    void checkTls() {
        const TlsSettings& tls = settings_.tls;
        if (tls.certificate.empty() != tls.key.empty()) {
            const char* given = tls.key.empty() ? "tls.certificate" : "tls.key";
            const char* missing = tls.key.empty() ? "tls.key" : "tls.certificate";
            complain(given, fmt::format("\"{}\" needs \"{}\" beside it", given, missing));
        }
        checkReadable("tls.certificate", tls.certificate);
        checkReadable("tls.key", tls.key);
    }

    void checkReadable(std::string_view name, const std::string& path) {
        if (!path.empty() && ::access(path.c_str(), R_OK) != 0) {
            complain(name, fmt::format("\"{}\": {} cannot be read", name, path));
        }
    }

    void checkOrigins() {
        for (const std::string& origin : settings_.corsOrigins) {
            const bool secure = origin.starts_with("https://");
            const std::size_t host = secure ? 8 : 7;
            if ((secure || origin.starts_with("http://")) && origin.size() > host &&
                origin.find_first_of("/*?# ", host) == std::string::npos) {
                continue;
            }
            complain("cors.origins", fmt::format("\"{}\" is no origin", origin),
                     "An origin is scheme, host and port, without a path or wildcards: https://console.example.org");
        }
    }

    /// It becomes the name of cookies, and is compared with what browsers send.
    void checkPublicUrl() {
        const std::string& url = settings_.server.publicUrl;
        constexpr std::string_view kScheme = "https://";
        const bool isOrigin = url.starts_with(kScheme) && url.size() > kScheme.size() &&
                              url.find_first_of("/*?#@, \\\"", kScheme.size()) == std::string::npos;
        if (url.empty() || isOrigin) return;
        // It is not repeated: it may hold a password.
        complain("server.public_url", "This is no address of a gateway behind TLS",
                 "It is https://, host and port, without a path: https://signalbox.example.org");
    }

    void checkProxies() {
        for (const std::string& text : settings_.server.trustedProxies) {
            const auto network = gateway::IpNetwork::parse(text);
            if (!network) {
                complain("server.trusted_proxies", network.error().message, network.error().hint);
            } else if (network->isEverything()) {
                warn("server.trusted_proxies",
                     fmt::format("With \"{}\" everyone who can connect may say to be anyone", text),
                     "Name the addresses of the proxies; or see to it that nobody else can connect");
            }
        }
    }

    void checkTracing() {
        const TracingSettings& tracing = settings_.tracing;
        if (!tracing.isOn()) return;
        const auto headers = telemetry::parseSpanHeaders(tracing.headers);
        if (!headers) complain("tracing.headers", headers.error().message, headers.error().hint);
        checkReadable("tracing.ca", tracing.authorities);
        if (tracing.serviceName.empty()) complain("tracing.service_name", "\"tracing.service_name\" must not be empty");
        const auto endpoint = telemetry::parseSpanEndpoint(tracing.endpoint);
        if (!endpoint) return complain("tracing.endpoint", endpoint.error().message, endpoint.error().hint);
        if (!tracing.headers.empty() && !endpoint->encrypted && !isLoopback(endpoint->host)) {
            complain(
                "tracing.endpoint",
                fmt::format("\"tracing.headers\" would go to {} readable for everybody in between", endpoint->host),
                "Give an https URL, or the URL of a collector on this machine");
        }
    }

    void checkFolders(std::string_view name, const std::vector<std::string>& folders, int access, const char* what) {
        for (const std::string& folder : folders) {
            std::error_code error;
            if (!fs::path(folder).is_absolute()) {
                complain(name, fmt::format("\"{}\" is no absolute path", folder), "It begins with \"/\"");
            } else if (!fs::is_directory(folder, error)) {
                complain(name, fmt::format("\"{}\" is no folder", folder), "Make the folder first");
            } else if (::access(folder.c_str(), access) != 0) {
                complain(name, fmt::format("The folder \"{}\" may not be {}", folder, what),
                         "The user that signalboxd runs as needs the permission");
            }
        }
    }

    void checkReach() {
        if (isLoopback(settings_.bind) || settings_.dangerousInsecureBind) return;
        if (settings_.encrypts() && settings_.authenticates()) return;
        const char* lacking = settings_.encrypts()        ? "authentication"
                              : settings_.authenticates() ? "TLS"
                                                          : "TLS and authentication";
        complain("bind",
                 fmt::format("Others can reach {}, and without {} they could read and do everything", settings_.bind,
                             lacking),
                 "Set tls.certificate and tls.key and leave auth on; or bind = \"127.0.0.1\"; or, knowing what that "
                 "means, dangerous_insecure_bind = true");
    }

    const Configuration& configuration_;
    const Settings& settings_;
    std::vector<ConfigProblem> problems_;
};

}  // namespace

std::vector<ConfigProblem> checkWhole(const Configuration& configuration) { return WholeCheck(configuration).run(); }

bool isLoopback(std::string_view address) {
    const std::string text(address);
    if (text == "localhost") return true;
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24U) == 127;
    in6_addr six{};
    return ::inet_pton(AF_INET6, text.c_str(), &six) == 1 &&
           (IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127));
}

}  // namespace signalbox::gatewayd
