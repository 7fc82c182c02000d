# Warnings for every target of the project; errors in continuous integration.
add_library(signalbox_warnings INTERFACE)
target_compile_options(signalbox_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    -Wformat=2 -Wimplicit-fallthrough -Wunused
    $<$<BOOL:${SIGNALBOX_WERROR}>:-Werror> $<$<BOOL:${SIGNALBOX_WERROR}>:-Wno-error=invalid-pch>)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13 AND CMAKE_CXX_FLAGS MATCHES "-O2")
    # GCC 12 warns of the standard library's own concatenation of strings once it is inlined (GCC bug 105651).
    target_compile_options(signalbox_warnings INTERFACE -Wno-restrict -Wno-array-bounds
        -Wno-stringop-overflow -Wno-stringop-overread)
endif()

# For code with Qt: no silent narrowing of text to Latin-1 and no foreach, which copies.
add_library(signalbox_qt_rules INTERFACE)
target_link_libraries(signalbox_qt_rules INTERFACE Qt6::Core)
target_compile_definitions(signalbox_qt_rules INTERFACE QT_NO_CAST_TO_ASCII QT_NO_FOREACH)
