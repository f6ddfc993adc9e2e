{
  'targets': [{
    'target_name': 'selectors',
    'type': 'none',
    'direct_dependent_settings': {
      'include_dirs': ['.'],
      'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_ADDON_API_DISABLE_DEPRECATED'],
      'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-Wall', '-Wextra', '-fvisibility=hidden'],
      'xcode_settings': {
        'CLANG_CXX_LANGUAGE_STANDARD': 'gnu++17',
        'GCC_ENABLE_CPP_EXCEPTIONS': 'NO',
        'GCC_SYMBOLS_PRIVATE_EXTERN': 'YES',
        'WARNING_CFLAGS': ['-Wall', '-Wextra'],
      },
      'conditions': [['OS=="linux"', {'include_dirs': ['linux']}, {'include_dirs': ['posix']}]],
    },
    # In the C library since glibc 2.34.
    'conditions': [['OS=="linux"', {'link_settings': {'libraries': ['-ldl', '-lpthread']}}]],
  }],
}
