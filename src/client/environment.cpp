#include "client/environment.h"

namespace signalbox::client {

namespace {

int careFor(const QString& environment) {
    if (isProduction(environment)) return 3;
    if (environment == QLatin1String("staging")) return 2;
    return environment == QLatin1String("development") ? 1 : 0;
}

}  // namespace

QString carefulEnvironment(const QString& one, const QString& other) {
    return careFor(other) > careFor(one) ? other : one;
}

bool isProduction(const QString& environment) { return environment == QLatin1String("production"); }

}  // namespace signalbox::client
