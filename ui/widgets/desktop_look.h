// What the desktop prefers: light or dark, contrast, motion (org.freedesktop.portal.Settings over D-Bus).
#pragma once

#include <QObject>
#include <QVariant>
#include <memory>

namespace signalbox::ui {

/// Asks the settings portal without blocking and follows its changes. Without a bus or a portal nothing is known.
/// Window thread only.
class DesktopLook : public QObject {
    Q_OBJECT
public:
    enum class Scheme : quint8 { Unknown, Dark, Light };
    /// `connectionName` names a QDBusConnection that is open already; empty is the session's bus.
    explicit DesktopLook(QObject* parent = nullptr, const QString& connectionName = {});
    ~DesktopLook() override;

    [[nodiscard]] Scheme scheme() const { return scheme_; }
    [[nodiscard]] bool highContrast() const { return highContrast_; }
    [[nodiscard]] bool reducedMotion() const { return reducedMotion_; }

Q_SIGNALS:
    void changed();

private:
    void take(const QString& group, const QString& key, const QVariant& value);

    class Portal;
    std::unique_ptr<Portal> portal_;
    Scheme scheme_ = Scheme::Unknown;
    bool highContrast_ = false;
    bool reducedMotion_ = false;
};

}  // namespace signalbox::ui
