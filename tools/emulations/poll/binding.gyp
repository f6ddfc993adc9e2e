{
  'variables': {'conditions': [['OS=="linux"', {'kind': 'shared_library'}, {'kind': 'none'}]]},
  'target_defaults': {
    'sources': ['src/fcntl.cc', 'src/notes.cc', 'src/poll.cc', 'src/select.cc'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-Wall', '-Wextra'],
  },
  # NetBSD and DragonFly have OpenBSD's traits.
  'targets': [
    {'target_name': 'macos', 'type': '<(kind)', 'defines': ['SYSTEM=kMacos']},
    {'target_name': 'openbsd', 'type': '<(kind)', 'defines': ['SYSTEM=kOpenbsd']},
  ],
}
