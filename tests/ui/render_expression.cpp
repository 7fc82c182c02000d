// Writes pictures of the expression field in its states, to be looked at: render_expression FOLDER THEME.
#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

#include "base/json.h"
#include "ui/expression/completion_popup.h"
#include "ui/expression/expression_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace {

using namespace signalbox;
using namespace signalbox::ui;

Value sample() {
    return parseJson(R"({"status": 200, "host": "build-07.example", "took": 412.5, "tags": ["prod", "eu-west"],
        "unit price": 3.25, "releases": [
        {"version": "4.12.1", "channel": "stable", "size": 48213004, "signed": true, "notes": "Fixes the pager"},
        {"version": "4.13.0-rc2", "channel": "candidate", "size": 49100211, "signed": false, "notes": null}]})")
        .value();
}

struct Form {
    Form() {
        layout = new QVBoxLayout(&window);
        window.setBackgroundRole(QPalette::Base);
        window.setAutoFillBackground(true);
    }
    ExpressionField& add(const QString& title, const QString& text) {
        layout->addWidget(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong));
        static_cast<QLabel*>(layout->itemAt(layout->count() - 1)->widget())->setText(title);
        auto* field = new ExpressionField(QStringLiteral("f%1").arg(layout->count()), title);
        field->setSample(sample(), QStringLiteral("last run of Read releases, 3 min ago"));
        field->setText(text);
        layout->addWidget(field);
        return *field;
    }
    void show(int width, int height) {
        layout->addStretch(1);
        window.resize(width, height);
        window.show();
        window.activateWindow();
        settle();
    }
    static void settle() {
        QEventLoop loop;
        QTimer::singleShot(700, &loop, &QEventLoop::quit);
        loop.exec();
    }
    // The window, and over it the lists and hints that are windows of their own.
    void save(const QString& path) {
        auto picture = window.grab();
        QPainter painter(&picture);
        for (auto* other : QApplication::topLevelWidgets()) {
            if (other == &window || !other->isVisible() || other->windowType() != Qt::ToolTip) continue;
            painter.drawPixmap(window.mapFromGlobal(other->pos()), other->grab());
        }
        painter.end();
        picture.save(path);
    }
    QWidget window;
    QVBoxLayout* layout;
};

void renderStates(const QString& folder) {
    Form form;
    form.add(QStringLiteral("Empty"), {});
    form.add(QStringLiteral("Result"), QStringLiteral("$sum(releases[signed = true].size) / 1000000 /* in MB */"));
    auto& full = form.add(QStringLiteral("Result, laid out"),
                          QStringLiteral("releases.{\n  \"name\": version & \" \" & channel,\n  \"old\": "
                                         "$contains(version, /rc/i) and $not(signed)\n}"));
    full.setPreview(ExpressionField::Preview::Full);
    form.add(QStringLiteral("Nothing matches"), QStringLiteral("releases[channel = 'nightly']"));
    form.add(QStringLiteral("Error in the text"), QStringLiteral("releases[size > ].version"));
    form.add(QStringLiteral("Error on the sample"), QStringLiteral("$uppercase(status) & host"));
    form.add(QStringLiteral("Warning"), QStringLiteral("$upercase(host)"));
    form.add(QStringLiteral("Wrong type"), QStringLiteral("$count(releases)"))
        .setExpectedType(QStringLiteral("boolean"));
    auto& none = form.add(QStringLiteral("No sample"), QStringLiteral("status = 200"));
    none.setSample(Value::undefined(), QStringLiteral("Run the workflow once to see what comes in here"));
    form.show(560, 980);
    form.save(folder + QStringLiteral("/states.png"));
    form.window.resize(300, 1300);
    Form::settle();
    form.save(folder + QStringLiteral("/states-narrow.png"));
}

void renderTyping(const QString& folder, const QString& name, const QString& text) {
    Form form;
    form.layout->addSpacing(120);
    auto& field = form.add(QStringLiteral("Condition"), {});
    form.show(620, 420);
    field.focusStop().setFocus();
    QTest::keyClicks(&field.focusStop(), text);
    Form::settle();
    form.save(QStringLiteral("%1/%2.png").arg(folder, name));
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    auto& theme = Theme::of(application);
    const auto name = QString::fromLocal8Bit(argc > 2 ? argv[2] : "dark");
    theme.setMode(name == QLatin1String("light")  ? Theme::Mode::Light
                  : name == QLatin1String("dark") ? Theme::Mode::Dark
                                                  : Theme::Mode::HighContrast);
    theme.setReducedMotion(true);
    const auto folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : ".");
    QDir().mkpath(folder);
    renderStates(folder);
    renderTyping(folder, QStringLiteral("fields"), QStringLiteral("releases."));
    renderTyping(folder, QStringLiteral("functions"), QStringLiteral("$su"));
    renderTyping(folder, QStringLiteral("hint"), QStringLiteral("$substring(host, "));
    renderTyping(folder, QStringLiteral("hint-and-fields"), QStringLiteral("$substring(ho"));
    renderTyping(folder, QStringLiteral("brackets"), QStringLiteral("(releases[0].(size / 1024))"));
    return 0;
}
