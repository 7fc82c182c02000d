#include "gateway/html_page.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <openssl/rand.h>

#include "base/json.h"

namespace signalbox::gateway {

namespace {

constexpr std::size_t kNonceBytes = 16;

Result<std::string> newNonce() {
    std::array<std::uint8_t, kNonceBytes> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return fail("gateway.random", "The system gives no random numbers", {}, "Try again", true);
    }
    return encodeBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

const std::string_view kPageStyle =
    R"css(:root { color-scheme: light dark; --line: #8a8f98; --good: #1a7f37; --bad: #b42318; --soft: #f3f4f6; }
@media (prefers-color-scheme: dark) { :root { --good: #4ac26b; --bad: #ff7b72; --soft: #22262d; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin-bottom: 0; }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
input, textarea { width: 100%; box-sizing: border-box; font: 14px/1.4 ui-monospace, monospace; padding: .5rem;
  border: 1px solid var(--line); border-radius: 4px; }
textarea { min-height: 9rem; resize: vertical; }
button { margin-top: 1rem; font: inherit; padding: .5rem 1.25rem; }
pre { background: var(--soft); padding: .75rem; border-radius: 4px; overflow-x: auto; white-space: pre-wrap;
  overflow-wrap: anywhere; font-size: 13px; }
.hint { margin: .25rem 0; opacity: .8; font-size: .9rem; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.narrow { max-width: 24rem; }
)css";

std::string filledPage(std::string_view page, const std::function<std::string(std::string_view name)>& valueOf) {
    std::string filled;
    for (auto open = page.find("{{"); open != std::string_view::npos; open = page.find("{{")) {
        const auto close = page.find("}}", open);
        filled += page.substr(0, open);
        filled += valueOf(page.substr(open + 2, close - open - 2));
        page.remove_prefix(close + 2);
    }
    return filled += page;
}

Result<HttpResponse> servedPage(unsigned status, const std::function<std::string(const std::string& nonce)>& write) {
    SIGNALBOX_TRY(const std::string nonce, newNonce());
    HttpResponse response;
    response.status = status;
    response.headers = {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Cache-Control", "no-store"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy",
         fmt::format("default-src 'none'; script-src 'nonce-{0}'; style-src 'nonce-{0}'; connect-src 'self'; "
                     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                     nonce)}};
    response.body = write(nonce);
    return response;
}

}  // namespace signalbox::gateway
