#include "ui/document/document_session.h"

#include "base/json.h"
#include "ui/document/document_journal.h"
#include "ui/document/workflow_edits.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr int kThrottleMilliseconds = 100;

}  // namespace

DocumentSession::DocumentSession(client::GatewayClient& client, std::string journalFolder, std::string gatewayKey,
                                 QObject* parent)
    : QObject(parent),
      client_(client),
      journal_(std::make_unique<DocumentJournal>(document_, std::move(journalFolder), std::move(gatewayKey))) {
    throttle_.setSingleShot(true);
    throttle_.setInterval(kThrottleMilliseconds);
    connect(&throttle_, &QTimer::timeout, this, &DocumentSession::validate);
    connect(&document_, &WorkflowDocument::changed, this, &DocumentSession::scheduleValidation);
    connect(journal_.get(), &DocumentJournal::failed, this,
            [this](const Error& error) { Q_EMIT failed(error, std::function<void()>()); });
}

DocumentSession::~DocumentSession() = default;

void DocumentSession::open(const protocol::WorkflowDetail& detail) {
    throttle_.stop();
    setOutside({});
    document_.open(detail);
}

void DocumentSession::restore(const RecoveredEdits& edits, const protocol::WorkflowDetail& current) {
    auto detail = current;
    detail.text = edits.header.base;
    detail.etag = edits.header.etag;
    open(detail);
    journal_->carryOn(edits);
    auto edit = edits::replaceDocument(document_.root(), edits.document, tr("Restore unsaved edits"));
    static_cast<void>(document_.apply(std::move(edit)));
    document_.endGesture();
    noticeOutside(current);
}

// The first edit waits a tenth of a second for others; while a request is on its way the next one waits for it.
void DocumentSession::scheduleValidation() {
    stale_ = true;
    if (!validating_ && !throttle_.isActive()) throttle_.start();
}

void DocumentSession::validate() {
    stale_ = false;
    validating_ = true;
    const auto revision = document_.revision();
    client_.workflows()
        .validate(document_.text())
        .then(this, [this, revision](const Result<protocol::ValidationReport>& reply) {
            validating_ = false;
            if (stale_) throttle_.start();
            if (revision == document_.revision()) takeReport(reply);
        });
}

void DocumentSession::takeReport(const Result<protocol::ValidationReport>& reply) {
    if (!reply) {
        Q_EMIT failed(reply.error(), [this] { scheduleValidation(); });
        return;
    }
    auto report = *reply;
    // Lines are those of the text that was sent, which nobody sees.
    for (auto& finding : report.findings) finding.line = finding.column = 0;
    document_.setReport(report);
}

void DocumentSession::save() {
    if (!saving_ && document_.isDirty()) send(document_.etag());
}

void DocumentSession::saveThen(std::function<void()> done) {
    if (!document_.isDirty()) return done();
    afterSave_ = std::move(done);
    save();
}

void DocumentSession::send(const QString& expectedEtag) {
    saving_ = true;
    Q_EMIT savingChanged();
    document_.endGesture();
    client_.workflows()
        .save(document_.text(), expectedEtag)
        .then(this, [this, sent = document_.root()](const Result<protocol::WorkflowDetail>& reply) {
            finishSave(sent, reply);
        });
}

void DocumentSession::finishSave(const Value& sent, const Result<protocol::WorkflowDetail>& reply) {
    saving_ = false;
    Q_EMIT savingChanged();
    auto after = std::exchange(afterSave_, nullptr);
    if (reply) {
        setOutside({});
        document_.adoptSaved(sent, *reply);
        Q_EMIT saved(*reply);
        if (after) after();
    } else if (reply.error().code == "workflow.conflict") {
        fetchForConflict();
    } else {
        Q_EMIT failed(reply.error(), [this, after] {
            afterSave_ = after;
            save();
        });
    }
}

void DocumentSession::fetchForConflict() {
    client_.workflows().get(document_.id()).then(this, [this](const Result<protocol::WorkflowDetail>& reply) {
        if (reply) {
            noticeOutside(*reply);
        } else {
            Q_EMIT failed(reply.error(), [this] { save(); });
        }
    });
}

void DocumentSession::setOutside(std::optional<protocol::WorkflowDetail> detail) {
    const bool was = outside_.has_value();
    outside_ = std::move(detail);
    if (outside_) {
        Q_EMIT conflict();
    } else if (was) {
        Q_EMIT conflictEnded();
    }
}

void DocumentSession::checkOutside() {
    if (checking_ || saving_ || document_.id().isEmpty()) return;
    checking_ = true;
    client_.workflows().get(document_.id()).then(this, [this](const Result<protocol::WorkflowDetail>& reply) {
        checking_ = false;
        // A file that is gone stays open to be saved again; the next save tells.
        if (reply && !saving_) noticeOutside(*reply);
    });
}

void DocumentSession::noticeOutside(const protocol::WorkflowDetail& detail) {
    if (toQString(detail.summary.id) != document_.id() || toQString(detail.etag) == document_.etag()) return;
    if (outside_ && outside_->etag == detail.etag) return;
    if (document_.isDirty()) {
        setOutside(detail);
    } else {
        document_.open(detail);
        Q_EMIT tookOver(detail);
    }
}

void DocumentSession::reload() {
    if (!outside_) return;
    const auto detail = *std::exchange(outside_, std::nullopt);
    const auto theirs = parseJson(detail.text);
    if (theirs && theirs->isObject()) {
        // As a step: what was edited here can be had back.
        document_.rebase(detail);
        document_.endGesture();
        auto edit = edits::replaceDocument(document_.root(), *theirs, tr("Reload from the file"));
        static_cast<void>(document_.apply(std::move(edit)));
    } else {
        document_.open(detail);
    }
    Q_EMIT tookOver(detail);
    Q_EMIT conflictEnded();
}

void DocumentSession::overwrite() {
    if (!outside_ || saving_) return;
    send(toQString(outside_->etag));
}

void DocumentSession::saveCopy(const QString& newId) {
    auto copy = document_.root().with("id", newId.toStdString());
    client_.workflows()
        .save(writeJson(copy, JsonStyle::Pretty), {})
        .then(this, [this, newId](const Result<protocol::WorkflowDetail>& reply) {
            if (!reply) {
                Q_EMIT failed(reply.error(), [this, newId] { saveCopy(newId); });
                return;
            }
            if (outside_) {
                const auto detail = *outside_;
                open(detail);
                Q_EMIT tookOver(detail);
            }
            Q_EMIT copySaved(newId);
        });
}

}  // namespace signalbox::ui
