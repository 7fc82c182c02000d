// The languages of the console: which there are, and loading one.
#pragma once

#include <QString>
#include <QStringList>

class QCoreApplication;

namespace signalbox::ui {

/// Codes of the languages there are, English first: {"en", "de"}. Only {"en"} when the build had no lrelease.
[[nodiscard]] QStringList availableLanguages();
/// The language's name in itself: "Deutsch".
[[nodiscard]] QString languageName(const QString& code);
/// Installs the words, Qt's own included, and the forms of numbers. Call it before the first window; words on screen do
/// not change. `wanted` is a code, or empty for the desktop's. Returns the code that is used: "en" when there is no
/// other.
QString installLanguage(QCoreApplication& application, const QString& wanted = {});

}  // namespace signalbox::ui
