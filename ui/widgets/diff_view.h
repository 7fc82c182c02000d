// Two texts or values and what differs between them.
#pragma once

#include <QWidget>

#include "base/value.h"
#include "ui/text/line_diff.h"

class QListView;

namespace signalbox::ui {

class DiffModel;
class ThemedLabel;

/// One column with both line numbers, a sign (+ −) and a tint; the sign says it without colour. N and P (or F7,
/// Shift+F7) go to the next and previous difference. Unchanged stretches fold to one line.
class DiffView : public QWidget {
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent = nullptr);
    void setTexts(const QString& before, const QString& after);
    void setValues(const Value& before, const Value& after);
    /// What the two sides are, for the header: "Run 41", "Run 42".
    void setNames(const QString& before, const QString& after);
    [[nodiscard]] int added() const { return added_; }
    [[nodiscard]] int removed() const { return removed_; }
    [[nodiscard]] QListView& view() { return *view_; }
    /// As a plain text with signs, for the clipboard.
    [[nodiscard]] QString plainText() const;

public Q_SLOTS:
    void next();
    void previous();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setLines(const QList<DiffLine>& lines);
    void go(int step);
    QString beforeName_;
    QString afterName_;
    DiffModel* model_;
    QListView* view_;
    ThemedLabel* header_;
    int added_ = 0;
    int removed_ = 0;
};

}  // namespace signalbox::ui
