#!/bin/sh
# Runs one test of a program against a real keyring daemon, on a message bus of its own: keychain_test.sh PROGRAM [TEST].
# Exit code 77: there is none.
command -v gnome-keyring-daemon >/dev/null && command -v dbus-run-session >/dev/null || exit 77
home=$(mktemp -d) || exit 1
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/runtime"
export HOME="$home" XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state" XDG_CONFIG_HOME="$home/config"
export XDG_RUNTIME_DIR="$home/runtime" XDG_CURRENT_DESKTOP=GNOME
export SIGNALBOX_TEST_KEYCHAIN=1
unset DISPLAY WAYLAND_DISPLAY
dbus-run-session -- sh -c '
    control=$(printf "test" | gnome-keyring-daemon --unlock --components=secrets) || exit 77
    "$0" "$1"
    code=$?
    pid=$(printf "%s" "$control" | sed -n "s/^GNOME_KEYRING_PID=//p")
    [ -z "$pid" ] || kill "$pid"
    exit $code' "$1" "${2:-usesTheKeychain}"
