// Several functions as one visitor of a variant.
#pragma once

namespace signalbox::test {

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

}  // namespace signalbox::test
