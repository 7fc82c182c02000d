// One kind of things that the command palette finds: actions, workflows, nodes, runs, settings.
#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <vector>

namespace signalbox::ui {

struct PaletteItem {
    QString id;
    QString title;          ///< what is searched and shown
    QString detail = {};    ///< shown behind it, muted; not searched
    QString keywords = {};  ///< found by the beginnings of its words, behind all titles; not shown
    QString icon = {};
};

/// Owned by the palette. Its items are asked for when the palette opens first, and again after changed().
class PaletteSource : public QObject {
    Q_OBJECT
public:
    PaletteSource(QString id, QChar prefix, QString name)
        : id_(std::move(id)), name_(std::move(name)), prefix_(prefix) {}

    [[nodiscard]] QString id() const { return id_; }      ///< "action": stable, recently used items are kept under it
    [[nodiscard]] QString name() const { return name_; }  ///< for people, in the plural: "Actions"
    [[nodiscard]] QChar prefix() const { return prefix_; }

    [[nodiscard]] virtual std::vector<PaletteItem> items() = 0;
    /// The palette opens: fetch what may be old, and tell changed() when it is there.
    virtual void prepare() {}
    virtual void activate(const QString& item) = 0;
    // Asked for rows that are seen, at that moment.
    [[nodiscard]] virtual QString shortcut(const QString& item) const;
    [[nodiscard]] virtual QString reason(const QString& item) const;  ///< why not now; empty: it can be chosen
    /// What the text itself names, such as the whole id of a run that is in no list.
    [[nodiscard]] virtual std::optional<PaletteItem> literal(const QString& text) const;

Q_SIGNALS:
    void changed();

private:
    QString id_;
    QString name_;
    QChar prefix_;
};

}  // namespace signalbox::ui
