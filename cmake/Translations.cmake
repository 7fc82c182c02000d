# The languages of the console: resources/translations/*.ts are compiled by lrelease and put into the resources.
#
#   SIGNALBOX_TRANSLATION_SOURCES   a generated source with all of them; empty where lrelease is missing
#   translations_update             a target that runs lupdate over what speaks to people (words that are gone are dropped)
set(SIGNALBOX_TRANSLATION_SOURCES "")
# By their names rather than as Qt6LinguistTools, whose package would bring all of Qt's graphical tools.
find_program(SIGNALBOX_LRELEASE NAMES lrelease lrelease-qt6 HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS}
    NO_DEFAULT_PATH)
find_program(SIGNALBOX_LUPDATE NAMES lupdate lupdate-qt6 HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS}
    NO_DEFAULT_PATH)
mark_as_advanced(SIGNALBOX_LRELEASE SIGNALBOX_LUPDATE)
file(GLOB signalbox_ts_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/translations/*.ts)

if(NOT SIGNALBOX_LRELEASE)
    message(STATUS "Translations are left out: Qt's lrelease is missing (Debian: qt6-l10n-tools); the console speaks "
        "English only")
    return()
endif()

set(signalbox_qm_files "")
set(signalbox_qrc "<RCC>\n    <qresource prefix=\"/signalbox/translations\">\n")
foreach(ts IN LISTS signalbox_ts_files)
    get_filename_component(name ${ts} NAME_WE)
    set(qm ${CMAKE_BINARY_DIR}/translations/${name}.qm)
    # Unfinished words are left in English, rather than shown as they are.
    add_custom_command(OUTPUT ${qm}
        COMMAND ${SIGNALBOX_LRELEASE} -silent -nounfinished ${ts} -qm ${qm}
        DEPENDS ${ts} VERBATIM)
    list(APPEND signalbox_qm_files ${qm})
    string(APPEND signalbox_qrc "        <file alias=\"${name}.qm\">${qm}</file>\n")
endforeach()
string(APPEND signalbox_qrc "    </qresource>\n</RCC>\n")
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/translations)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/translations/translations.qrc CONTENT "${signalbox_qrc}" @ONLY)

set(SIGNALBOX_TRANSLATION_SOURCES ${CMAKE_BINARY_DIR}/translations/qrc_translations.cpp)
add_custom_command(OUTPUT ${SIGNALBOX_TRANSLATION_SOURCES}
    COMMAND Qt6::rcc --name translations -o ${SIGNALBOX_TRANSLATION_SOURCES}
        ${CMAKE_BINARY_DIR}/translations/translations.qrc
    DEPENDS ${signalbox_qm_files} ${CMAKE_BINARY_DIR}/translations/translations.qrc VERBATIM)
set_source_files_properties(${SIGNALBOX_TRANSLATION_SOURCES} PROPERTIES SKIP_AUTOGEN ON SKIP_PRECOMPILE_HEADERS ON)

if(SIGNALBOX_LUPDATE)
    add_custom_target(translations_update
        COMMAND ${SIGNALBOX_LUPDATE} -silent -no-obsolete -locations none -I ${CMAKE_SOURCE_DIR}
            -I ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/ui ${CMAKE_SOURCE_DIR}/src/app/desktop
            ${CMAKE_SOURCE_DIR}/src/client -ts ${signalbox_ts_files}
        COMMENT "Gathering the words of ui/, src/app/desktop and src/client" VERBATIM)
endif()
