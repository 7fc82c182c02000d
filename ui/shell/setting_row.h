// One setting on its page: what it is, its value, and back to the default.
#pragma once

#include <QString>
#include <QWidget>

class QToolButton;

namespace signalbox::ui {

class Settings;
class ThemedLabel;

/// Applies a change at once and follows changes from elsewhere.
class SettingRow : public QWidget {
    Q_OBJECT
public:
    SettingRow(Settings& settings, const QString& id, QWidget* parent = nullptr);
    [[nodiscard]] QString id() const { return id_; }
    /// Every word typed is somewhere in the setting's texts.
    [[nodiscard]] bool matches(const QString& words) const;
    [[nodiscard]] QWidget& control() { return *control_; }

private:
    QWidget* buildControl();
    void build();
    void refresh();

    Settings& settings_;
    QString id_;
    QWidget* control_;
    QToolButton* reset_;
    ThemedLabel* note_;
};

}  // namespace signalbox::ui
