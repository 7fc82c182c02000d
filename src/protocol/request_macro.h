// What makes a struct a request.
#pragma once

/// Declares the name, the reply type and the permission of a request.
#define SIGNALBOX_REQUEST(wireName, ReplyType, permissionName) \
    using Reply = ReplyType;                                   \
    static constexpr const char* kName = wireName;             \
    static constexpr const char* kPermission = permissionName
