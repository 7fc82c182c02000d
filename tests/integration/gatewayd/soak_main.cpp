// A gateway under steady load for a long time: soak [MINUTES] [REQUESTS A SECOND] [SUBSCRIBERS]. Prints its memory and
// descriptors over time; fails when one of them grows, or when a request does.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>

#include "integration/gatewayd/workspace.h"

namespace signalbox::gatewayd::test {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
constexpr std::size_t kConnections = 32;
constexpr auto kReportEvery = std::chrono::seconds(10);
const std::string kBody = R"({"workflowId": "doubling"})";

struct Plan {
    double minutes = 30;
    double rate = 1000;
    int subscribers = 50;
};

/// What the kernel says of a process.
struct Footprint {
    std::size_t residentKiB = 0;
    std::size_t descriptors = 0;
    std::size_t threads = 0;
};

Footprint footprintOf(pid_t process) {
    Footprint result;
    std::ifstream status(fmt::format("/proc/{}/status", process));
    for (std::string word; status >> word;) {
        if (word == "VmRSS:") status >> result.residentKiB;
        if (word == "Threads:") status >> result.threads;
    }
    std::error_code error;
    for (std::filesystem::directory_iterator i(fmt::format("/proc/{}/fd", process), error), end; i != end; ++i) {
        ++result.descriptors;
    }
    return result;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void* bytes) {
    *static_cast<std::size_t*>(bytes) += size * count;
    return size * count;
}

/// Requests at a steady rate and open streams, all on one thread.
class Load {
public:
    Load(std::string address, const std::string& token, const Plan& plan)
        : address_(std::move(address)), plan_(plan), multi_(::curl_multi_init()) {
        headers_ = ::curl_slist_append(nullptr, ("Authorization: Bearer " + token).c_str());
        headers_ = ::curl_slist_append(headers_, "Content-Type: application/json");
        ::curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(kConnections) + plan.subscribers);
        for (std::size_t i = 0; i < kConnections; ++i) idle_.push_back(makeHandle());
        for (int i = 0; i < plan.subscribers; ++i) {
            CURL* stream = makeHandle();
            ::curl_easy_setopt(stream, CURLOPT_URL, (address_ + "/api/v1/events?workflows=true").c_str());
            ::curl_multi_add_handle(multi_, stream);
            streams_.push_back(stream);
        }
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (CURL* handle : all_) {
            ::curl_multi_remove_handle(multi_, handle);
            ::curl_easy_cleanup(handle);
        }
        ::curl_multi_cleanup(multi_);
        ::curl_slist_free_all(headers_);
    }

    void runUntil(SteadyTime end) {
        while (std::chrono::steady_clock::now() < end) {
            startWhatIsDue();
            int running = 0;
            ::curl_multi_perform(multi_, &running);
            collect();
            ::curl_multi_poll(multi_, nullptr, 0, 1, nullptr);
        }
    }

    std::size_t finished = 0;
    std::size_t failed = 0;  ///< requests that were not answered with success, and streams that ended
    std::size_t received = 0;
    std::vector<double> times;  ///< milliseconds, since the last report

private:
    CURL* makeHandle() {
        CURL* handle = ::curl_easy_init();
        ::curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers_);
        ::curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, discard);
        ::curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
        ::curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        all_.push_back(handle);
        return handle;
    }

    void startWhatIsDue() {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
        while (!idle_.empty() && static_cast<double>(asked_) < seconds * plan_.rate) {
            CURL* handle = idle_.front();
            idle_.pop_front();
            // One in ten starts a run, one in ten lists them; the rest ask who they are.
            const std::size_t kind = asked_++ % 10;
            const char* path = kind == 0 ? "/api/v1/runs" : kind == 1 ? "/api/v1/runs?limit=10" : "/api/v1/account";
            ::curl_easy_setopt(handle, CURLOPT_URL, (address_ + path).c_str());
            ::curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
            if (kind == 0) ::curl_easy_setopt(handle, CURLOPT_POSTFIELDS, kBody.c_str());
            ::curl_multi_add_handle(multi_, handle);
        }
    }

    void collect() {
        int left = 0;
        while (CURLMsg* message = ::curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            CURL* handle = message->easy_handle;
            long status = 0;
            double seconds = 0;
            ::curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
            ::curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME, &seconds);
            const bool isStream = std::find(streams_.begin(), streams_.end(), handle) != streams_.end();
            if (isStream || message->data.result != CURLE_OK || status >= 300) complain(status, message->data.result);
            ::curl_multi_remove_handle(multi_, handle);
            if (isStream) continue;
            ++finished;
            times.push_back(seconds * 1000);
            idle_.push_back(handle);
        }
    }

    void complain(long status, CURLcode code) {
        if (++failed <= 5) fmt::print("failed: status {}, {}\n", status, ::curl_easy_strerror(code));
    }

    std::string address_;
    Plan plan_;
    CURLM* multi_;
    curl_slist* headers_ = nullptr;
    std::vector<CURL*> all_;
    std::vector<CURL*> streams_;
    std::deque<CURL*> idle_;
    SteadyTime started_ = std::chrono::steady_clock::now();
    std::size_t asked_ = 0;
};

double percentile(std::vector<double>& values, double part) {
    if (values.empty()) return 0;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// Whether it stayed flat over the second half; in the first the ring of events fills up.
bool staysFlat(const std::vector<Footprint>& all, std::size_t Footprint::*what) {
    const std::size_t early = all[all.size() / 2].*what;
    return all.back().*what <= early + early / 20 + 8;
}

int soak(const Plan& plan) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--rate-per-principal=0", "--rate-per-address=0"}));
    const std::string address = gateway.waitForAddress();
    HttpClient http(address);
    Load load(address, setUpAdministrator(gateway, http), plan);
    const auto start = std::chrono::steady_clock::now();
    const auto end =
        start + std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double>(60 * plan.minutes));
    std::vector<Footprint> all;
    fmt::print("{:>7} {:>10} {:>8} {:>8} {:>8} {:>10} {:>6} {:>8} {:>9}\n", "seconds", "requests", "failed", "p50 ms",
               "p99 ms", "RSS KiB", "fds", "threads", "MiB read");
    while (std::chrono::steady_clock::now() < end) {
        load.times.clear();
        load.runUntil(std::min<SteadyTime>(end, std::chrono::steady_clock::now() + kReportEvery));
        all.push_back(footprintOf(gateway.id()));
        const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        fmt::print("{:>7.0f} {:>10} {:>8} {:>8.2f} {:>8.2f} {:>10} {:>6} {:>8} {:>9}\n", seconds, load.finished,
                   load.failed, percentile(load.times, 0.5), percentile(load.times, 0.99), all.back().residentKiB,
                   all.back().descriptors, all.back().threads, load.received >> 20U);
        std::fflush(stdout);
    }
    const bool flat = staysFlat(all, &Footprint::residentKiB) && staysFlat(all, &Footprint::descriptors);
    fmt::print("memory and descriptors {}, {} of {} requests failed\n", flat ? "flat" : "GROW", load.failed,
               load.finished);
    return flat && load.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace signalbox::gatewayd::test

int main(int argc, char** argv) {
    signalbox::gatewayd::test::Plan plan;
    if (argc > 1) plan.minutes = std::atof(argv[1]);
    if (argc > 2) plan.rate = std::atof(argv[2]);
    if (argc > 3) plan.subscribers = std::atoi(argv[3]);
    return signalbox::gatewayd::test::soak(plan);
}
