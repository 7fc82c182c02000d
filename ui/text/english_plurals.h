// "3 nodes", "1 node": plural forms of the source texts, until a translation brings its own.
#pragma once

#include <QTranslator>

namespace signalbox::ui {

/// Turns the "(s)" of a counted source text ("%n node(s)") into an "s" or nothing. Translators that are installed later
/// are asked first.
class EnglishPlurals : public QTranslator {
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    QString translate(const char* context, const char* sourceText, const char* disambiguation, int n) const override;
    bool isEmpty() const override { return false; }
};

}  // namespace signalbox::ui
