{
  'targets': [{
    'target_name': 'select',
    'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
    'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
    'conditions': [
      ['OS=="win"', {'sources': ['winsock/select.cc']}, {'sources': ['select.cc']}],
      # Everywhere the same: 256 on NetBSD and 65536 on illumos unless told.
      ['OS=="netbsd" or OS=="solaris"', {'defines': ['FD_SETSIZE=1024']}],
    ],
  }],
}
