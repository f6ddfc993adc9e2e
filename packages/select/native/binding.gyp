{
  'targets': [{
    'target_name': 'select',
    'conditions': [['OS=="win"', {'type': 'none'}, {
      'sources': ['select.cc'],
      'include_dirs': ['posix', "<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
    }]],
  }],
}
