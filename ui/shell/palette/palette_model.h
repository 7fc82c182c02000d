// The rows of the command palette: what its sources have that fits what was typed.
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <memory>
#include <vector>

#include "ui/shell/palette/palette_search.h"

namespace signalbox::ui {

/// Owned by the palette, and owns the sources. Window thread.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role : int { PlacesRole = Qt::UserRole + 300, ShortcutRole, ReasonRole, IconNameRole };
    using QAbstractListModel::QAbstractListModel;

    void addSource(std::unique_ptr<PaletteSource> source);
    /// Takes over what has changed and lets sources fetch.
    void open();
    /// What was typed, with its prefix: "> run".
    void setQuery(const QString& text);
    [[nodiscard]] int matches() const { return matches_; }
    /// Does what the row stands for; the text to go on with instead, for a row that explains a prefix. Nothing happens
    /// for a row that cannot be chosen now; `done` tells.
    struct Chosen {
        bool done = false;
        QString goOnWith;
    };
    Chosen choose(int row);

    /// "action:rerunFailed", newest first.
    [[nodiscard]] QStringList recent() const { return recent_; }
    void setRecent(const QStringList& recent, int most);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void recentChanged();
    void sourcesChanged();  ///< ask again

private:
    struct Row {
        int source = -1;  ///< -1: explains the prefix of the source `about`
        int about = -1;
        PaletteItem item;
    };
    void refreshSources();
    void applyRecent();
    void explain();
    [[nodiscard]] QString title(const Row& row) const;

    std::vector<std::unique_ptr<PaletteSource>> sources_;
    std::vector<bool> stale_;
    PaletteSearch search_;
    std::vector<Row> rows_;
    QString words_;  ///< what was typed without the prefix
    QStringList recent_;
    int mostRecent_ = 20;
    int matches_ = 0;
};

}  // namespace signalbox::ui
