# Faster builds where the tools are there: ccache, and mold or lld as the linker.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The sloppiness lets precompiled headers hit the cache; the base directory lets two checkouts share it.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        ${CCACHE_PROGRAM})
endif()
# Debug information and __FILE__ name files from the top of the checkout, wherever that lies.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
foreach(linker mold lld)
    find_program(SIGNALBOX_LINKER_${linker} NAMES ${linker} ld.${linker})
    mark_as_advanced(SIGNALBOX_LINKER_${linker})
    if(SIGNALBOX_LINKER_${linker})
        add_link_options(-fuse-ld=${linker})
        break()
    endif()
endforeach()
