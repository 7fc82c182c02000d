#include "store/write_session.h"

#include <array>

#include <fmt/format.h>

#include "store/leases.h"

namespace signalbox::store {
namespace {

constexpr std::size_t kMaxHeads = 200'000;
constexpr std::array<std::string_view, 7> kRefusals{"store.fenced",        "store.duplicate-key", "store.run-exists",
                                                    "store.run-not-found", "store.sequence",      "store.incomplete",
                                                    "run.not-found"};

Status checkSequence(const EncodedAppend& batch, std::uint64_t lastSeq) {
    for (const EncodedRecord& record : batch.records) {
        ++lastSeq;
        if (record.row.seq == static_cast<std::int64_t>(lastSeq)) continue;
        const bool gap = record.row.seq > static_cast<std::int64_t>(lastSeq);
        return fail("store.sequence",
                    fmt::format("Record {} of run {} does not follow record {}", record.row.seq, batch.run.toString(),
                                lastSeq - 1),
                    batch.run.toString(),
                    gap ? "An earlier batch of this run was not written; write that one first."
                        : "The record was written before.",
                    gap);
    }
    return {};
}

void bindOptional(Query& query, std::int64_t value, std::int64_t none) {
    if (value == none) {
        query.null();
    } else {
        query.integer(value);
    }
}

void bindRecord(Query& query, std::int64_t run, const EncodedAppend& batch, const EncodedRecord& record) {
    const RecordRow& row = record.row;
    query.integer(run).integer(row.seq).integer(row.kind);
    bindOptional(query, row.node, engine::kNoNode);
    bindOptional(query, row.item, engine::kNoItem);
    query.integer(row.generation).integer(row.attempt).integer(row.token);
    query.integer(row.wall).integer(row.monotonic).integer(row.took);
    if (record.form == PayloadForm::Inline) {
        query.text(batch.payload(record)).null();
    } else if (record.form == PayloadForm::Blob) {
        query.null().blob({record.hash.data(), record.hash.size()});
    } else {
        query.null().null();
    }
    query.integer(static_cast<std::int64_t>(record.checksum));
}

}  // namespace

Status WriteSession::begin() {
    SIGNALBOX_QUERY(query, database_, "BEGIN IMMEDIATE");
    SIGNALBOX_CHECK(query.run());
    SIGNALBOX_TRY(const std::int64_t version, database_.integer("PRAGMA data_version"));
    if (version != dataVersion_ || heads_.size() > kMaxHeads) forgetEverything();
    dataVersion_ = version;
    return {};
}

Status WriteSession::commit() {
    SIGNALBOX_CHECK(writeCounts());
    SIGNALBOX_QUERY(query, database_, "COMMIT");
    return query.run();
}

void WriteSession::rollback() {
    forgetEverything();
    if (!database_.inTransaction()) return;  // after some failures SQLite has rolled back by itself
    if (auto rollback = database_.statement("ROLLBACK")) {
        static_cast<void>(Query(**rollback).run());
    }
}

void WriteSession::forgetEverything() {
    heads_.clear();
    leases_.clear();
    counts_.clear();
}

bool WriteSession::isRefusal(const Error& error) {
    for (const std::string_view code : kRefusals) {
        if (error.code == code) return true;
    }
    return false;
}

Status WriteSession::append(const EncodedAppend& batch) { return batch.create ? create(batch) : extend(batch); }

Status WriteSession::checkCreate(const EncodedAppend& batch) {
    if (!batch.summary) {
        return fail("store.incomplete", "A run's first batch must bring its summary", batch.run.toString());
    }
    SIGNALBOX_TRY(const auto existing, readHead(database_, batch.run));
    if (existing) return fail("store.run-exists", "The run is in the database already", batch.run.toString());
    SIGNALBOX_CHECK(checkSequence(batch, 0));
    if (batch.summary->idempotencyKey.empty()) return {};
    SIGNALBOX_QUERY(key, database_,
                    "SELECT id FROM runs WHERE workflow_id = ? AND idempotency_key = ? AND idempotency_key <> ''");
    SIGNALBOX_TRY(const bool taken, key.text(batch.summary->workflowId).text(batch.summary->idempotencyKey).step());
    if (!taken) return {};
    return fail("store.duplicate-key",
                fmt::format("The idempotency key \"{}\" was used before", batch.summary->idempotencyKey),
                idFromBytes(key.columnText(0)).toString(), "The run of that key is the one to look at.");
}

Status WriteSession::create(const EncodedAppend& batch) {
    SIGNALBOX_CHECK(checkCreate(batch));
    const engine::RunSummary& summary = *batch.summary;
    RunHead head;
    SIGNALBOX_TRY(head.row, insertRun(database_, summary, batch.token, batch.owner));
    SIGNALBOX_CHECK(writeRecords(head.row, batch));
    SIGNALBOX_CHECK(takeLease(batch.owner));
    count(summary.workflowId, summary.status, 1);
    head.token = batch.token;
    head.status = summary.status;
    head.lastSeq = batch.records.size();
    head.workflowId = summary.workflowId;
    if (!engine::isTerminal(summary.status)) heads_.insert_or_assign(batch.run, std::move(head));
    return {};
}

Status WriteSession::extend(const EncodedAppend& batch) {
    SIGNALBOX_TRY(RunHead * head, this->head(batch.run));
    if (batch.token != head->token) {
        return fail("store.fenced",
                    fmt::format("Run {} has another owner: its token is {}, not {}", batch.run.toString(), head->token,
                                batch.token),
                    batch.run.toString(), "Stop working on this run here; its new owner goes on with it.");
    }
    SIGNALBOX_CHECK(checkSequence(batch, head->lastSeq));
    SIGNALBOX_CHECK(writeRecords(head->row, batch));
    head->lastSeq += batch.records.size();
    if (!batch.summary) return {};
    SIGNALBOX_CHECK(updateRun(database_, *head, *batch.summary));
    if (batch.summary->status != head->status) {
        count(head->workflowId, head->status, -1);
        count(head->workflowId, batch.summary->status, 1);
        head->status = batch.summary->status;
    }
    if (engine::isTerminal(head->status)) heads_.erase(batch.run);
    return {};
}

Result<RunHead*> WriteSession::head(RunId run) {
    if (const auto known = heads_.find(run); known != heads_.end()) return &known->second;
    SIGNALBOX_TRY(auto read, readHead(database_, run));
    if (!read) return fail("store.run-not-found", "The run is not in the database", run.toString());
    return &heads_.insert_or_assign(run, std::move(*read)).first->second;
}

Status WriteSession::takeLease(const std::string& owner) {
    if (owner.empty()) return {};
    const Micros now = clock_.monotonicNow();
    Micros& until = leases_[owner];
    if (until - now > leaseTtl_ / 2) return {};
    SIGNALBOX_TRY(until, extendLease(database_, owner, boot_, now, now + leaseTtl_));
    return {};
}

Status WriteSession::writeRecords(std::int64_t run, const EncodedAppend& batch) {
    SIGNALBOX_QUERY(query, database_,
                    "INSERT INTO journal (run, seq, kind, node, item, generation, attempt, token, wall, mono, took,"
                    " payload, blob, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const EncodedRecord& record : batch.records) {
        if (record.form == PayloadForm::Blob) SIGNALBOX_CHECK(writeBlob(record.hash, batch.payload(record)));
        bindRecord(query, run, batch, record);
        SIGNALBOX_CHECK(query.run());
    }
    return {};
}

Status WriteSession::writeBlob(const BlobHash& hash, std::string_view data) {
    const std::string_view key(hash.data(), hash.size());
    SIGNALBOX_QUERY(share, database_, "UPDATE blobs SET refs = refs + 1 WHERE hash = ?");
    SIGNALBOX_CHECK(share.blob(key).run());
    if (database_.changes() > 0) return {};
    SIGNALBOX_QUERY(insert, database_, "INSERT INTO blobs (hash, size, refs) VALUES (?, ?, 1)");
    SIGNALBOX_CHECK(insert.blob(key).integer(static_cast<std::int64_t>(data.size())).run());
    SIGNALBOX_QUERY(content, database_, "INSERT INTO blob_data (id, data) VALUES (?, ?)");
    return content.integer(database_.lastInsertRow()).blob(data).run();
}

Status WriteSession::quarantine(RunId run, const std::string& reason) {
    SIGNALBOX_TRY(const auto found, readHead(database_, run));
    if (!found) return fail("run.not-found", "There is no such run", run.toString());
    heads_.erase(run);
    SIGNALBOX_QUERY(query, database_,
                    "UPDATE runs SET status = ?, token = token + 1, quarantine_reason = ?,"
                    " error_code = 'run.quarantined', error_message = ? WHERE row = ?");
    query.integer(static_cast<std::int64_t>(engine::RunStatus::Quarantined)).text(reason).text(reason);
    SIGNALBOX_CHECK(query.integer(found->row).run());
    count(found->workflowId, found->status, -1);
    count(found->workflowId, engine::RunStatus::Quarantined, 1);
    return {};
}

void WriteSession::count(const std::string& workflowId, engine::RunStatus status, std::int64_t change) {
    counts_[{workflowId, status}] += change;
}

Status WriteSession::writeCounts() {
    for (const auto& [key, change] : counts_) {
        if (change == 0) continue;
        SIGNALBOX_QUERY(query, database_,
                        "INSERT INTO run_counts (workflow_id, status, runs) VALUES (?, ?, ?)"
                        " ON CONFLICT (workflow_id, status) DO UPDATE SET runs = runs + excluded.runs");
        query.text(key.first).integer(static_cast<std::int64_t>(key.second)).integer(change);
        SIGNALBOX_CHECK(query.run());
    }
    counts_.clear();
    return {};
}

}  // namespace signalbox::store
