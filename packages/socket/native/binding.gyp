{
  'targets': [{
    'target_name': 'socket',
    'include_dirs': ['<!(node -p "require(\'node-addon-api\').include_dir")', '.'],
    'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-Wall', '-Wextra', '-fvisibility=hidden'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'gnu++17',
      'GCC_ENABLE_CPP_EXCEPTIONS': 'NO',
      'GCC_SYMBOLS_PRIVATE_EXTERN': 'YES',
      'WARNING_CFLAGS': ['-Wall', '-Wextra'],
    },
    'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/std:c++17', '/EHs-c-'], 'WarningLevel': '4'}},
    'sources': ['socket.cc', 'address.cc', 'resolve.cc'],
    'conditions': [
      ['OS=="win"', {
        'include_dirs': ['winsock'],
        'defines': ['WIN32_LEAN_AND_MEAN', 'NOMINMAX'],
        'sources': ['winsock/descriptor.cc', 'winsock/open.cc', 'winsock/transfer.cc'],
        'libraries': ['-lws2_32.lib'],
      }, {
        'include_dirs': ['posix'],
        'sources': ['posix/descriptor.cc', 'posix/transfer.cc'],
      }],
      # DragonFly is built as FreeBSD.
      ['OS=="mac"', {'sources': ['darwin/open.cc', 'darwin/send.cc']}],
      ['OS not in ["mac", "win"]', {'sources': ['posix/open.cc', 'posix/send.cc']}],
      ['OS=="solaris"', {'libraries': ['-lsocket', '-lnsl']}],
    ],
  }],
}
