#include "app/desktop/failure.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <cstdio>

namespace signalbox::desktop {

int complain(const Error& error, int code) {
    std::fprintf(stderr, "signalbox: %s [%s]\n", error.message.c_str(), error.code.c_str());
    if (!error.where.empty()) std::fprintf(stderr, "    at %s\n", error.where.c_str());
    if (!error.hint.empty()) std::fprintf(stderr, "    hint: %s\n", error.hint.c_str());
    return code;
}

int showFailure(const Error& error, bool hasDisplay) {
    complain(error, kRefused);
    if (!hasDisplay) return kRefused;
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Signalbox"), QString::fromStdString(error.message));
    box.setInformativeText(QString::fromStdString(error.hint));
    box.setDetailedText(QString::fromStdString(error.code + "\n" + error.where));
    box.open();
    QCoreApplication::exec();
    return kRefused;
}

}  // namespace signalbox::desktop
