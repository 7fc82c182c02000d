// Editing a workflow as a document: steps that can be undone, validation, saving, conflicts. On the real gateway.
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <random>

#include "base/json.h"
#include "embedded/embedded_gateway.h"
#include "ui/document/document_session.h"
#include "ui/document/workflow_edits.h"
#include "ui/documents.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kPatience = 20'000;

Value parsed(const char* text) { return parseJson(text).value(); }

protocol::WorkflowDetail detailOf(const std::string& text) {
    protocol::WorkflowDetail detail;
    detail.summary.id = "w";
    detail.text = text;
    detail.etag = "1";
    return detail;
}

constexpr const char* kSmall =
    "{\"format\":1,\"id\":\"w\",\"x-mine\":{\"a\":[1]},\"name\":\"W\",\"nodes\":["
    "{\"id\":\"a\",\"type\":\"LogNode\",\"odd\":7,\"params\":{\"message\":\"1\"}},"
    "{\"id\":\"b\",\"type\":\"LogNode\"}],"
    "\"edges\":[{\"from\":\"a.output\",\"to\":\"b.input\"}],"
    "\"layout\":{\"positions\":{\"a\":[0,8]},\"groups\":[{\"id\":\"g\",\"nodes\":[\"a\"]}]}}";

}  // namespace

class TestDocument : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void changesAreUndoneExactly();
    void randomEditsUndoToTheStart();
    void typingIsOneStep();
    void memberComesBackToItsPlace();
    void dragIsOneStep();
    void staleEditChangesNothing();
    void unsettingLeavesNoEmptyHull();
    void renameFollowsWires();
    void unreadableTextCanBeMended();
    void validatesWhatIsTyped();
    void savesAndIsClean();
    void editsWhileSavingStay();
    void conflictIsForThePersonToDecide();
    void outsideChangeWithoutEditsIsTaken();
    void copyKeepsBoth();

private:
    void openEmbedded();
    void writeFile(const QByteArray& name) const;
    [[nodiscard]] QByteArray file() const;
    Edit setName(const char* name);

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<embedded::EmbeddedGateway> gateway_;
    std::unique_ptr<client::GatewayClient> client_;
    std::unique_ptr<DocumentSession> session_;
};

void TestDocument::init() {
    session_.reset();
    client_.reset();
    gateway_.reset();
    folder_ = std::make_unique<QTemporaryDir>();
}

