{
  'targets': [{
    'target_name': 'selectors_socket',
    'include_dirs': ['<!(node -p "require(\'node-addon-api\').include_dir")', '.'],
    'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-Wall', '-Wextra'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'gnu++17',
      'GCC_ENABLE_CPP_EXCEPTIONS': 'NO',
      'WARNING_CFLAGS': ['-Wall', '-Wextra'],
    },
    'conditions': [
      ['OS=="win"', { 'type': 'none' }, {
        'sources': [
          'socket.cc',
          'posix/address.cc',
          'posix/descriptor.cc',
          'posix/resolve.cc',
          'posix/transfer.cc',
        ],
        'conditions': [
          # DragonFly is built as FreeBSD.
          ['OS=="mac"', { 'sources': ['darwin/open.cc', 'darwin/send.cc'] }, { 'sources': ['posix/open.cc', 'posix/send.cc'] }],
          ['OS=="solaris"', { 'libraries': ['-lsocket', '-lnsl'] }],
        ],
      }],
    ],
  }],
}
