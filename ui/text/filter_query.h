// The language of filter fields: "status:failed,cancelled -workflow:nightly timeout".
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace signalbox::ui {

/// A key that a filter field knows.
struct FilterKey {
    QString name;         ///< as typed before the colon: "status"; lower case
    QString description;  ///< translated, for the completion: "State of the run"
    QStringList values;   ///< what may stand after the colon; empty: any text
};

/// One "key:value,value", or with "-" before it the opposite.
struct FilterTerm {
    QString key;
    QStringList values;  ///< any of them; never empty
    bool negated = false;
    qsizetype start = 0;  ///< place in the text that was parsed
    qsizetype length = 0;
};

struct FilterQuery {
    QList<FilterTerm> terms;
    QString text;  ///< the words outside all terms, in their order, joined by a space

    [[nodiscard]] bool isEmpty() const { return terms.isEmpty() && text.isEmpty(); }
    /// All values asked for (or, negated, shut out) under a key.
    [[nodiscard]] QStringList values(const QString& key, bool negated = false) const;
    /// Whether `value` passes all terms of `key`; case does not count.
    [[nodiscard]] bool accepts(const QString& key, const QString& value) const;
};

/// What came of parsing: a query, or what is wrong and where. With an error the query holds what was understood.
struct FilterParse {
    FilterQuery query;
    QString error;  ///< translated sentence, empty when all is well
    qsizetype errorStart = 0;
    qsizetype errorLength = 0;
};

/// Terms are separated by blanks; quotes keep blanks and colons ("workflow:\"nightly load\"", "\"a:b\"").
[[nodiscard]] FilterParse parseFilter(const QString& text, const QList<FilterKey>& keys);
/// The text that parses to this query again.
[[nodiscard]] QString writeFilter(const FilterQuery& query);

}  // namespace signalbox::ui
