// Private to Idempotency: the keys that were used, in a SQLite file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/exchange.h"

namespace signalbox::sqlite {
class SqliteFile;
}

namespace signalbox::gateway {

/// What is written down of one key.
struct KeyRow {
    enum class State : std::uint8_t {
        UnderWay,  ///< begun, and not answered as far as the file knows
        Answered,
        Unkept,  ///< answered, with an answer that must not be on a disk
    };
    std::string name;         ///< a hash of whose key it is, and the key
    std::string fingerprint;  ///< empty: not written, because it would help to guess a secret
    Micros at = 0;            ///< wall clock: begun, answered, or (of Forget) what was written until then goes
    State state = State::UnderWay;
    HttpResponse response;  ///< of Answered
};

/// One thing to be written.
struct KeyChange {
    enum class Kind : std::uint8_t { Begin, Keep, Forget };
    Kind kind = Kind::Begin;
    KeyRow row;
    /// Of Begin: what is there from that time or before has been forgotten, and is replaced.
    Micros forgottenUntil = std::numeric_limits<Micros>::min();
};

/// What became of a change: of one that begins, what was there under that name; nothing: it is done. Or "store.*".
using KeyOutcome = Result<std::optional<KeyRow>>;

/// Each time it is opened it is another instance, whose number is in the rows it begins: whoever has the file open
/// knows by it which keys are its own. Used by one thread at a time. Errors "store.*" (sqlite/sqlite_file.h).
class IdempotencyFile {
public:
    [[nodiscard]] static Result<std::unique_ptr<IdempotencyFile>> open(const std::filesystem::path& path);
    IdempotencyFile(const IdempotencyFile&) = delete;
    IdempotencyFile& operator=(const IdempotencyFile&) = delete;
    ~IdempotencyFile();

    /// Oldest first.
    [[nodiscard]] Result<std::vector<KeyRow>> load();
    /// With one commit. On disk when it returns, if anything begins in it; the rest survives the end of the process,
    /// and a loss of power only makes keys look unanswered. Gives for each change what became of it, in their order:
    /// one that is refused for itself leaves the others as they are. An error of the whole: nothing is written. A key
    /// of this instance that is still under way in the file is begun anew: whoever begins knows that nobody is at it.
    [[nodiscard]] Result<std::vector<KeyOutcome>> write(const std::vector<KeyChange>& changes);

private:
    explicit IdempotencyFile(std::unique_ptr<sqlite::SqliteFile> file);
    [[nodiscard]] Status setDurable(bool durable);
    [[nodiscard]] KeyOutcome apply(const KeyChange& change);
    [[nodiscard]] KeyOutcome begin(const KeyChange& change);
    [[nodiscard]] KeyOutcome keep(const KeyRow& row);
    [[nodiscard]] KeyOutcome forget(const KeyRow& row);

    std::unique_ptr<sqlite::SqliteFile> file_;
    const std::int64_t instance_;
    bool durable_ = true;
};

}  // namespace signalbox::gateway
