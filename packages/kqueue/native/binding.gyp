{
  'variables': {
    # A library that stands in for the kernel on a system without kqueue: where its <sys/event.h> is, and what to link.
    'kqueue_include%': "<!(node -p \"process.env.KQUEUE_INCLUDE || ''\")",
    'kqueue_libs': "<!(node -p \"process.env.KQUEUE_LIBS || ''\")",
    'open_queue%': 'fcntl',
    # Where urgent data has a filter: macOS, OpenBSD, and what stands in for a kernel.
    'urgent%': 'except',
    'conditions': [
      ['OS=="freebsd" or OS=="netbsd"', {'urgent': 'ordinary'}],
      ['OS=="freebsd"', {'open_queue': 'kqueuex'}],
      ['OS=="netbsd" or OS=="openbsd"', {'open_queue': 'kqueue1'}],
    ],
  },
  'targets': [{
    'target_name': 'kqueue',
    'conditions': [['OS not in "mac freebsd openbsd netbsd" and kqueue_include==""', {'type': 'none'}, {
      'sources': ['kqueue.cc'],
      'include_dirs': ['<(open_queue)', '<(urgent)', "<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
    }],
    ['kqueue_include!=""', {
      'include_dirs': ['<(kqueue_include)'],
      'libraries': ['<(kqueue_libs)'],
    }]],
  }],
}
