{
  'targets': [{
    'target_name': 'emulation',
    'conditions': [['OS!="linux"', {'type': 'none'}, {
      'sources': ['src/control.cc', 'src/device.cc', 'src/faults.cc', 'src/file_id.cc', 'src/wrap.cc'],
      'include_dirs': ['include'],
      'cflags_cc': ['-std=gnu++17', '-Wall', '-Wextra', '-fvisibility=hidden'],
    }]],
  }],
}
