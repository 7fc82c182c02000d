# SIGNALBOX_SANITIZE: empty, "address" (with undefined behaviour) or "thread".
set(SIGNALBOX_SANITIZE "" CACHE STRING "Sanitizer: empty, address or thread")
if(SIGNALBOX_SANITIZE STREQUAL "address")
    # Null pointers and accesses past an object end a program under the address sanitizer as it is; having them checked
    # twice takes a sixth of the build.
    add_compile_options(-fsanitize=address,undefined -fno-sanitize=null,object-size
        -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
elseif(SIGNALBOX_SANITIZE STREQUAL "thread")
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Asio has fences that this sanitizer does not see; they order nothing that its locks do not order too.
        add_compile_options(-Wno-tsan)
    endif()
    add_link_options(-fsanitize=thread)
elseif(SIGNALBOX_SANITIZE)
    message(FATAL_ERROR "SIGNALBOX_SANITIZE is '${SIGNALBOX_SANITIZE}'; use 'address', 'thread' or leave it empty")
endif()
if(SIGNALBOX_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC sees uninitialised memory that is none once its own instrumentation is in the way.
    add_compile_options(-Wno-maybe-uninitialized)
endif()
# Undefined behaviour is looked for in the libraries, not in the tests: their checks would cost half of the build again.
set(SIGNALBOX_TEST_SANITIZE_OPTIONS $<$<STREQUAL:${SIGNALBOX_SANITIZE},address>:-fno-sanitize=undefined>)
# Tests of code that knows no threads; the thread sanitizer has nothing to find in them.
set(SIGNALBOX_SINGLE_THREADED_TESTS unit_expr unit_protocol unit_engine_document)
if(SIGNALBOX_FUZZERS)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
