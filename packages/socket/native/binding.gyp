{
  'targets': [{
    'target_name': 'selectors_socket',
    'include_dirs': ['<!(node -p "require(\'node-addon-api\').include_dir")', '.'],
    'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-Wall', '-Wextra'],
    'conditions': [
      ['OS == "linux"', {
        'sources': [
          'socket.cc',
          'posix/address.cc',
          'posix/descriptor.cc',
          'posix/open.cc',
          'posix/resolve.cc',
          'posix/transfer.cc',
        ],
      }, { 'type': 'none' }],
    ],
  }],
}
