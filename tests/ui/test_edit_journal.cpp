// Unsaved edits survive the end of the process, however it ends.
#include <QFile>
#include <QGuiApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <filesystem>

#include <signal.h>

#include "base/json.h"
#include "ui/document/document_journal.h"
#include "ui/document/journal_records.h"
#include "ui/document/workflow_document.h"
#include "ui/document/workflow_edits.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kPatience = 20'000;
constexpr const char* kText = "{\"format\":1,\"id\":\"w\",\"name\":\"0\",\"nodes\":[]}";

protocol::WorkflowDetail detail() {
    protocol::WorkflowDetail detail;
    detail.summary.id = "w";
    detail.text = kText;
    detail.etag = "e1";
    return detail;
}

Edit named(const WorkflowDocument& document, int number) {
    auto edit = edits::set(document.root(), {}, "/name", Value(std::to_string(number)), QStringLiteral("Name"));
    edit.mergeKey.clear();
    return edit;
}

/// What the other process does: an edit for each line that it is sent, telling its number, until it is killed.
int editForEver(const char* folder) {
    WorkflowDocument document;
    document.open(detail());
    DocumentJournal journal(document, folder, "gateway");
    for (int number = 1; std::getchar() != EOF; ++number) {
        static_cast<void>(document.apply(named(document, number)));
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
    return 0;
}

std::vector<std::filesystem::path> filesIn(const QTemporaryDir& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path().toStdString())) {
        files.push_back(entry.path());
    }
    return files;
}

}  // namespace

class TestEditJournal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedProcessLosesAtMostTheLastEdit();
    void undoneAndSavedLeavesNothing();
    void tornTailIsLeftOut_data();
    void tornTailIsLeftOut();
    void damageInTheMiddleKeepsWhatIsBefore();
    void longJournalIsMadeShort();
    void liveJournalsAreNotOffered();
    void aFolderThatCannotBeWrittenIsTold();
    void anotherGatewaysEditsStayWhereTheyAre();

private:
    static std::string journalOf(const QTemporaryDir& folder, int edits);
};

void TestEditJournal::killedProcessLosesAtMostTheLastEdit() {
    QTemporaryDir folder;
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("edit-for-ever"), folder.path()});
    QVERIFY(child.waitForStarted());
    int told = 0;
    connect(&child, &QProcess::readyRead, &child, [&] {
        while (child.canReadLine()) told = child.readLine().trimmed().toInt();
        child.write("\n");
    });
    child.write("\n");
    QTRY_VERIFY_WITH_TIMEOUT(told >= 120, kPatience);
    QVERIFY(findLostEdits(folder.path().toStdString(), "gateway").empty());
    ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
    QVERIFY(child.waitForFinished());
    const auto found = findLostEdits(folder.path().toStdString(), "gateway");
    QCOMPARE(found.size(), std::size_t(1));
    const auto kept = std::stoi(std::string(found[0].document["name"].asString()));
    QVERIFY2(kept >= told - 1, qPrintable(QStringLiteral("told %1, kept %2").arg(told).arg(kept)));
    QCOMPARE(found[0].header.etag, std::string("e1"));
    QCOMPARE(found[0].header.base, std::string(kText));
    QCOMPARE(found[0].steps.size() + found[0].stepsBefore, static_cast<std::size_t>(kept));
    QVERIFY(found[0].steps.back().wall > 1'700'000'000'000'000);
    QVERIFY(found[0].steps.back().text.find("Name") != std::string::npos);
}

std::string TestEditJournal::journalOf(const QTemporaryDir& folder, int count) {
    WorkflowDocument document;
    document.open(detail());
    DocumentJournal journal(document, folder.path().toStdString(), "gateway");
    for (int i = 1; i <= count; ++i) static_cast<void>(document.apply(named(document, i)));
    journal.flush();
    return filesIn(folder).front().string();
}

void TestEditJournal::undoneAndSavedLeavesNothing() {
    QTemporaryDir folder;
    WorkflowDocument document;
    document.open(detail());
    DocumentJournal journal(document, folder.path().toStdString(), "gateway");
    QVERIFY(document.apply(named(document, 1)).has_value());
    journal.flush();
    QCOMPARE(filesIn(folder).size(), std::size_t(1));
    document.undoStack().undo();
    QTRY_COMPARE(filesIn(folder).size(), std::size_t(0));
    document.undoStack().redo();
    journal.flush();
    QCOMPARE(filesIn(folder).size(), std::size_t(1));
    auto saved = detail();
    saved.text = writeJson(document.root());
    document.adoptSaved(document.root(), saved);
    QTRY_COMPARE(filesIn(folder).size(), std::size_t(0));
}

