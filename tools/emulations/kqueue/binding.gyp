{
  'target_defaults': {
    'include_dirs': ['include'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-Wall', '-Wextra'],
  },
  'targets': [{
    'target_name': 'kqueue-emulation',
    'conditions': [['OS!="linux"', {'type': 'none'}, {
      'type': 'shared_library',
      'product_prefix': 'lib',
      'sources': [
        'src/calls.cc', 'src/collect.cc', 'src/file.cc', 'src/kernel.cc', 'src/kqueue.cc',
        'src/queue.cc', 'src/refusals.cc', 'src/report.cc', 'src/set.cc',
      ],
    }]],
  }, {
    'target_name': 'control',
    'conditions': [['OS!="linux"', {'type': 'none'}, {
      'sources': ['src/control.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS'],
      'dependencies': ['kqueue-emulation'],
    }]],
  }],
}
