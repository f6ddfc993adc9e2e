{
  'targets': [{
    'target_name': 'select',
    'conditions': [['OS=="win"', {'type': 'none'}, {
      'sources': ['select.cc'],
      'include_dirs': ['posix', "<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
      # Everywhere the same: 256 on NetBSD and 65536 on illumos unless told.
      'conditions': [['OS=="netbsd" or OS=="solaris"', {'defines': ['FD_SETSIZE=1024']}]],
    }]],
  }],
}
