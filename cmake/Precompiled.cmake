# Precompiled headers, one for each family of targets, so that the standard library (and GoogleTest, and Qt Core) is
# parsed once and not once a source. Sources still include what they use: the header checks, the tidy preset and the
# fuzz preset build without.
option(SIGNALBOX_PRECOMPILE "Use precompiled headers" ON)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    set(SIGNALBOX_PRECOMPILE OFF)
endif()
if(SIGNALBOX_PRECOMPILE)
    # GCC takes a precompiled header only where every macro in it is defined alike, and fmt::fmt brings this one.
    add_compile_definitions(FMT_SHARED)
endif()

set(SIGNALBOX_PCH_std
    <algorithm> <array> <atomic> <chrono> <condition_variable> <cstdint> <deque> <functional> <map> <memory> <mutex>
    <optional> <set> <span> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>
    <tl/expected.hpp> <fmt/format.h>)
set(SIGNALBOX_PCH_gtest ${SIGNALBOX_PCH_std} <gtest/gtest.h>)
set(SIGNALBOX_PCH_qt ${SIGNALBOX_PCH_std} <QFuture> <QHash> <QList> <QObject> <QPointer> <QString> <QStringList>
    <QTimer> <QVariant>)

# signalbox_precompile(TARGET std|gtest|qt): the first use of a family makes its carrier target.
function(signalbox_precompile target family)
    if(NOT SIGNALBOX_PRECOMPILE)
        return()
    endif()
    set(carrier pch_${family})
    if(NOT TARGET ${carrier})
        set(source ${CMAKE_BINARY_DIR}/${carrier}.cpp)
        file(CONFIGURE OUTPUT ${source} CONTENT "// Carries the precompiled header of the ${family} family.\n" @ONLY)
        add_library(${carrier} OBJECT ${source})
        target_precompile_headers(${carrier} PRIVATE ${SIGNALBOX_PCH_${family}})
        target_link_libraries(${carrier} PRIVATE tl::expected fmt::fmt signalbox_warnings
            $<$<STREQUAL:${family},gtest>:GTest::gtest> $<$<STREQUAL:${family},qt>:signalbox_qt_rules>)
    endif()
    target_precompile_headers(${target} REUSE_FROM ${carrier})
endfunction()