void TestEditJournal::tornTailIsLeftOut_data() {
    QTest::addColumn<int>("cut");
    for (const int cut : {1, 5, 11, 13, 40}) QTest::addRow("%d", cut) << cut;
}

void TestEditJournal::tornTailIsLeftOut() {
    QFETCH(int, cut);
    QTemporaryDir folder;
    const auto file = journalOf(folder, 5);
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - static_cast<std::uintmax_t>(cut));
    const auto edits = readJournal(file);
    QVERIFY(edits.has_value());
    QVERIFY(edits->torn);
    QCOMPARE(edits->document["name"], Value("4"));
}

void TestEditJournal::damageInTheMiddleKeepsWhatIsBefore() {
    QTemporaryDir folder;
    const auto path = journalOf(folder, 9);
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const auto bytes = file.readAll();
    for (qsizetype at = bytes.size() / 2; at < bytes.size(); at += 7) {
        auto damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        file.resize(0);
        file.seek(0);
        file.write(damaged);
        file.flush();
        const auto edits = readJournal(path);
        QVERIFY(edits.has_value());
        QVERIFY(edits->steps.size() < 9);
        QCOMPARE(edits->document["name"], Value(std::to_string(edits->steps.size())));
    }
}

void TestEditJournal::longJournalIsMadeShort() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "long.edits";
    Value document = parseJson(kText).value();
    {
        EditJournal journal(
            path, {"gateway", "w", "W", "e1", kText, 1, {}}, [](const Error&) {}, 20'000);
        for (int i = 1; i <= 2000; ++i) {
            const Value text(std::to_string(i) + std::string(200, '.'));
            Change change{"/name", document["name"], text, {}};
            document = document.with("name", text);
            journal.append({"Change " + std::to_string(i), i, {change}, document});
            if (i % 100 == 0) journal.flush();
        }
        journal.flush();
        QVERIFY(std::filesystem::file_size(path) < 60'000);
    }
    const auto edits = readJournal(path);
    QVERIFY(edits.has_value() && !edits->torn);
    QVERIFY(edits->document == document);
    QCOMPARE(edits->steps.back().text, std::string("Change 2000"));
    QCOMPARE(edits->steps.size() + edits->stepsBefore, std::size_t(2000));
}

void TestEditJournal::liveJournalsAreNotOffered() {
    QTemporaryDir folder;
    WorkflowDocument document;
    document.open(detail());
    auto journal = std::make_unique<DocumentJournal>(document, folder.path().toStdString(), "gateway");
    QVERIFY(document.apply(named(document, 1)).has_value());
    journal->flush();
    QVERIFY(findLostEdits(folder.path().toStdString(), "gateway").empty());
    journal.reset();
    auto found = findLostEdits(folder.path().toStdString(), "gateway");
    QCOMPARE(found.size(), std::size_t(1));
    // Whoever has found them holds them, and who carries them on replaces the file.
    QVERIFY(findLostEdits(folder.path().toStdString(), "gateway").empty());
    DocumentJournal next(document, folder.path().toStdString(), "gateway");
    next.carryOn(found[0]);
    QVERIFY(document.apply(named(document, 2)).has_value());
    next.flush();
    QTRY_VERIFY(!std::filesystem::exists(found[0].file));
    QCOMPARE(filesIn(folder).size(), std::size_t(1));
}

void TestEditJournal::aFolderThatCannotBeWrittenIsTold() {
    QTemporaryDir folder;
    const auto blocked = folder.filePath(QStringLiteral("file"));
    QFile file(blocked);
    QVERIFY(file.open(QIODevice::WriteOnly));
    WorkflowDocument document;
    document.open(detail());
    DocumentJournal journal(document, (blocked + QStringLiteral("/below")).toStdString(), "gateway");
    Error told;
    int times = 0;
    connect(&journal, &DocumentJournal::failed, this, [&](const Error& error) {
        told = error;
        ++times;
    });
    QVERIFY(document.apply(named(document, 1)).has_value());
    QVERIFY(document.apply(named(document, 2)).has_value());
    QTRY_COMPARE(times, 1);
    QCOMPARE(told.code, std::string("journal.write"));
    QVERIFY(!told.hint.empty());
}

void TestEditJournal::anotherGatewaysEditsStayWhereTheyAre() {
    QTemporaryDir folder;
    journalOf(folder, 1);
    QVERIFY(findLostEdits(folder.path().toStdString(), "another").empty());
    QCOMPARE(filesIn(folder).size(), std::size_t(1));
}

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "edit-for-ever") return editForEver(argv[2]);
    QGuiApplication application(argc, argv);
    TestEditJournal test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_edit_journal.moc"
