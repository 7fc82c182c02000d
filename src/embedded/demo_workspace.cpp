#include "embedded/demo_workspace.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>
#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/value.h"

/// Q_INIT_RESOURCE works outside of namespaces only.
static void initialiseDemoResource() { Q_INIT_RESOURCE(demo); }

namespace signalbox::embedded {

namespace fs = std::filesystem;

namespace {

constexpr const char* kResource = ":/demo";
/// Remembers what was copied, by its hash, to tell edited files from old ones.
constexpr const char* kRecord = ".signalbox/demo.json";

std::vector<QString> resourceFiles() {
    std::vector<QString> files;
    QDirIterator it(kResource, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) files.push_back(QDir(kResource).relativeFilePath(it.next()));
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::string> resourceText(const QString& name) {
    QFile file(QString(kResource) + "/" + name);
    if (!file.open(QIODevice::ReadOnly))
        return fail("demo.missing", "A file of the demo cannot be read", name.toStdString());
    return file.readAll().toStdString();
}

Status writeDemoFile(const fs::path& path, const std::string& text) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    SIGNALBOX_CHECK(writeFileAtomically(path, text));
    if (text.starts_with("#!")) {
        fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                        fs::perm_options::add, error);
    }
    return {};
}

Value recordOf(const fs::path& folder) {
    const auto text = readFile(folder / kRecord);
    if (!text) return Value::object();
    auto record = parseJson(*text);
    return record && record->isObject() ? *record : Value::object();
}

}  // namespace

fs::path defaultDemoFolder() {
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return fs::path(data.toStdString()) / "signalbox" / "demo";
}

Result<DemoReport> makeDemoWorkspace(const fs::path& folder) {
    initialiseDemoResource();
    const auto files = resourceFiles();
    if (files.empty()) return fail("demo.missing", "This build has no demo");
    std::error_code error;
    fs::create_directories(folder, error);
    DemoReport report;
    const Value before = recordOf(folder);
    ObjectBuilder after;
    for (const QString& name : files) {
        SIGNALBOX_TRY(const auto text, resourceText(name));
        const std::string key = name.toStdString();
        const std::string hash = sha256Hex(text);
        const auto present = readFile(folder / key);
        const std::string presentHash = present ? sha256Hex(*present) : std::string();
        if (presentHash == hash) {
            ++report.unchanged;
        } else if (present && before[key].asString() != presentHash) {
            ++report.edited;
            continue;
        } else {
            SIGNALBOX_CHECK(writeDemoFile(folder / key, text));
            ++report.written;
        }
        after.set(key, Value(hash));
    }
    SIGNALBOX_CHECK(writeDemoFile(folder / kRecord, writeJson(std::move(after).build(), JsonStyle::Pretty) + "\n"));
    return report;
}

}  // namespace signalbox::embedded
