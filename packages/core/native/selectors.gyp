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
      'conditions': [
        ['OS=="linux"', {'include_dirs': ['linux']}],
        ['OS=="mac"', {'include_dirs': ['darwin']}],
        ['OS in "mac freebsd openbsd netbsd"', {'include_dirs': ['bsd']}],
        ['OS=="win"', {
          'include_dirs': ['windows'],
          'defines': ['WIN32_LEAN_AND_MEAN', 'NOMINMAX'],
          'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/std:c++17', '/EHs-c-'], 'WarningLevel': '4'}},
        }, {'include_dirs': ['posix']}],
      ],
    },
    'conditions': [
      # In the C library since glibc 2.34.
      ['OS=="linux"', {'link_settings': {'libraries': ['-ldl', '-lpthread']}}],
      ['OS=="win"', {'link_settings': {'libraries': ['-lws2_32.lib']}}],
    ],
  }],
}
