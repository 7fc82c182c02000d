# What is installed beside the programs, and the two Debian packages: signalbox (console and command line) and
# signalboxd (the gateway, without Qt). ./dev package makes them.

# Packing builds nothing: ./dev package builds the programs first, and only them.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(packaging ${CMAKE_SOURCE_DIR}/packaging)

# signalbox_install_manual(console signalbox.1 ...): compressed, as Debian wants them.
function(signalbox_install_manual component)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/man)
    foreach(page IN LISTS ARGN)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${packaging}/man/${page})
        file(ARCHIVE_CREATE OUTPUT ${CMAKE_BINARY_DIR}/man/${page}.gz PATHS ${packaging}/man/${page}
            FORMAT raw COMPRESSION GZip)
        install(FILES ${CMAKE_BINARY_DIR}/man/${page}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
            COMPONENT ${component})
    endforeach()
endfunction()

set(CPACK_COMPONENTS_ALL gateway)
signalbox_install_manual(gateway signalboxd.1)
install(FILES ${packaging}/systemd/signalboxd.service DESTINATION lib/systemd/system COMPONENT gateway)
install(FILES ${packaging}/signalboxd.toml DESTINATION /etc/signalbox COMPONENT gateway)
install(FILES ${packaging}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/signalboxd COMPONENT gateway)
if(SIGNALBOX_CONSOLE)
    list(APPEND CPACK_COMPONENTS_ALL console)
    signalbox_install_manual(console signalbox.1 signalboxctl.1)
    install(FILES ${packaging}/linux/signalbox.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications
        COMPONENT console)
    install(FILES ${packaging}/linux/signalbox.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
        COMPONENT console)
    install(FILES ${packaging}/linux/signalbox.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
        COMPONENT console)
    install(FILES ${packaging}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/signalbox COMPONENT console)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGE_NAME signalbox)
# Each package's description begins with a summary of its own; this one would be put before all of them.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGE_CONTACT "The Signalbox contributors <signalbox@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

set(CPACK_DEBIAN_CONSOLE_PACKAGE_NAME signalbox)
set(CPACK_DEBIAN_CONSOLE_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_CONSOLE_DESCRIPTION "console with an embedded durable workflow engine
Design workflows as graphs, run them in an engine that survives crashes, and watch
each step while it happens: in the signalbox window, or with signalboxctl in scripts.")
# Loaded at run time, so that no link names them: the SVG icon plugin, Python for PythonCodeNode, and the fonts.
set(CPACK_DEBIAN_CONSOLE_PACKAGE_DEPENDS libqt6svg6)
set(CPACK_DEBIAN_CONSOLE_PACKAGE_RECOMMENDS
    "python3, ca-certificates, fonts-inter, fonts-noto-core, fonts-noto-mono, qt6-qpa-plugins")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_SUGGESTS signalboxd)

set(CPACK_DEBIAN_GATEWAY_PACKAGE_NAME signalboxd)
set(CPACK_DEBIAN_GATEWAY_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_GATEWAY_DESCRIPTION "durable workflows over HTTP and WebSocket
The workflow engine of signalbox as a service: users, API keys, schedules, webhooks
and metrics. Consoles attach to it; signalboxctl and any HTTP client work with it.")
set(CPACK_DEBIAN_GATEWAY_PACKAGE_DEPENDS "adduser, init-system-helpers")
set(CPACK_DEBIAN_GATEWAY_PACKAGE_RECOMMENDS "python3, ca-certificates")
set(CPACK_DEBIAN_GATEWAY_PACKAGE_SUGGESTS signalbox)
set(CPACK_DEBIAN_GATEWAY_PACKAGE_CONTROL_EXTRA
    ${packaging}/deb/conffiles ${packaging}/deb/postinst ${packaging}/deb/postrm ${packaging}/deb/prerm)
set(CPACK_DEBIAN_GATEWAY_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
