#include "support/fault_vfs.h"

#include <array>
#include <cstring>
#include <mutex>
#include <new>
#include <string_view>

#include <sqlite3.h>

namespace signalbox::test {

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

struct FaultVfs::State {
    explicit State(std::string vfsName) : name(std::move(vfsName)), real(sqlite3_vfs_find(nullptr)) {}

    /// The fault that this operation meets, if any; counts it. `end` is how large the file must be for it.
    std::optional<Fault> meet(FileOperation operation, FileKind file, std::uint64_t end = 0) {
        std::function<void(FileOperation, FileKind)> watch;
        std::optional<Fault> met;
        {
            const std::scoped_lock lock(mutex);
            ++counts.at(static_cast<std::size_t>(operation)).at(static_cast<std::size_t>(file));
            watch = observer;
            if (end > limits.at(static_cast<std::size_t>(file))) {
                met = Fault::NoSpace;
                ++failed;
            }
            if (rule && rule->operation == operation && (!rule->file || *rule->file == file)) {
                ++fitting;
                const bool reached = fitting >= rule->first && fitting - rule->first < rule->count;
                if (reached) {
                    met = rule->fault;
                    ++failed;
                }
            }
        }
        if (watch) watch(operation, file);
        return met;
    }

    const std::string name;
    sqlite3_vfs* const real;
    sqlite3_vfs vfs{};
    mutable std::mutex mutex;
    std::optional<FaultRule> rule;
    std::array<std::uint64_t, 3> limits{kNoLimit, kNoLimit, kNoLimit};
    std::uint64_t fitting = 0;
    std::uint64_t failed = 0;
    std::array<std::array<std::uint64_t, 3>, 3> counts{};
    std::function<void(FileOperation, FileKind)> observer;
};

namespace {

/// SQLite allocates szOsFile bytes: this, and the real file behind it.
struct FaultFile {
    sqlite3_file base;
    FaultVfs::State* state;
    FileKind kind;
    sqlite3_file* real;
};

FaultFile* self(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return self(file)->real; }
FaultVfs::State* state(sqlite3_vfs* vfs) { return static_cast<FaultVfs::State*>(vfs->pAppData); }

FileKind kindOf(int flags) {
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) return FileKind::Database;
    if ((flags & SQLITE_OPEN_WAL) != 0) return FileKind::Log;
    return FileKind::Other;
}

int closeFile(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }

int readFile(sqlite3_file* file, void* data, int size, sqlite3_int64 at) {
    if (self(file)->state->meet(FileOperation::Read, self(file)->kind)) return SQLITE_IOERR_READ;
    return real(file)->pMethods->xRead(real(file), data, size, at);
}

int writeFile(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    const auto end = static_cast<std::uint64_t>(at) + static_cast<std::uint64_t>(size);
    const auto fault = self(file)->state->meet(FileOperation::Write, self(file)->kind, end);
    if (fault == Fault::NoSpace) return SQLITE_FULL;
    if (fault == Fault::IoError) return SQLITE_IOERR_WRITE;
    if (fault == Fault::TornWrite) {
        real(file)->pMethods->xWrite(real(file), data, size / 2, at);
        return SQLITE_IOERR_WRITE;
    }
    return real(file)->pMethods->xWrite(real(file), data, size, at);
}

int syncFile(sqlite3_file* file, int flags) {
    const auto fault = self(file)->state->meet(FileOperation::Sync, self(file)->kind);
    if (fault == Fault::NoSpace) return SQLITE_FULL;
    if (fault) return SQLITE_IOERR_FSYNC;
    return real(file)->pMethods->xSync(real(file), flags);
}

const sqlite3_io_methods kMethods = {
    3,
    closeFile,
    readFile,
    writeFile,
    [](sqlite3_file* f, sqlite3_int64 size) { return real(f)->pMethods->xTruncate(real(f), size); },
    syncFile,
    [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* held) { return real(f)->pMethods->xCheckReservedLock(real(f), held); },
    [](sqlite3_file* f, int op, void* arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** data) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, data);
    },
    [](sqlite3_file* f, int at, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), at, n, flags); },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    [](sqlite3_file* f, sqlite3_int64 at, int n, void** data) {
        return real(f)->pMethods->xFetch(real(f), at, n, data);
    },
    [](sqlite3_file* f, sqlite3_int64 at, void* data) { return real(f)->pMethods->xUnfetch(real(f), at, data); },
};

int openFile(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* outFlags) {
    auto* opened = new (file) FaultFile{};
    opened->state = state(vfs);
    opened->kind = kindOf(flags);
    opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
    sqlite3_vfs* below = state(vfs)->real;
    const int code = below->xOpen(below, name, opened->real, flags, outFlags);
    opened->base.pMethods = opened->real->pMethods != nullptr ? &kMethods : nullptr;
    return code;
}

void fillVfs(FaultVfs::State& state) {
    // Everything but opening goes straight to the system's VFS, which keeps no state of its own in the struct.
    state.vfs = *state.real;
    state.vfs.zName = state.name.c_str();
    state.vfs.pNext = nullptr;
    state.vfs.pAppData = &state;
    state.vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + state.real->szOsFile;
    state.vfs.xOpen = openFile;
    state.vfs.xDelete = [](sqlite3_vfs* v, const char* name, int sync) {
        return ::signalbox::test::state(v)->real->xDelete(::signalbox::test::state(v)->real, name, sync);
    };
    state.vfs.xAccess = [](sqlite3_vfs* v, const char* name, int flags, int* out) {
        return ::signalbox::test::state(v)->real->xAccess(::signalbox::test::state(v)->real, name, flags, out);
    };
    state.vfs.xFullPathname = [](sqlite3_vfs* v, const char* name, int size, char* out) {
        return ::signalbox::test::state(v)->real->xFullPathname(::signalbox::test::state(v)->real, name, size, out);
    };
}

}  // namespace

FaultVfs::FaultVfs(std::string name) : state_(std::make_shared<State>(std::move(name))) {
    fillVfs(*state_);
    sqlite3_vfs_register(&state_->vfs, 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(&state_->vfs); }

const std::string& FaultVfs::name() const { return state_->name; }

void FaultVfs::inject(const FaultRule& rule) {
    const std::scoped_lock lock(state_->mutex);
    state_->rule = rule;
    state_->fitting = 0;
}

void FaultVfs::heal() {
    const std::scoped_lock lock(state_->mutex);
    state_->rule.reset();
    state_->limits.fill(kNoLimit);
}

void FaultVfs::limit(FileKind file, std::uint64_t bytes) {
    const std::scoped_lock lock(state_->mutex);
    state_->limits.at(static_cast<std::size_t>(file)) = bytes;
}

std::uint64_t FaultVfs::faults() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->failed;
}

std::uint64_t FaultVfs::count(FileOperation operation, FileKind file) const {
    const std::scoped_lock lock(state_->mutex);
    return state_->counts.at(static_cast<std::size_t>(operation)).at(static_cast<std::size_t>(file));
}

void FaultVfs::observe(std::function<void(FileOperation, FileKind)> observer) {
    const std::scoped_lock lock(state_->mutex);
    state_->observer = std::move(observer);
}

}  // namespace signalbox::test
