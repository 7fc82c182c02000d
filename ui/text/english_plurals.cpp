#include "ui/text/english_plurals.h"

namespace signalbox::ui {

QString EnglishPlurals::translate(const char*, const char* sourceText, const char*, int n) const {
    auto text = QString::fromUtf8(sourceText);
    if (n < 0 || !text.contains(QLatin1String("(s)"))) return {};
    return text.replace(QLatin1String("(s)"), n == 1 ? QString() : QStringLiteral("s"));
}

}  // namespace signalbox::ui
