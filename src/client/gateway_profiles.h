// The gateways that someone attaches to, in a file that console and command line share.
#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "base/result.h"
#include "client/gateway_profile.h"

namespace signalbox::client {

/// Every change is read-modify-write under a lock file, written atomically: two programs do not lose each other's. A
/// file that cannot be read is never overwritten. Lives in one thread.
class GatewayProfiles : public QObject {
    Q_OBJECT
public:
    /// $XDG_CONFIG_HOME/signalbox/gateways.json
    [[nodiscard]] static QString defaultFile();

    explicit GatewayProfiles(QString file = defaultFile(), QObject* parent = nullptr);

    /// Reads the file again. Without one there are none. Errors "profiles.*", "file.*", "json.*".
    Status reload();
    [[nodiscard]] const std::vector<GatewayProfile>& all() const { return profiles_; }
    [[nodiscard]] std::optional<GatewayProfile> byId(const QString& id) const;
    /// By id, name (without regard to case) or address.
    [[nodiscard]] std::optional<GatewayProfile> find(const QString& text) const;

    /// Gives it an id. Errors "profiles.name-taken", "profiles.name-empty", "profiles.environment".
    Result<GatewayProfile> add(GatewayProfile profile);
    /// Errors as of add(), and "profiles.not-found".
    Status update(const GatewayProfile& profile);
    Status remove(const QString& id);

Q_SIGNALS:
    void changed();

private:
    template <class Change>
    Status write(const Change& change);

    QString file_;
    std::vector<GatewayProfile> profiles_;
};

}  // namespace signalbox::client
