// Registering node types: a manifest and a function make a type.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/seen_from.h"
#include "engine/registry.h"
#include "nodes/blocking_pool.h"
#include "nodes/settings.h"

namespace signalbox::nodes {

/// Prepares one node from its parameters.
using Maker = std::function<Result<std::shared_ptr<const engine::NodeBehaviour>>(
    const std::shared_ptr<const ParamRules>& rules, const Value& params)>;

/// Adds the manifests of a family, each with its maker; those of Behaviour::Task need one, others must have none.
/// Errors of Registry::add, "manifest.invalid", "schema.invalid".
[[nodiscard]] Status registerFamily(engine::Registry& registry, std::string_view manifests,
                                    const std::map<std::string, Maker, std::less<>>& makers);

/// A node whose work is a function of its settings S and the call, which completes later by itself.
template <class S, class Function>
class AsyncFunctionNode final : public engine::NodeBehaviour {
public:
    AsyncFunctionNode(Settings<S> settings, Function function)
        : settings_(std::move(settings)), function_(std::move(function)) {}
    void start(std::shared_ptr<const engine::NodeCall> call, engine::NodeCompletion done) const override {
        auto settings = settings_.of(*call);
        if (!settings) return done(fail(std::move(settings).error()));
        function_(std::move(*settings), std::move(call), std::move(done));
    }

private:
    Settings<S> settings_;
    Function function_;
};

/// A node whose work is a function of its settings S and the call, which returns the result.
template <class S, class Function>
class SyncFunctionNode final : public engine::SyncNode {
public:
    SyncFunctionNode(Settings<S> settings, Function function)
        : settings_(std::move(settings)), function_(std::move(function)) {}
    [[nodiscard]] engine::NodeResult run(const engine::NodeCall& call) const override {
        SIGNALBOX_TRY(const auto settings, settings_.of(call));
        return function_(*settings, call);
    }

private:
    Settings<S> settings_;
    Function function_;
};

template <class S, class Node, class Function>
[[nodiscard]] Maker makerOf(Function function) {
    return
        [function = std::move(function)](const std::shared_ptr<const ParamRules>& rules,
                                         const Value& params) -> Result<std::shared_ptr<const engine::NodeBehaviour>> {
            SIGNALBOX_TRY(auto settings, Settings<S>::prepare(rules, params));
            return std::make_shared<const Node>(std::move(settings), function);
        };
}

/// For work that completes later by itself: void(shared_ptr<const S>, shared_ptr<const NodeCall>, NodeCompletion).
template <class S, class Function>
[[nodiscard]] Maker asyncMaker(Function function) {
    return makerOf<S, AsyncFunctionNode<S, Function>>(std::move(function));
}

/// For work that computes and returns: NodeResult(const S&, const NodeCall&).
template <class S, class Function>
[[nodiscard]] Maker maker(Function function) {
    return makerOf<S, SyncFunctionNode<S, Function>>(std::move(function));
}

/// For work that blocks on the disk: as maker(), on a thread of the pool.
template <class S, class Function>
[[nodiscard]] Maker blockingMaker(std::shared_ptr<BlockingPool> pool, Function function) {
    return asyncMaker<S>([pool = std::move(pool), function](std::shared_ptr<const S> settings,
                                                            std::shared_ptr<const engine::NodeCall> call,
                                                            engine::NodeCompletion done) {
        pool->submit(
            [settings = std::move(settings), call = std::move(call), done = std::move(done), function](bool stopping) {
                if (stopping || call->stop.stop_requested()) {
                    return done(fail("node.stopped", "The node was stopped before it began"));
                }
                auto result = function(*settings, *call);
                // Whoever may look at a run need not learn where its workspace is.
                if (!result) return done(fail(seenFrom(call->workspace, std::move(result).error())));
                done(std::move(result));
            });
    });
}

}  // namespace signalbox::nodes
