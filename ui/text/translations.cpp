#include "ui/text/translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace signalbox::ui {

namespace {

const QString kFolder = QStringLiteral(":/signalbox/translations");
const QString kPrefix = QStringLiteral("signalbox_");

bool load(QCoreApplication& application, const QString& file, const QString& folder) {
    auto* translator = new QTranslator(&application);
    if (translator->load(file, folder)) return application.installTranslator(translator);
    delete translator;
    return false;
}

// The first of the desktop's languages that there is, by its code without the country.
QString chooseLanguage(const QString& wanted) {
    const auto available = availableLanguages();
    auto candidates = wanted.isEmpty() ? QLocale::system().uiLanguages() : QStringList{wanted};
    for (const auto& candidate : std::as_const(candidates)) {
        const auto code = candidate.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0).toLower();
        if (available.contains(code)) return code;
    }
    return QStringLiteral("en");
}

}  // namespace

QStringList availableLanguages() {
    QStringList codes{QStringLiteral("en")};
    const auto files = QDir(kFolder).entryList({kPrefix + QStringLiteral("*.qm")}, QDir::Files, QDir::Name);
    for (const auto& file : files) codes << file.mid(kPrefix.size()).chopped(3);
    return codes;
}

QString languageName(const QString& code) {
    auto name = QLocale(code).nativeLanguageName();
    // "American English" is what the locale "en" is called, for want of a country.
    if (code == QLatin1String("en")) name = QStringLiteral("English");
    return name.isEmpty() ? code : name;
}

QString installLanguage(QCoreApplication& application, const QString& wanted) {
    const auto code = chooseLanguage(wanted);
    if (code == QLatin1String("en") || !load(application, kPrefix + code, kFolder)) return QStringLiteral("en");
    // Qt's words ("Cancel", "Undo") come from its own package where that is installed.
    load(application, QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // Numbers follow the desktop as long as it speaks the same language.
    if (QLocale::system().language() != QLocale(code).language()) QLocale::setDefault(QLocale(code));
    return code;
}

}  // namespace signalbox::ui
