{
  'targets': [{
    'target_name': 'poll',
    'conditions': [['OS=="win"', {'type': 'none'}, {
      'sources': ['native/poll.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
      'conditions': [['OS=="mac"', {'include_dirs': ['native/milliseconds']}, {'include_dirs': ['native/ppoll']}]],
    }]],
  }],
}
