// The expression field, by keyboard.
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QVBoxLayout>

#include "base/json.h"
#include "ui/expression/completion_popup.h"
#include "ui/expression/expression_field.h"
#include "ui/expression/expression_text.h"
#include "ui/expression/result_text.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

Value json(const char* text) { return parseJson(text).value(); }

Value orders() {
    return json(R"({"customer": {"name": "Ada", "unit price": 3},
                    "lines": [{"sku": "bolt", "price": 2.5, "count": 4}, {"sku": "nut", "price": 0.5, "count": 20}]})");
}

// A field in a window of its own, with a second stop behind it.
struct FieldFixture {
    FieldFixture() {
        Theme::current().setMode(Theme::Mode::Dark);
        auto* layout = new QVBoxLayout(&window);
        field = new ExpressionField(QStringLiteral("when"), QStringLiteral("Condition"));
        after = new QLineEdit;
        layout->addWidget(field);
        layout->addWidget(after);
        layout->addStretch(1);
        field->setSample(orders(), QStringLiteral("last run of Read"));
        window.resize(600, 400);
        window.show();
        window.activateWindow();
        editor = window.findChild<QPlainTextEdit*>(QStringLiteral("whenEditor"));
        popup = window.findChild<CompletionPopup*>(QStringLiteral("whenEditorCompletions"));
        editor->setFocus();
    }
    void type(const char* text) const { QTest::keyClicks(editor, QLatin1String(text)); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QTest::keyClick(editor, static_cast<Qt::Key>(key), modifiers);
    }
    [[nodiscard]] QString label(const char* name) const {
        const auto* found = window.findChild<QLabel*>(QLatin1String(name));
        return found && !found->isHidden() ? found->text() : QString();
    }
    [[nodiscard]] QStringList offered() const {
        QStringList labels;
        const auto& model = popup->model();
        for (int row = 0; row < model.rowCount(); ++row) labels << model.item(row).label;
        return popup->isVisible() ? labels : QStringList();
    }
    // The text that has a line of that shape below it.
    [[nodiscard]] QString underlined(QTextCharFormat::UnderlineStyle style) const {
        for (const auto& selection : editor->extraSelections()) {
            if (selection.format.underlineStyle() == style) return selection.cursor.selectedText();
        }
        return {};
    }
    QWidget window;
    ExpressionField* field;
    QLineEdit* after;
    QPlainTextEdit* editor;
    CompletionPopup* popup;
};

}  // namespace

class TestExpression : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void resultsAreWrittenShort();
    void offersFieldsOfTheSample();
    void acceptsByKeyboard();
    void keysOfThePopupStayThere();
    void quotesNamesThatNeedIt();
    void hintsAtParameters();
    void errorIsAtItsToken();
    void errorOfTheSampleIsNoErrorOfTheText();
    void placesCountCharacters();
    void unknownFunctionIsAWarning();
    void typeIsChecked();
    void previewFollowsTheText();
    void endlessWorkIsDropped();
    void formatsAndUndoes();
    void enterCommitsAndLeavingToo();
    void growsWithItsText();
    void bracketsMatch();
    void coloursTokens();
    void readOnlyStaysAsItIs();

private:
    std::unique_ptr<FieldFixture> f_;
};

void TestExpression::init() {
    f_ = std::make_unique<FieldFixture>();
    QVERIFY(QTest::qWaitForWindowActive(&f_->window));
    QTRY_VERIFY(f_->editor->hasFocus());
}

void TestExpression::cleanup() { f_.reset(); }

