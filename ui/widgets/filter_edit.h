// A search field with terms: "status:failed workflow:nightly timeout", completed as one types.
#pragma once

#include <QLineEdit>
#include <QTimer>

#include "ui/text/filter_query.h"

class QCompleter;
class QStandardItemModel;

namespace signalbox::ui {

/// Terms stand on a tint; what is wrong is underlined, and said in the tool tip, the accessible description and
/// error().
class FilterEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterEdit(QWidget* parent = nullptr);
    void setKeys(const QList<FilterKey>& keys);
    [[nodiscard]] const FilterQuery& query() const { return parse_.query; }
    [[nodiscard]] QString error() const { return parse_.error; }
    void setQuery(const FilterQuery& query);
    /// What would be offered at the cursor: keys with a colon, or values.
    [[nodiscard]] QStringList completions() const;

Q_SIGNALS:
    /// A little after typing stopped, at once on Enter, and only while there is no error.
    void queryChanged(const signalbox::ui::FilterQuery& query);
    void errorChanged(const QString& error);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void reparse();
    void announce();
    void offerCompletions();
    void takeCompletion(const QString& text);
    [[nodiscard]] QRectF areaOf(qsizetype start, qsizetype length) const;
    [[nodiscard]] qsizetype wordStart() const;

    QList<FilterKey> keys_;
    FilterParse parse_;
    QString announced_;
    QTimer settle_;
    QStandardItemModel* offers_;
    QCompleter* completer_;
};

}  // namespace signalbox::ui
