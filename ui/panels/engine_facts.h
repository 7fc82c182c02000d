// What the engine's numbers say, as rows of name and value.
#pragma once

#include <QCoreApplication>
#include <QList>

#include "protocol/engine_dto.h"
#include "ui/widgets/key_value_table.h"

namespace signalbox::ui {

/// Rows by what they are about. Pure: the same numbers give the same rows.
class EngineFacts {
    Q_DECLARE_TR_FUNCTIONS(EngineFacts)
public:
    static QList<KeyValueTable::Row> pool(const protocol::EngineStatsDto& stats);
    static QList<KeyValueTable::Row> journal(const protocol::EngineStatsDto& stats);
    static QList<KeyValueTable::Row> storage(const protocol::EngineStatsDto& stats);
    static QList<KeyValueTable::Row> retention(const protocol::EngineStatsDto& stats, std::int64_t now);
    static QList<KeyValueTable::Row> processes(const protocol::EngineStatsDto& stats);
};

}  // namespace signalbox::ui
