// A tab whose content is made when somebody looks at it for the first time.
#pragma once

#include <QVBoxLayout>
#include <QWidget>
#include <functional>
#include <utility>

namespace signalbox::ui {

class RunLazyPage : public QWidget {
public:
    explicit RunLazyPage(std::function<QWidget*()> make, QWidget* parent = nullptr)
        : QWidget(parent), make_(std::move(make)), column_(new QVBoxLayout(this)) {
        column_->setContentsMargins(0, 0, 0, 0);
    }

protected:
    void showEvent(QShowEvent* event) override {
        if (make_) column_->addWidget(std::exchange(make_, nullptr)());
        QWidget::showEvent(event);
    }

private:
    std::function<QWidget*()> make_;
    QVBoxLayout* column_;
};

}  // namespace signalbox::ui
