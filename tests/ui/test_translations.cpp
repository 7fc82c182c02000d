// Languages: the German words are all there, longer words fit, and the window also runs from right to left.
#include <QAbstractButton>
#include <QApplication>
#include <QDirIterator>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QLibraryInfo>
#include <QLocale>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTranslator>
#include <QXmlStreamReader>

#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/text/translations.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

const QString kGerman = QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/translations/signalbox_de.ts");

struct Message {
    QString source;
    QStringList translations;
    bool counted = false;
    bool unfinished = false;
};

QList<Message> readMessages(const QString& path) {
    QList<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return messages;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("message")) {
            messages << Message{{}, {}, xml.attributes().value("numerus") == QLatin1String("yes"), false};
        } else if (xml.name() == QLatin1String("source")) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            messages.last().unfinished = xml.attributes().value("type") == QLatin1String("unfinished");
            if (!messages.last().counted) messages.last().translations << xml.readElementText();
        } else if (xml.name() == QLatin1String("numerusform")) {
            messages.last().translations << xml.readElementText();
        }
    }
    return messages;
}

QStringList readContexts(const QString& path) {
    QStringList contexts;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return contexts;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        const bool name = xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("name");
        if (name) contexts << xml.readElementText();
    }
    return contexts;
}

QSet<QString> placeholders(const QString& text) {
    static const QRegularExpression kPlace(QStringLiteral("%(\\d|n|L\\d)"));
    QSet<QString> found;
    for (auto match = kPlace.globalMatch(text); match.hasNext();) found << match.next().captured();
    return found;
}

/// Makes every word two fifths longer and strange, but keeps what stands for something else.
class Pseudo : public QTranslator {
public:
    QString translate(const char*, const char* source, const char*, int) const override {
        auto text = QString::fromUtf8(source);
        // Keys of the keyboard are no words.
        if (text.contains(QLatin1String("Ctrl+")) || text.contains(QLatin1String("Alt+")) || text.isEmpty())
            return text;
        const auto more = static_cast<int>((text.size() * 2 + 4) / 5);
        return text + QString(more, QChar(0x00e4));
    }
    bool isEmpty() const override { return false; }
};

QString where(const QWidget& widget) {
    QStringList names;
    for (const auto* at = &widget; at; at = at->parentWidget()) {
        if (!at->objectName().isEmpty()) names.prepend(at->objectName());
    }
    return names.join(QLatin1Char('/'));
}

bool fits(const QLabel& label) {
    if (label.text().isEmpty() || !label.pixmap().isNull()) return true;
    const auto wanted = label.fontMetrics().horizontalAdvance(label.text());
    if (label.wordWrap()) return label.height() >= label.heightForWidth(label.width()) - 1;
    return label.contentsRect().width() >= wanted || label.toolTip().contains(label.text());
}

bool fits(const QAbstractButton& button) {
    if (button.text().isEmpty()) return true;
    const auto* tool = qobject_cast<const QToolButton*>(&button);
    if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull()) return true;
    return button.width() >= button.sizeHint().width() || !button.toolTip().isEmpty();
}

bool fits(const QTabBar& bar, int tab) {
    const auto wanted = bar.fontMetrics().horizontalAdvance(bar.tabText(tab));
    return bar.tabRect(tab).width() >= wanted || !bar.tabToolTip(tab).isEmpty();
}

// Words that are cut without a way to read them.
QStringList cutWords(const QWidget& window) {
    QStringList cut;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible()) continue;
        if (const auto* label = qobject_cast<const QLabel*>(widget); label && !fits(*label)) {
            cut << where(*widget) + QStringLiteral(": ") + label->text();
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button && !fits(*button)) {
            cut << where(*widget) + QStringLiteral(": ") + button->text();
        } else if (const auto* bar = qobject_cast<const QTabBar*>(widget)) {
            for (int i = 0; i < bar->count(); ++i) {
                if (!fits(*bar, i)) cut << where(*widget) + QStringLiteral(": ") + bar->tabText(i);
            }
        }
    }
    return cut;
}

}  // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void germanIsComplete();
    void germanKeepsItsPlaceholders();
    void germanIsUpToDate();
    void everyContextIsKnown();
    void germanIsSpoken();
    void unknownLanguageIsEnglish();
    void longWordsFit();
    void rightToLeft();
};

