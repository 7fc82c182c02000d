#include "ui/text/filter_query.h"

#include <QCoreApplication>
#include <algorithm>

namespace signalbox::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Filter)
};

/// A stretch without blanks outside of quotes.
struct Word {
    qsizetype start = 0;
    qsizetype length = 0;
    qsizetype colon = -1;  ///< of the first colon outside of quotes, from the start of the text
    bool open = false;     ///< a quote without its end
};

QList<Word> splitWords(const QString& text) {
    QList<Word> words;
    Word word;
    bool inside = false;
    bool quoted = false;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool end = i == text.size() || (!quoted && text[i].isSpace());
        if (end) {
            if (inside) {
                word.length = i - word.start;
                word.open = quoted;
                words << word;
            }
            inside = false;
            continue;
        }
        if (!inside) word = {i, 0, -1, false};
        inside = true;
        if (text[i] == QLatin1Char('"')) quoted = !quoted;
        if (text[i] == QLatin1Char(':') && !quoted && word.colon < 0) word.colon = i;
    }
    return words;
}

QString unquoted(QString text) { return text.remove(QLatin1Char('"')); }

// Values are separated by commas outside of quotes.
QStringList splitValues(const QString& text) {
    QStringList values;
    QString value;
    bool quoted = false;
    for (const auto c : text) {
        if (c == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (c == QLatin1Char(',') && !quoted) {
            values << value;
            value.clear();
        } else {
            value += c;
        }
    }
    values << value;
    values.removeAll(QString());
    return values;
}

const FilterKey* findKey(const QList<FilterKey>& keys, const QString& name) {
    for (const auto& key : keys) {
        if (key.name == name) return &key;
    }
    return nullptr;
}

bool isName(const QString& text) {
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

/// Reads one text at a time; the first error stays.
class Parser {
public:
    Parser(const QString& text, const QList<FilterKey>& keys) : text_(text), keys_(keys) {}

    FilterParse parse() {
        QStringList plain;
        for (const auto& word : splitWords(text_)) {
            if (word.open) fail(word.start, word.length, Words::tr("A quotation mark is missing its end"));
            if (!parseTerm(word)) plain << unquoted(text_.mid(word.start, word.length));
        }
        result_.query.text = plain.join(QLatin1Char(' '));
        return result_;
    }

private:
    void fail(qsizetype start, qsizetype length, const QString& why) {
        if (!result_.error.isEmpty()) return;
        result_.error = why;
        result_.errorStart = start;
        result_.errorLength = length;
    }

    bool parseTerm(const Word& word) {
        if (word.colon < 0) return false;
        FilterTerm term{{}, {}, text_[word.start] == QLatin1Char('-'), word.start, word.length};
        const auto nameStart = word.start + (term.negated ? 1 : 0);
        term.key = text_.mid(nameStart, word.colon - nameStart).toLower();
        const auto rest = text_.mid(word.colon + 1, word.start + word.length - word.colon - 1);
        // "http://host" and "12:30" are words, not terms.
        if (!isName(term.key) || rest.startsWith(QLatin1String("//"))) return false;
        const auto* key = findKey(keys_, term.key);
        if (!key) {
            QStringList names;
            for (const auto& known : keys_) names << known.name;
            fail(word.start, word.colon - word.start,
                 Words::tr("There is no filter “%1”. There are: %2").arg(term.key, names.join(QLatin1String(", "))));
            return true;
        }
        term.values = splitValues(rest);
        if (term.values.isEmpty()) {
            fail(word.start, word.length, Words::tr("“%1:” needs a value").arg(term.key));
            return true;
        }
        checkValues(*key, term, word);
        result_.query.terms << term;
        return true;
    }

    void checkValues(const FilterKey& key, const FilterTerm& term, const Word& word) {
        if (key.values.isEmpty()) return;
        for (const auto& value : term.values) {
            if (key.values.contains(value, Qt::CaseInsensitive)) continue;
            fail(word.colon + 1, word.start + word.length - word.colon - 1,
                 Words::tr("“%1” is not a value of “%2”. There are: %3")
                     .arg(value, key.name, key.values.join(QLatin1String(", "))));
        }
    }

    const QString& text_;
    const QList<FilterKey>& keys_;
    FilterParse result_;
};

QString quotedIfNeeded(const QString& text) {
    const bool special = text.contains(QLatin1Char(' ')) || text.contains(QLatin1Char(':')) ||
                         text.contains(QLatin1Char(',')) || text.startsWith(QLatin1Char('-'));
    return special ? QStringLiteral("\"%1\"").arg(text) : text;
}

}  // namespace

QStringList FilterQuery::values(const QString& key, bool negated) const {
    QStringList found;
    for (const auto& term : terms) {
        if (term.key == key && term.negated == negated) found << term.values;
    }
    return found;
}

bool FilterQuery::accepts(const QString& key, const QString& value) const {
    return std::all_of(terms.begin(), terms.end(), [&](const FilterTerm& term) {
        return term.key != key || term.values.contains(value, Qt::CaseInsensitive) != term.negated;
    });
}

FilterParse parseFilter(const QString& text, const QList<FilterKey>& keys) { return Parser(text, keys).parse(); }

QString writeFilter(const FilterQuery& query) {
    QStringList words;
    for (const auto& term : query.terms) {
        QStringList values;
        for (const auto& value : term.values) values << quotedIfNeeded(value);
        words << (term.negated ? QStringLiteral("-") : QString()) + term.key + QLatin1Char(':') +
                     values.join(QLatin1Char(','));
    }
    if (!query.text.isEmpty()) {
        const auto plain = query.text.split(QLatin1Char(' '));
        for (const auto& word : plain) words << (word.contains(QLatin1Char(':')) ? quotedIfNeeded(word) : word);
    }
    return words.join(QLatin1Char(' '));
}

}  // namespace signalbox::ui
