// What Windows has instead of constants that other systems have.
#pragma once

namespace net {

/** Whether the name of a UNIX socket may start with a NUL and be no path at all. */
constexpr bool kAbstractNames = false;

}  // namespace net