void TestExpression::resultsAreWrittenShort() {
    QCOMPARE(writeOnOneLine(json(R"({"a": [1, "x"], "b": null})"), 80).text,
             QStringLiteral(R"({"a": [1, "x"], "b": null})"));
    const auto cut = writeOnOneLine(Value(std::string(5000, 'y')), 20);
    QVERIFY(!cut.whole);
    QCOMPARE(cut.text.size(), 20);
    const auto wide = writeOnOneLine(Value(std::string("\xf0\x9f\x9a\x82\xf0\x9f\x9a\x82\xf0\x9f\x9a\x82")), 5);
    QVERIFY(!wide.text.contains(QChar::ReplacementCharacter));
    QCOMPARE(
        writeLaidOut(json(R"({"list": [1, 2, 3], "far": {"deep": "enough to be too long"}})"), 20, 10, 1000).text,
        QStringLiteral("{\n  \"list\": [1, 2, 3],\n  \"far\": {\n    \"deep\": \"enough to be too long\"\n  }\n}"));
    std::vector<Value> many(100'000, Value(7));
    const auto part = writeLaidOut(Value::array(std::move(many)), 20, 5, 1000);
    QVERIFY(!part.whole);
    QCOMPARE(part.text.count(QLatin1Char('\n')), 5);
    QCOMPARE(describeKind(json("[1, 2]")), QStringLiteral("array of 2"));
    QCOMPARE(describeKind(json(R"({"a": 1})")), QStringLiteral("object with 1 member"));
}

void TestExpression::offersFieldsOfTheSample() {
    f_->type("lines.");
    QVERIFY(f_->popup->isVisible());
    QVERIFY(f_->editor->hasFocus());
    QVERIFY(f_->offered().contains(QStringLiteral("sku")));
    QVERIFY(f_->offered().contains(QStringLiteral("price")));
    QVERIFY(!f_->offered().contains(QStringLiteral("customer")));
    // Nothing is chosen before something is typed, so that Enter still commits.
    QVERIFY(!f_->popup->current());
    f_->type("pr");
    QVERIFY(f_->popup->current());
    QCOMPARE(f_->popup->current()->label, QStringLiteral("price"));
    QVERIFY(!f_->popup->current()->type.isEmpty());
    QVERIFY(f_->popup->current()->sample.contains(QStringLiteral("2.5")));
    f_->press(Qt::Key_Escape);
    QVERIFY(!f_->popup->isVisible());
    f_->press(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(f_->popup->isVisible());
    f_->press(Qt::Key_Backspace);
    QVERIFY(f_->popup->isVisible());
    f_->after->setFocus();
    QVERIFY(!f_->popup->isVisible());
}

void TestExpression::acceptsByKeyboard() {
    f_->type("lines.co");
    f_->press(Qt::Key_Return);
    QCOMPARE(f_->field->text(), QStringLiteral("lines.count"));
    QVERIFY(!f_->popup->isVisible());
    f_->press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f_->field->text(), QStringLiteral("lines.co"));
    f_->editor->selectAll();
    f_->type("$su");
    QVERIFY(f_->offered().contains(QStringLiteral("$sum")));
    while (f_->popup->current() && f_->popup->current()->label != QLatin1String("$sum")) f_->press(Qt::Key_Down);
    QVERIFY(!f_->popup->current()->help.isEmpty());
    f_->press(Qt::Key_Tab);
    // Tab completes while the list is open; the caret is between the brackets.
    QVERIFY(f_->editor->hasFocus());
    QCOMPARE(f_->field->text(), QStringLiteral("$sum()"));
    f_->type("lines.pri");
    f_->press(Qt::Key_Tab);
    QCOMPARE(f_->field->text(), QStringLiteral("$sum(lines.price)"));
    f_->press(Qt::Key_Tab);
    QVERIFY(f_->after->hasFocus());
}

void TestExpression::keysOfThePopupStayThere() {
    QSignalSpy committed(f_->field, &ExpressionField::committed);
    f_->press(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(f_->popup->model().rowCount() > 3);
    const auto first = f_->popup->current()->label;
    f_->press(Qt::Key_Down);
    QVERIFY(f_->popup->current()->label != first);
    f_->press(Qt::Key_Up);
    QCOMPARE(f_->popup->current()->label, first);
    f_->press(Qt::Key_Up);
    QCOMPARE(f_->popup->current()->label, f_->offered().last());
    f_->press(Qt::Key_Escape);
    QCOMPARE(committed.count(), 0);
    QCOMPARE(f_->field->text(), QString());
}

void TestExpression::quotesNamesThatNeedIt() {
    f_->type("customer.unit");
    f_->press(Qt::Key_Return);
    QCOMPARE(f_->field->text(), QStringLiteral("customer.`unit price`"));
    QTRY_COMPARE(f_->label("whenResult"), QStringLiteral("3"));
}

void TestExpression::hintsAtParameters() {
    auto* hint = f_->window.findChild<QWidget*>(QStringLiteral("whenEditorSignature"));
    f_->type("$substring(customer.name, ");
    QVERIFY(hint->isVisible());
    QVERIFY(hint->accessibleName().startsWith(QStringLiteral("$substring(")));
    f_->press(Qt::Key_Escape);
    QVERIFY(!hint->isVisible());
    // Closed it stays away for this call.
    f_->type("1");
    QVERIFY(!hint->isVisible());
    f_->type(") & $trim(");
    QVERIFY(hint->isVisible());
    f_->type("'a')");
    QVERIFY(!hint->isVisible());
}

void TestExpression::errorIsAtItsToken() {
    QSignalSpy validity(f_->field, &ExpressionField::validityChanged);
    f_->type("lines[price > ]");
    QCOMPARE(validity.count(), 2 - 1);
    QVERIFY(!f_->field->isValid());
    QTRY_COMPARE(f_->underlined(QTextCharFormat::WaveUnderline), QStringLiteral("]"));
    QVERIFY(f_->label("whenMessage").size() > 10);
    QVERIFY(f_->label("whenCaption").contains(QStringLiteral("S0211")));
    QVERIFY(f_->label("whenCaption").contains(QStringLiteral("column 15")));
    QVERIFY(f_->editor->accessibleDescription().startsWith(QStringLiteral("Error, column 15:")));
    QVERIFY(f_->editor->property("invalid").toBool());
    f_->press(Qt::Key_Left);
    f_->type("1");
    QVERIFY(f_->field->isValid());
    QTRY_COMPARE(f_->underlined(QTextCharFormat::WaveUnderline), QString());
    QTRY_VERIFY(f_->label("whenResult").contains(QStringLiteral("bolt")));
    QVERIFY(!f_->editor->property("invalid").toBool());
    // At the end of the text there is no token: the last one is marked.
    f_->field->setText(QStringLiteral("(1 + 2"));
    QCOMPARE(f_->underlined(QTextCharFormat::WaveUnderline), QStringLiteral("2"));
}

void TestExpression::errorOfTheSampleIsNoErrorOfTheText() {
    f_->type("1 + customer.name");
    QTRY_COMPARE(f_->underlined(QTextCharFormat::WaveUnderline), QStringLiteral("+"));
    QVERIFY(f_->field->isValid());
    QVERIFY(f_->label("whenCaption").startsWith(QStringLiteral("T200")));
    QVERIFY(f_->label("whenCaption").contains(QStringLiteral("last run of Read")));
    f_->field->setText(QStringLiteral("1 + $uppercase(lines)"));
    QTRY_COMPARE(f_->underlined(QTextCharFormat::WaveUnderline), QStringLiteral("$uppercase"));
    QVERIFY(f_->label("whenCaption").contains(QStringLiteral("column 5")));
}

void TestExpression::placesCountCharacters() {
    // Two bytes, and a pair of units, before the error.
    const auto text = QStringLiteral("\"\u00fc\U0001f682\" & ) ");
    f_->field->setText(text);
    QCOMPARE(f_->underlined(QTextCharFormat::WaveUnderline), QStringLiteral(")"));
    const TextOffsets offsets(text);
    for (int i = 0; i <= text.size(); ++i) {
        const bool low = i < text.size() && text[i].isLowSurrogate();
        if (!low) QCOMPARE(offsets.toEditor(offsets.toLanguage(i)), i);
    }
}

void TestExpression::unknownFunctionIsAWarning() {
    f_->type("$upercase(customer.name)");
    QTRY_COMPARE(f_->underlined(QTextCharFormat::DashUnderline), QStringLiteral("$upercase"));
    QVERIFY(f_->label("whenWarning").contains(QStringLiteral("$uppercase")));
}

void TestExpression::typeIsChecked() {
    f_->field->setExpectedType(QStringLiteral("boolean"));
    f_->type("customer.name");
    QTRY_VERIFY(f_->label("whenWarning").contains(QStringLiteral("boolean")));
    QVERIFY(f_->field->isValid());
    f_->type(" = 'Ada'");
    QTRY_COMPARE(f_->label("whenResult"), QStringLiteral("true"));
    QCOMPARE(f_->label("whenWarning"), QString());
    f_->field->setSample(Value::undefined(), QString());
    f_->field->setText(QStringLiteral("$count(lines)"));
    QTRY_VERIFY(f_->label("whenWarning").contains(QStringLiteral("boolean")));
    f_->field->setText(QStringLiteral("lines.price"));
    QTRY_COMPARE(f_->label("whenWarning"), QString());
}

void TestExpression::previewFollowsTheText() {
    QSignalSpy results(f_->field, &ExpressionField::evaluated);
    // The sample itself, while there is nothing to do with it.
    QVERIFY(f_->label("whenResult").contains(QStringLiteral("Ada")));
    f_->type("$sum(lines.(price * count))");
    QTRY_COMPARE(f_->label("whenResult"), QStringLiteral("20"));
    QCOMPARE(f_->label("whenCaption"), QStringLiteral("number · last run of Read"));
    QVERIFY(f_->editor->accessibleDescription().contains(QStringLiteral("20")));
    QCOMPARE(f_->field->result(), Value(20));
    f_->field->setSample(json(R"({"lines": {"price": 1, "count": 3}})"), QStringLiteral("pinned"));
    QTRY_COMPARE(f_->label("whenResult"), QStringLiteral("3"));
    f_->field->setText(QStringLiteral("missing"));
    QTRY_COMPARE(f_->label("whenMessage"), QStringLiteral("Nothing matches"));
    f_->field->setVariables({{"limit", Value(7)}});
    f_->field->setText(QStringLiteral("$limit"));
    QTRY_COMPARE(f_->label("whenResult"), QStringLiteral("7"));
    f_->field->setSample(Value::undefined(), QStringLiteral("Run the workflow first"));
    QTRY_COMPARE(f_->label("whenMessage"), QStringLiteral("No data to try it on"));
    QCOMPARE(f_->label("whenCaption"), QStringLiteral("Run the workflow first"));
}

void TestExpression::endlessWorkIsDropped() {
    QSignalSpy results(f_->field, &ExpressionField::evaluated);
    // A minute of work in a row, each replaced by the next: none may hold up the last.
    for (int i = 0; i < 30; ++i) {
        f_->field->setText(QStringLiteral("($f := function($n) { $f($n + %1) }; $f(0))").arg(i));
        f_->field->setSample(orders(), QString());
        QCoreApplication::processEvents();
    }
    f_->field->setText(QStringLiteral("customer.name"));
    f_->field->setSample(orders(), QString());
    QTRY_COMPARE(results.count(), 1);
    QCOMPARE(results[0][0].value<Value>(), Value("Ada"));
}

void TestExpression::formatsAndUndoes() {
    const auto rough = QStringLiteral("$sum( lines.(price*count) )");
    f_->type("$sum( lines.(price*count) )");
    QCOMPARE(f_->field->text(), rough);
    f_->press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f_->field->text(), QStringLiteral("$sum(lines.(price * count))"));
    f_->press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f_->field->text(), rough);
    f_->press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f_->field->text(), QStringLiteral("$sum(lines.(price * count))"));
    f_->field->setText(QStringLiteral("$sum( "));
    f_->field->format();
    QCOMPARE(f_->field->text(), QStringLiteral("$sum( "));
}

