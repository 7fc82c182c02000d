# What is installed beside the programs, and the Debian packages: signalbox (the console), signalbox-ctl (the command
# line, without a graphical library) and signalboxd (the gateway, without Qt). ./dev package makes them.

# Packing builds nothing: ./dev package builds the programs first, and only them.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(packaging ${CMAKE_SOURCE_DIR}/packaging)
configure_file(${packaging}/deb/changelog.in ${CMAKE_BINARY_DIR}/packaging/changelog @ONLY)

# signalbox_compress(FILE NAME): as Debian wants documents, without a time in it; NAME.gz in the folder "packaging".
find_program(SIGNALBOX_GZIP gzip REQUIRED)
mark_as_advanced(SIGNALBOX_GZIP)
function(signalbox_compress file name)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/packaging)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    execute_process(COMMAND ${SIGNALBOX_GZIP} -9nc ${file} OUTPUT_FILE ${CMAKE_BINARY_DIR}/packaging/${name}.gz
        COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# signalbox_install_documents(console signalbox PAGE...): manual pages, and what Debian wants of every package.
function(signalbox_install_documents component package)
    foreach(page IN LISTS ARGN)
        signalbox_compress(${packaging}/man/${page} ${page})
        install(FILES ${CMAKE_BINARY_DIR}/packaging/${page}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
            COMPONENT ${component})
    endforeach()
    signalbox_compress(${CMAKE_BINARY_DIR}/packaging/changelog changelog)
    install(FILES ${packaging}/copyright ${CMAKE_BINARY_DIR}/packaging/changelog.gz
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
endfunction()

set(CPACK_COMPONENTS_ALL gateway)
signalbox_install_documents(gateway signalboxd signalboxd.1)
install(FILES ${packaging}/systemd/signalboxd.service DESTINATION lib/systemd/system COMPONENT gateway)
install(FILES ${packaging}/signalboxd.toml DESTINATION /etc/signalbox COMPONENT gateway)
if(SIGNALBOX_CLIENT)
    list(APPEND CPACK_COMPONENTS_ALL ctl)
    signalbox_install_documents(ctl signalbox-ctl signalboxctl.1)
endif()
if(SIGNALBOX_CONSOLE)
    list(APPEND CPACK_COMPONENTS_ALL console)
    signalbox_install_documents(console signalbox signalbox.1)
    install(FILES ${packaging}/linux/signalbox.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications
        COMPONENT console)
    install(FILES ${packaging}/linux/signalbox.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
        COMPONENT console)
    install(FILES ${packaging}/linux/signalbox.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
        COMPONENT console)
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
Design workflows as graphs, run them in an engine that survives crashes, and
watch each step while it happens.")
# Loaded at run time, so that no link names them: the SVG icon plugin, Python for PythonCodeNode, and the fonts.
set(CPACK_DEBIAN_CONSOLE_PACKAGE_DEPENDS libqt6svg6)
set(CPACK_DEBIAN_CONSOLE_PACKAGE_RECOMMENDS
    "signalbox-ctl, python3, ca-certificates, fonts-inter, fonts-noto-core, fonts-noto-mono, qt6-qpa-plugins")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_SUGGESTS signalboxd)

set(CPACK_DEBIAN_CTL_PACKAGE_NAME signalbox-ctl)
set(CPACK_DEBIAN_CTL_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_CTL_DESCRIPTION "durable workflows from the command line
Validate, run and look at workflows, in a folder of this computer or at a
gateway, and administer the users, keys and schedules of gateways. Needs no
graphical libraries.")
set(CPACK_DEBIAN_CTL_PACKAGE_RECOMMENDS "python3, ca-certificates")
set(CPACK_DEBIAN_CTL_PACKAGE_SUGGESTS "signalbox, signalboxd")

set(CPACK_DEBIAN_GATEWAY_PACKAGE_NAME signalboxd)
set(CPACK_DEBIAN_GATEWAY_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_GATEWAY_DESCRIPTION "durable workflows over HTTP and WebSocket
The workflow engine of signalbox as a service: users, API keys, schedules,
webhooks and metrics. Consoles attach to it; signalboxctl and any HTTP client
work with it.")
set(CPACK_DEBIAN_GATEWAY_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_GATEWAY_PACKAGE_RECOMMENDS "python3, ca-certificates")
# Only suggested: signalboxctl brings Qt Core and Network, and a server does without.
set(CPACK_DEBIAN_GATEWAY_PACKAGE_SUGGESTS "signalbox-ctl, signalbox")
set(CPACK_DEBIAN_GATEWAY_PACKAGE_CONTROL_EXTRA
    ${packaging}/deb/conffiles ${packaging}/deb/postinst ${packaging}/deb/postrm ${packaging}/deb/prerm)
set(CPACK_DEBIAN_GATEWAY_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
