{
  'targets': [{
    'target_name': 'selectors_socket',
    'include_dirs': ['<!(node -p "require(\'node-addon-api\').include_dir")', 'native'],
    'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-Wall', '-Wextra'],
    'conditions': [
      ['OS == "linux"', {
        'sources': [
          'native/socket.cc',
          'native/posix/address.cc',
          'native/posix/descriptor.cc',
          'native/posix/open.cc',
          'native/posix/resolve.cc',
          'native/posix/transfer.cc',
        ],
      }, { 'type': 'none' }],
    ],
  }],
}
