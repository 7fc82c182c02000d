// Reads the members of one JSON object into plain data, keeping and reporting what does not fit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/value.h"
#include "engine/document.h"
#include "engine/document_members.h"
#include "engine/finding.h"

namespace signalbox::engine {

/// One object of the document. Every reader function takes a member if it is there and of the right type; a member of
/// the wrong type is reported and goes to extra(). Refers to its arguments, which must outlive it.
class MemberReader {
public:
    MemberReader(const Value& object, DocumentPart part, std::string pointer, std::vector<Finding>& findings);

    void text(std::string_view name, std::string& out);
    void integer(std::string_view name, int& out);
    void number(std::string_view name, double& out);
    void boolean(std::string_view name, bool& out);
    /// Durations are texts such as "250ms". Gives whether it was there.
    bool duration(std::string_view name, Micros& out);
    void texts(std::string_view name, std::vector<std::string>& out);
    void port(std::string_view name, PortRef& out);
    /// [x, y]
    bool pair(std::string_view name, double& x, double& y);
    void any(std::string_view name, Value& out);
    void objectValue(std::string_view name, Value& out);
    /// The member if it is an object or an array; null otherwise.
    const Value* object(std::string_view name);
    const Value* array(std::string_view name);
    /// One of some words, as its place in the list; -1 when missing or wrong.
    int word(std::string_view name, std::initializer_list<std::string_view> words);

    /// Keeps what a nested part could not read.
    void keep(std::string_view name, Value nestedExtra);
    /// Everything that was not read. Reports members nobody asked for. Call last.
    [[nodiscard]] Value extra();

    [[nodiscard]] std::string at(std::string_view name) const { return childPointer(pointer_, name); }
    [[nodiscard]] std::vector<Finding>& findings() { return findings_; }

private:
    const Value* take(std::string_view name);
    void refuse(std::string_view name, const Value& value, std::string expected, std::string hint = {});

    const Value& object_;
    DocumentPart part_;
    std::string pointer_;
    std::vector<Finding>& findings_;
    ObjectBuilder extra_;
};

}  // namespace signalbox::engine
