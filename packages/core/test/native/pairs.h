// What a wait has filled a list with, to compare.
#ifndef PAIRS_H_
#define PAIRS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "selectors/ready_list.h"

using Pairs = std::vector<std::array<uint32_t, 2>>;

inline Pairs Read(const selectors::ReadyList& ready) {
  Pairs pairs;
  for (size_t i = 0; i < ready.size(); i++) pairs.push_back({static_cast<uint32_t>(ready.fd(i)), ready.events(i)});
  return pairs;
}

#endif  // PAIRS_H_