void TestExpression::enterCommitsAndLeavingToo() {
    QSignalSpy committed(f_->field, &ExpressionField::committed);
    QSignalSpy edited(f_->field, &ExpressionField::edited);
    f_->type("1");
    QCOMPARE(edited.count(), 1);
    f_->press(Qt::Key_Return);
    QCOMPARE(committed.count(), 1);
    f_->press(Qt::Key_Return, Qt::ShiftModifier);
    f_->type("+ 2");
    QCOMPARE(f_->field->text(), QStringLiteral("1\n+ 2"));
    f_->press(Qt::Key_Tab);
    QVERIFY(f_->after->hasFocus());
    QCOMPARE(committed.count(), 2);
    QCOMPARE(committed[1][0].toString(), QStringLiteral("1\n+ 2"));
    f_->editor->setFocus();
    f_->after->setFocus();
    QCOMPARE(committed.count(), 2);
    const auto told = edited.count();
    f_->field->setText(QStringLiteral("3"));
    QCOMPARE(edited.count(), told);
    QVERIFY(!f_->editor->document()->isUndoAvailable());
}

void TestExpression::growsWithItsText() {
    const int line = f_->editor->height();
    QCOMPARE(line, f_->after->height());
    f_->field->setText(QStringLiteral("1\n+ 2\n+ 3"));
    QTRY_VERIFY(f_->editor->height() > line * 3 / 2);
    const int three = f_->editor->height();
    QVERIFY(!f_->editor->verticalScrollBar()->isVisible());
    f_->field->setText(QStringLiteral("1") + QStringLiteral("\n+ 2").repeated(40));
    QTRY_VERIFY(f_->editor->height() > three);
    QVERIFY(f_->editor->height() < 10 * line);
    QTRY_VERIFY(f_->editor->verticalScrollBar()->maximum() > 0);
    f_->field->setText(QStringLiteral("1"));
    QTRY_COMPARE(f_->editor->height(), line);
}

