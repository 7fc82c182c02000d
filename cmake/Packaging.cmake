# What is installed beside the programs, and the Debian package: ./dev package.
if(NOT SIGNALBOX_CONSOLE)
    return()
endif()
# Packing builds nothing: ./dev package builds the programs first, and only them.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

set(packaging ${CMAKE_SOURCE_DIR}/packaging)
install(FILES ${packaging}/linux/signalbox.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${packaging}/linux/signalbox.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${packaging}/linux/signalbox.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${packaging}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/signalbox)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/man)
foreach(page signalbox.1 signalboxctl.1)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${packaging}/man/${page})
    file(ARCHIVE_CREATE OUTPUT ${CMAKE_BINARY_DIR}/man/${page}.gz PATHS ${packaging}/man/${page}
        FORMAT raw COMPRESSION GZip)
    install(FILES ${CMAKE_BINARY_DIR}/man/${page}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME signalbox)
set(CPACK_PACKAGE_CONTACT "The Signalbox contributors <signalbox@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "console with an embedded durable workflow engine")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Design workflows as graphs, run them in an engine that survives crashes, and watch
each step while it happens: in the signalbox window, or with signalboxctl in scripts.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded at run time, so that no link names them: the SVG icon plugin, Python for PythonCodeNode, and the fonts.
set(CPACK_DEBIAN_PACKAGE_DEPENDS libqt6svg6)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3, ca-certificates, fonts-inter, fonts-noto-core, fonts-noto-mono, qt6-qpa-plugins")
include(CPack)
