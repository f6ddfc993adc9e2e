{
  'targets': [{
    'target_name': 'afd',
    'conditions': [['OS!="win"', {'type': 'none'}, {
      'sources': ['afd.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
      'libraries': ['-lntdll.lib'],
    }]],
  }],
}
