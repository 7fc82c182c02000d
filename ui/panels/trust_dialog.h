// Shows a certificate that nobody vouches for, and asks whether it is the gateway's.
#pragma once

#include <QDialog>

#include "client/connection.h"

class QCheckBox;
class QVBoxLayout;

namespace signalbox::ui {

/// Accepted: the one who looks says that it is. One that differs from the pinned one is told as a danger, and needs a
/// tick as well.
class TrustDialog : public QDialog {
    Q_OBJECT
public:
    TrustDialog(const client::CertificateFacts& facts, const QString& name, const QString& environment,
                QWidget* parent);

private:
    void build(const client::CertificateFacts& facts, const QString& name, const QString& environment);
    QCheckBox* addFacts(const client::CertificateFacts& facts, QVBoxLayout& column);
};

}  // namespace signalbox::ui