void TestExpression::bracketsMatch() {
    const ExpressionText code(QStringLiteral("a[b = \")\"].(c ~> /x\\)/ )"));
    QCOMPARE(code.matchingBracket(1), std::optional<int>(9));
    QCOMPARE(code.matchingBracket(9), std::optional<int>(1));
    QCOMPARE(code.matchingBracket(11), std::optional<int>(23));
    QVERIFY(!code.matchingBracket(0));
    f_->field->setText(QStringLiteral("(1 + 2)"));
    f_->press(Qt::Key_End, Qt::ControlModifier);
    QStringList marked;
    for (const auto& selection : f_->editor->extraSelections()) marked << selection.cursor.selectedText();
    QCOMPARE(marked, QStringList({QStringLiteral(")"), QStringLiteral("(")}));
}

void TestExpression::coloursTokens() {
    f_->field->setText(QStringLiteral("$sum(lines.price) /* all\nof */ & \"x\""));
    const auto colourAt = [&](int line, int column) {
        for (const auto& range : f_->editor->document()->findBlockByNumber(line).layout()->formats()) {
            if (range.start <= column && column < range.start + range.length) return range.format.foreground().color();
        }
        return QColor();
    };
    const auto& theme = Theme::current();
    QCOMPARE(colourAt(0, 1), theme.colour(codeRole(expr::SyntaxKind::Function)));
    QCOMPARE(colourAt(0, 5), theme.colour(codeRole(expr::SyntaxKind::Name)));
    QCOMPARE(colourAt(1, 0), theme.colour(codeRole(expr::SyntaxKind::Comment)));
    QCOMPARE(colourAt(1, 8), theme.colour(codeRole(expr::SyntaxKind::String)));
    for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark, Theme::Mode::HighContrast}) {
        Theme::current().setMode(mode);
        for (int kind = 0; kind <= static_cast<int>(expr::SyntaxKind::Error); ++kind) {
            const auto colour = theme.colour(codeRole(static_cast<expr::SyntaxKind>(kind)));
            const auto contrast = contrastRatio(colour, theme.colour(ColourRole::Surface));
            QVERIFY2(contrast >= (theme.isHighContrast() ? 7.0 : 4.5),
                     qPrintable(QStringLiteral("kind %1: %2").arg(kind).arg(contrast)));
        }
        // Colours are taken anew with the theme.
        QCOMPARE(colourAt(0, 1), theme.colour(codeRole(expr::SyntaxKind::Function)));
    }
}

void TestExpression::readOnlyStaysAsItIs() {
    f_->field->setText(QStringLiteral("lines.price"));
    f_->field->setReadOnly(true);
    f_->type("x");
    f_->press(Qt::Key_Return, Qt::ShiftModifier);
    f_->press(Qt::Key_Space, Qt::ControlModifier);
    f_->press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f_->field->text(), QStringLiteral("lines.price"));
    QVERIFY(!f_->popup->isVisible());
}

QTEST_MAIN(TestExpression)
#include "test_expression.moc"
