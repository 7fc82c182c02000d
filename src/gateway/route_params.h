// How path, query and body of a request become the parameters of a call.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/value.h"
#include "gateway/route.h"

namespace signalbox::gateway {

/// "a=1&b=%20" as decoded names and values, in their order; "+" is a space. Error "request.parameter".
using QueryParts = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Result<QueryParts> parseQuery(std::string_view query);

/// One member of a call's parameters, and where it comes from.
struct RouteField {
    enum class Place : std::uint8_t { Path, PathOfBody, PathCheck, Query, Body, Whole, Hidden };
    std::string name;
    Place place = Place::Query;
    Value schema;
};

/// A route with what its call takes. Immutable, thread-safe.
class RouteParams {
public:
    /// `schema` is that of the call's parameters.
    RouteParams(const Route& route, const Value& schema);

    /// The call's parameters. `body` is undefined when there is none; `wait` gets the value of that parameter where the
    /// route takes it. Errors "request.parameter", "request.unknown-parameter", "request.body",
    /// "request.unknown-member", "request.id-mismatch", each with its place in where.
    [[nodiscard]] Result<Value> build(const RouteMatch& match, std::string_view query, const Value& body,
                                      std::string* wait = nullptr) const;

    [[nodiscard]] const std::vector<RouteField>& fields() const { return fields_; }
    /// Whether the route looks at a body.
    [[nodiscard]] bool takesBody() const { return takesBody_; }
    /// Whether ?wait= may be given.
    [[nodiscard]] bool waits() const { return waits_; }
    /// Names of the pattern's parameters, in order.
    [[nodiscard]] const std::vector<std::string>& pathNames() const { return pathNames_; }

private:
    [[nodiscard]] Status addQuery(ObjectBuilder& params, std::string_view query, std::string* wait) const;
    [[nodiscard]] Status addBody(ObjectBuilder& params, const RouteMatch& match, const Value& body) const;
    [[nodiscard]] Result<Value> wholeBody(const RouteField& field, const RouteMatch& match, const Value& body) const;
    [[nodiscard]] std::string_view pathValue(const RouteMatch& match, std::string_view name) const;
    [[nodiscard]] const RouteField* find(std::string_view name, RouteField::Place place) const;
    [[nodiscard]] tl::unexpected<Error> unknownParameter(std::string_view name) const;

    const Route& route_;
    std::vector<std::string> pathNames_;
    std::vector<RouteField> fields_;
    Value bodySchema_;  ///< of the fields in the body
    bool takesBody_ = false;
    bool waits_ = false;
};

/// Whether a value has only members that its schema knows. Error "request.unknown-member" with a pointer.
[[nodiscard]] Status checkMembers(const Value& schema, const Value& value, const std::string& pointer = {});

}  // namespace signalbox::gateway
