// How much of finished runs the gateway keeps: asks for new limits.
#pragma once

#include <QDialog>

#include "protocol/engine_dto.h"

class QCheckBox;
class QFormLayout;
class QSpinBox;

namespace signalbox::ui {

/// Opened with QDialog::open(). A limit that is unticked is switched off.
class RetentionDialog : public QDialog {
    Q_OBJECT
public:
    explicit RetentionDialog(const protocol::RetentionDto& retention, QWidget* parent = nullptr);
    [[nodiscard]] protocol::RetentionDto retention() const;

private:
    struct Limit {
        QCheckBox* on = nullptr;
        QSpinBox* value = nullptr;
    };
    struct Range {
        int value = 0;
        int most = 0;
        int preset = 0;  ///< offered when the limit is off
    };
    Limit addLimit(QFormLayout& form, const QString& name, const QString& label, const QString& unit, Range range);

    Limit age_;
    Limit runs_;
    Limit bytes_;
};

}  // namespace signalbox::ui