void TestDocument::writeFile(const QByteArray& name) const {
    QFile file(folder_->filePath(QStringLiteral("failing.workflow.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(test::kFailingDocument).replace("\"Failing\"", "\"" + name + "\""));
}

QByteArray TestDocument::file() const {
    QFile file(folder_->filePath(QStringLiteral("failing.workflow.json")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestDocument::openEmbedded() {
    writeFile("Failing");
    embedded::EmbeddedOptions options;
    options.workspace = folder_->path().toStdString();
    options.version = "test";
    options.threads = 1;
    auto opened = embedded::EmbeddedGateway::open(std::move(options));
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
    gateway_ = *std::move(opened);
    client_ = std::make_unique<client::GatewayClient>(gateway_->connect());
    session_ = std::make_unique<DocumentSession>(*client_, std::string(), std::string());
    bool there = false;
    client_->workflows()
        .get(QStringLiteral("failing"))
        .then(session_.get(), [&](const Result<protocol::WorkflowDetail>& reply) {
            if (reply) session_->open(*reply);
            there = true;
        });
    QTRY_VERIFY_WITH_TIMEOUT(there, kPatience);
    QVERIFY(session_->document().isReadable());
}

Edit TestDocument::setName(const char* name) {
    return edits::set(session_->document().root(), {}, "/name", Value(name), QStringLiteral("Name"));
}

void TestDocument::changesAreUndoneExactly() {
    WorkflowDocument document;
    document.open(detailOf(kSmall));
    const auto before = writeJson(document.root());
    const auto root = [&] { return document.root(); };
    QVERIFY(document.apply(edits::set(root(), "/nodes/0", "/params/message", Value("2"), {})).has_value());
    QVERIFY(document.apply(edits::set(root(), "/nodes/1", "/retry/maxAttempts", Value(3), {})).has_value());
    QVERIFY(document.apply(edits::set(root(), "/nodes/0", "/params", Value::undefined(), {})).has_value());
    QVERIFY(document.apply(edits::set(root(), {}, "/name", Value::undefined(), {})).has_value());
    QVERIFY(
        document.apply({QStringLiteral("Add"), {{"/nodes/1", Value::undefined(), parsed("{\"id\":\"n\"}"), {}}}, {}})
            .has_value());
    QCOMPARE(document.root()["nodes"].size(), std::size_t(3));
    QCOMPARE(document.root()["nodes"].at(2)["retry"]["maxAttempts"], Value(3));
    QCOMPARE(document.root()["nodes"].at(0)["odd"], Value(7));
    QVERIFY(document.isDirty());
    const auto after = writeJson(document.root());
    QCOMPARE(document.undoStack().count(), 5);
    document.undoStack().setIndex(0);
    // To the byte: members are back at their places too.
    QCOMPARE(writeJson(document.root()), before);
    QVERIFY(!document.isDirty());
    document.undoStack().setIndex(5);
    QCOMPARE(writeJson(document.root()), after);
}

void TestDocument::randomEditsUndoToTheStart() {
    const auto seed = std::random_device()();
    std::mt19937 random(seed);
    qInfo("seed %u", seed);
    WorkflowDocument document;
    document.open(detailOf(kSmall));
    const auto before = writeJson(document.root());
    const std::vector<std::string> places{"/name",          "/nodes/0/params/message", "/nodes/1/retry/backoff",
                                          "/nodes/0/title", "/layout/positions/b",     "/nodes/1/params/deep/er",
                                          "/x-mine/a/0"};
    for (int i = 0; i < 300; ++i) {
        const auto& place = places[random() % places.size()];
        const auto value = random() % 3 == 0 ? Value::undefined() : Value(static_cast<int>(random() % 5));
        if (random() % 4 == 0) document.endGesture();
        if (random() % 8 == 0) document.undoStack().undo();
        const bool item = place.ends_with("/a/0") && value.isUndefined();
        if (!item) static_cast<void>(document.apply(edits::set(document.root(), {}, place, value, {})));
    }
    const auto after = writeJson(document.root());
    const auto top = document.undoStack().index();
    document.undoStack().setIndex(0);
    QCOMPARE(writeJson(document.root()), before);
    document.undoStack().setIndex(top);
    QCOMPARE(writeJson(document.root()), after);
}

void TestDocument::typingIsOneStep() {
    WorkflowDocument document;
    document.open(detailOf(kSmall));
    const auto type = [&](const char* text) {
        return document.apply(edits::set(document.root(), {}, "/name", Value(text), QStringLiteral("Name")))
            .has_value();
    };
    QVERIFY(type("N") && type("Ne") && type("New"));
    QCOMPARE(document.undoStack().count(), 1);
    document.endGesture();
    QVERIFY(type("Newe") && type("Newer"));
    QCOMPARE(document.undoStack().count(), 2);
    document.undoStack().undo();
    QCOMPARE(document.root()["name"], Value("New"));
    document.undoStack().undo();
    QCOMPARE(document.root()["name"], Value("W"));
    // Typed and taken back is no step at all.
    document.endGesture();
    QVERIFY(type("Wx") && type("W"));
    QVERIFY(!document.undoStack().canUndo());
    QVERIFY(!document.isDirty());
}

void TestDocument::memberComesBackToItsPlace() {
    WorkflowDocument document;
    document.open(detailOf(kSmall));
    const auto before = writeJson(document.root());
    for (const auto& value : {Value::undefined(), Value("again")}) {
        QVERIFY(document.apply(edits::set(document.root(), {}, "/name", value, {})).has_value());
    }
    QCOMPARE(document.undoStack().count(), 1);
    document.undoStack().undo();
    QCOMPARE(writeJson(document.root()), before);
}

void TestDocument::dragIsOneStep() {
    WorkflowDocument document;
    auto detail = detailOf(kSmall);
    detail.graph.nodes.resize(2);
    detail.graph.nodes[0].id = "a";
    detail.graph.nodes[1].id = "b";
    document.open(detail);
    QSignalSpy drawn(&document, &WorkflowDocument::graphChanged);
    for (int x = 8; x <= 80; x += 8) {
        const auto edit = edits::moveNodes(
            document.root(), {{QStringLiteral("a"), QPointF(x, 0)}, {QStringLiteral("b"), QPointF(x, 96)}});
        QVERIFY(document.apply(edit).has_value());
    }
    QCOMPARE(document.undoStack().count(), 1);
    QCOMPARE(document.graph().nodes[1].x, 80.0);
    QVERIFY(document.graph().nodes[1].placed);
    QVERIFY(drawn.count() >= 10);
    document.undoStack().undo();
    QCOMPARE(document.root()["layout"]["positions"].size(), std::size_t(1));
    QVERIFY(!document.graph().nodes[1].placed);
}

void TestDocument::staleEditChangesNothing() {
    WorkflowDocument document;
    document.open(detailOf(kSmall));
    auto edit = edits::set(document.root(), {}, "/name", Value("Mine"), {});
    QVERIFY(document.apply(edits::set(document.root(), {}, "/name", Value("Theirs"), {})).has_value());
    const auto refused = document.apply(edit);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("edit.stale"));
    QCOMPARE(document.root()["name"], Value("Theirs"));
    QCOMPARE(document.undoStack().count(), 1);
}

void TestDocument::unsettingLeavesNoEmptyHull() {
    WorkflowDocument document;
    document.open(detailOf(kSmall));
    QVERIFY(document.apply(edits::set(document.root(), "/nodes/1", "/retry/maxAttempts", Value(3), {})).has_value());
    QVERIFY(document.apply(edits::set(document.root(), "/nodes/1", "/retry/maxAttempts", Value::undefined(), {}))
                .has_value());
    QVERIFY(document.root()["nodes"].at(1)["retry"].isUndefined());
    QCOMPARE(document.root()["nodes"].at(1)["id"], Value("b"));
    QVERIFY(!document.isDirty());
}

void TestDocument::renameFollowsWires() {
    WorkflowDocument document;
    document.open(detailOf(kSmall));
    const auto edit = edits::renameNode(document.root(), QStringLiteral("a"), QStringLiteral("first"));
    QVERIFY(edit.has_value());
    QVERIFY(document.apply(*edit).has_value());
    QCOMPARE(document.root()["edges"].at(0)["from"], Value("first.output"));
    QCOMPARE(document.root()["layout"]["groups"].at(0)["nodes"].at(0), Value("first"));
    QVERIFY(document.root()["layout"]["positions"]["first"].isArray());
    QVERIFY(!edits::renameNode(document.root(), QStringLiteral("first"), QStringLiteral("b")).has_value());
    QVERIFY(!edits::renameNode(document.root(), QStringLiteral("first"), QStringLiteral("9")).has_value());
    document.undoStack().undo();
    QVERIFY(!document.isDirty());
}

void TestDocument::unreadableTextCanBeMended() {
    WorkflowDocument document;
    document.open(detailOf("{\"format\": 1,"));
    QVERIFY(!document.isReadable());
    QCOMPARE(document.text(), std::string("{\"format\": 1,"));
    QVERIFY(!document.apply(edits::set(document.root(), {}, "/name/deep", Value("x"), {})).has_value() ||
            document.root().isObject());
    document.undoStack().setIndex(0);
    QVERIFY(
        document.apply(edits::replaceDocument(document.root(), parsed(kSmall), QStringLiteral("Mend"))).has_value());
    QVERIFY(document.isReadable() && document.isDirty());
    document.undoStack().undo();
    QVERIFY(!document.isReadable());
    QCOMPARE(document.text(), std::string("{\"format\": 1,"));
}

void TestDocument::validatesWhatIsTyped() {
    openEmbedded();
    auto& document = session_->document();
    QVERIFY(!document.hasErrors());
    QSignalSpy findings(&document, &WorkflowDocument::findingsChanged);
    QVERIFY(document.apply(edits::set(document.root(), "/nodes/0", "/params/mode", Value("nonsense"), {})).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(document.hasErrors(), kPatience);
    QCOMPARE(document.findings().front().pointer, std::string("/nodes/0/params/mode"));
    QCOMPARE(document.findings().front().line, 0U);
    document.undoStack().undo();
    QTRY_VERIFY_WITH_TIMEOUT(!document.hasErrors(), kPatience);
    // A burst of edits asks a few times, not once each.
    findings.clear();
    for (int i = 0; i < 50; ++i) QVERIFY(document.apply(setName(("n" + std::to_string(i)).c_str())).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(!session_->isValidating(), kPatience);
}

void TestDocument::savesAndIsClean() {
    openEmbedded();
    auto& document = session_->document();
    QVERIFY(document.apply(edits::set(document.root(), "/nodes/0", "/odd", Value(7), {})).has_value());
    QVERIFY(document.apply(setName("Renamed")).has_value());
    session_->save();
    QVERIFY(session_->isSaving());
    QTRY_VERIFY_WITH_TIMEOUT(!document.isDirty(), kPatience);
    QVERIFY(file().contains("Renamed"));
    QVERIFY(file().contains("\"odd\": 7"));
    // The history outlives the save.
    document.undoStack().undo();
    QCOMPARE(document.root()["name"], Value("Failing"));
    QVERIFY(document.isDirty());
    session_->save();
    QTRY_VERIFY_WITH_TIMEOUT(!document.isDirty(), kPatience);
    QVERIFY(!file().contains("Renamed"));
}

void TestDocument::editsWhileSavingStay() {
    openEmbedded();
    auto& document = session_->document();
    QVERIFY(document.apply(setName("One")).has_value());
    session_->save();
    QVERIFY(document.apply(setName("Two")).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(!session_->isSaving(), kPatience);
    QVERIFY(file().contains("\"One\""));
    QCOMPARE(document.root()["name"], Value("Two"));
    QVERIFY(document.isDirty());
    session_->save();
    QTRY_VERIFY_WITH_TIMEOUT(!document.isDirty(), kPatience);
    QVERIFY(file().contains("\"Two\""));
}

void TestDocument::conflictIsForThePersonToDecide() {
    openEmbedded();
    auto& document = session_->document();
    QVERIFY(document.apply(setName("Mine")).has_value());
    writeFile("Theirs");
    QSignalSpy conflict(session_.get(), &DocumentSession::conflict);
    session_->save();
    QTRY_VERIFY_WITH_TIMEOUT(conflict.count() > 0, kPatience);
    QVERIFY(file().contains("Theirs"));
    QVERIFY(document.isDirty());
    session_->reload();
    QCOMPARE(document.root()["name"], Value("Theirs"));
    QVERIFY(!document.isDirty());
    // What was mine comes back by undo, and overwrites only when told to.
    document.undoStack().undo();
    QCOMPARE(document.root()["name"], Value("Mine"));
    writeFile("Others");
    session_->save();
    QTRY_VERIFY_WITH_TIMEOUT(session_->outside() != nullptr, kPatience);
    session_->overwrite();
    QTRY_VERIFY_WITH_TIMEOUT(!document.isDirty(), kPatience);
    QVERIFY(file().contains("Mine"));
    QVERIFY(!session_->outside());
}

void TestDocument::outsideChangeWithoutEditsIsTaken() {
    openEmbedded();
    writeFile("Theirs");
    QSignalSpy taken(session_.get(), &DocumentSession::tookOver);
    session_->checkOutside();
    QTRY_COMPARE_WITH_TIMEOUT(taken.count(), 1, kPatience);
    QCOMPARE(session_->document().root()["name"], Value("Theirs"));
    QVERIFY(!session_->document().isDirty());
}

void TestDocument::copyKeepsBoth() {
    openEmbedded();
    auto& document = session_->document();
    QVERIFY(document.apply(setName("Mine")).has_value());
    writeFile("Theirs");
    session_->checkOutside();
    QTRY_VERIFY_WITH_TIMEOUT(session_->outside() != nullptr, kPatience);
    QSignalSpy saved(session_.get(), &DocumentSession::copySaved);
    session_->saveCopy(QStringLiteral("failing-copy"));
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
    QCOMPARE(document.root()["name"], Value("Theirs"));
    QVERIFY(!document.isDirty());
    bool mine = false;
    client_->workflows()
        .get(QStringLiteral("failing-copy"))
        .then(session_.get(),
              [&](const Result<protocol::WorkflowDetail>& reply) { mine = reply && reply->summary.name == "Mine"; });
    QTRY_VERIFY_WITH_TIMEOUT(mine, kPatience);
}

QTEST_MAIN(TestDocument)
#include "test_document.moc"
