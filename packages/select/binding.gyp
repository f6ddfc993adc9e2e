{
  'targets': [{
    'target_name': 'select',
    'conditions': [['OS=="win"', {'type': 'none'}, {
      'sources': ['native/select.cc'],
      'include_dirs': ['native/posix', "<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
    }]],
  }],
}
