// Private to the client: futures of what is known already.
#pragma once

#include <QFuture>
#include <QPromise>
#include <utility>

namespace signalbox::client {

template <class T>
[[nodiscard]] QFuture<T> readyFuture(T value) {
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

}  // namespace signalbox::client
