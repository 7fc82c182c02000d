#include "ui/shell/shortcut_sheet.h"

#include <QAction>
#include <QCoreApplication>
#include <QLocale>
#include <QMap>

#include "ui/actions/action_registry.h"

namespace signalbox::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ShortcutSheet)
};

const auto kHead = QStringLiteral(
    "<!DOCTYPE html>\n<html lang=\"%2\">\n<head>\n<meta charset=\"utf-8\">\n<title>%1</title>\n<style>\n"
    "body { font: 10pt sans-serif; margin: 1.5cm; color: #000; background: #fff; }\n"
    "main { columns: 2; column-gap: 1.5cm; }\n"
    "section { break-inside: avoid; margin-bottom: 1em; }\n"
    "h1 { font-size: 16pt; } h2 { font-size: 11pt; margin: 0 0 .3em; border-bottom: 1px solid #888; }\n"
    "table { width: 100%; border-collapse: collapse; } td { padding: .15em 0; } td + td { text-align: right; }\n"
    "kbd { font: inherit; font-weight: 600; white-space: nowrap; }\n"
    "</style>\n</head>\n<body>\n<h1>%1</h1>\n<main>\n");

QString row(const QAction& action) {
    QStringList keys;
    for (const auto& shortcut : action.shortcuts()) {
        keys << QStringLiteral("<kbd>%1</kbd>").arg(shortcut.toString(QKeySequence::NativeText).toHtmlEscaped());
    }
    return QStringLiteral("<tr><td>%1</td><td>%2</td></tr>\n")
        .arg(ActionRegistry::plainText(action).toHtmlEscaped(), keys.join(QStringLiteral(", ")));
}

}  // namespace

QString shortcutSheet(const ActionRegistry& actions) {
    QMap<int, QString> sections;
    for (const auto* action : actions.actions()) {
        if (action->shortcuts().isEmpty()) continue;
        sections[static_cast<int>(actions.spec(*action).category)] += row(*action);
    }
    auto page = kHead.arg(Words::tr("Shortcuts of Signalbox").toHtmlEscaped(), QLocale().bcp47Name());
    for (auto it = sections.constBegin(); it != sections.constEnd(); ++it) {
        const auto name = actionCategoryName(static_cast<ActionCategory>(it.key())).remove(QLatin1Char('&'));
        page += QStringLiteral("<section>\n<h2>%1</h2>\n<table>\n%2</table>\n</section>\n")
                    .arg(name.toHtmlEscaped(), it.value());
    }
    return page + QStringLiteral("</main>\n</body>\n</html>\n");
}

}  // namespace signalbox::ui