void TestTranslations::initTestCase() {
    Theme::current();
    if (availableLanguages().size() < 2) QSKIP("built without lrelease: the console speaks English only");
}

void TestTranslations::cleanup() {
    QApplication::setLayoutDirection(Qt::LeftToRight);
    for (auto* translator : qApp->findChildren<QTranslator*>(QString(), Qt::FindDirectChildrenOnly)) delete translator;
    QLocale::setDefault(QLocale::c());
}

void TestTranslations::germanIsComplete() {
    const auto messages = readMessages(kGerman);
    QVERIFY(messages.size() > 300);
    QStringList missing;
    for (const auto& message : messages) {
        const bool blank = message.translations.isEmpty() || message.translations.contains(QString());
        if (blank || message.unfinished) missing << message.source;
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

void TestTranslations::germanKeepsItsPlaceholders() {
    QStringList wrong;
    for (const auto& message : readMessages(kGerman)) {
        for (const auto& translation : message.translations) {
            auto wanted = placeholders(message.source);
            auto found = placeholders(translation);
            // "Ein Knoten" may do without its number.
            if (message.counted) wanted.remove(QStringLiteral("%n")), found.remove(QStringLiteral("%n"));
            const bool mnemonic = message.source.contains(QRegularExpression(QStringLiteral("&\\w")));
            const bool kept = mnemonic == translation.contains(QRegularExpression(QStringLiteral("&\\w")));
            if (wanted != found || !kept) wrong << message.source + QStringLiteral(" -> ") + translation;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

// Every word that the sources have is in the file: lupdate has nothing to add.
void TestTranslations::germanIsUpToDate() {
    const auto lupdate = QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
    if (!QFile::exists(lupdate)) QSKIP("lupdate is not installed");
    QTemporaryDir folder;
    const auto copy = folder.filePath(QStringLiteral("signalbox_de.ts"));
    QVERIFY(QFile::copy(kGerman, copy));
    QProcess process;
    process.start(lupdate, {QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                            QStringLiteral("-I"), QStringLiteral(SIGNALBOX_SOURCE_DIR), QStringLiteral("-I"),
                            QStringLiteral(SIGNALBOX_SOURCE_DIR "/src"), QStringLiteral(SIGNALBOX_SOURCE_DIR "/ui"),
                            QStringLiteral(SIGNALBOX_SOURCE_DIR "/src/app/desktop"),
                            QStringLiteral(SIGNALBOX_SOURCE_DIR "/src/client"), QStringLiteral("-ts"), copy});
    QVERIFY2(process.waitForFinished(60'000), qPrintable(process.errorString()));
    QStringList missing;
    for (const auto& message : readMessages(copy)) {
        if (message.unfinished) missing << message.source;
    }
    QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("run the target translations_update and translate:\n") +
                                           missing.join(QLatin1Char('\n'))));
}

// lupdate of Qt 6.4 loses count of the braces after "enum X : int {" in a class: the classes below it in the same
// header get contexts without their namespace, which nobody looks up.
void TestTranslations::everyContextIsKnown() {
    QString sources;
    for (const auto* folder :
         {SIGNALBOX_SOURCE_DIR "/ui", SIGNALBOX_SOURCE_DIR "/src/app/desktop", SIGNALBOX_SOURCE_DIR "/src/client"}) {
        QDirIterator files(QString::fromUtf8(folder), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            sources += QString::fromUtf8(file.readAll());
        }
    }
    QStringList lost;
    for (const auto& context : readContexts(kGerman)) {
        const bool declared = sources.contains(QStringLiteral("Q_DECLARE_TR_FUNCTIONS(%1)").arg(context)) ||
                              sources.contains(QStringLiteral("(\"%1\",").arg(context));
        if (!context.contains(QLatin1String("::")) && !declared) lost << context;
    }
    QVERIFY2(lost.isEmpty(), qPrintable(lost.join(QLatin1String(", "))));
}

void TestTranslations::germanIsSpoken() {
    QCOMPARE(languageName(QStringLiteral("de")), QStringLiteral("Deutsch"));
    QCOMPARE(languageName(QStringLiteral("en")), QStringLiteral("English"));
    QCOMPARE(installLanguage(*qApp, QStringLiteral("de_AT")), QStringLiteral("de"));
    QCOMPARE(stateLook(QStringLiteral("failed")).word, QStringLiteral("Fehlgeschlagen"));
    QCOMPARE(formatDuration(1'240'000), QStringLiteral("1,24 s"));
    QCOMPARE(summariseValue(Value::array({1})), QStringLiteral("1 Element"));
    QCOMPARE(summariseValue(Value::array({1, 2})), QStringLiteral("2 Elemente"));
    const test::WindowFixture fixture;
    const auto menus = fixture.window->menuBar()->actions();
    QVERIFY(std::any_of(menus.begin(), menus.end(),
                        [](const QAction* menu) { return menu->text().remove('&') == QStringLiteral("Datei"); }));
}

void TestTranslations::unknownLanguageIsEnglish() {
    QCOMPARE(installLanguage(*qApp, QStringLiteral("tlh")), QStringLiteral("en"));
    QCOMPARE(stateLook(QStringLiteral("failed")).word, QStringLiteral("Failed"));
    QCOMPARE(summariseValue(Value::array({1, 2})), QStringLiteral("2 items"));
}

void TestTranslations::longWordsFit() {
    Pseudo pseudo;
    QVERIFY(QCoreApplication::installTranslator(&pseudo));
    test::WindowFixture fixture;
    QCOMPARE(stateLook(QStringLiteral("failed")).word.size(), 9);
    QTRY_VERIFY(fixture.window->isVisible());
    // Layouts settle after what changed them.
    const auto allFit = [&] { return cutWords(*fixture.window).isEmpty(); };
    const auto cut = [&] { return cutWords(*fixture.window).join(QLatin1Char('\n')); };
    QTRY_VERIFY2(allFit(), qPrintable(cut()));
    fixture.window->openWorkflow(QStringLiteral("release"));
    QTRY_COMPARE(fixture.openId(), QStringLiteral("release"));
    QTRY_VERIFY2(allFit(), qPrintable(cut()));
    fixture.window->openWorkflow(QStringLiteral("nothing"));
    QTRY_VERIFY(fixture.part<NoticeBar>("noticeBar"));
    QTRY_VERIFY2(allFit(), qPrintable(cut()));
    QCoreApplication::removeTranslator(&pseudo);
}

void TestTranslations::rightToLeft() {
    QApplication::setLayoutDirection(Qt::RightToLeft);
    test::WindowFixture fixture;
    fixture.window->openWorkflow(QStringLiteral("release"));
    QTRY_COMPARE(fixture.openId(), QStringLiteral("release"));
    const auto* list = fixture.part<QDockWidget>("workflowDock");
    const auto left = [&](const QWidget& part) { return part.mapTo(fixture.window.get(), QPoint(0, 0)).x(); };
    QTRY_VERIFY(list->isVisible());
    QVERIFY2(left(*list) > left(fixture.canvas()), qPrintable(QString::number(left(*list))));
    QVERIFY(!fixture.window->grab().isNull());
    fixture.window->resize(1000, 700);
    QVERIFY(!fixture.window->grab().isNull());
}

QTEST_MAIN(TestTranslations)
#include "test_translations.moc"
