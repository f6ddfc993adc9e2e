{
  'targets': [{
    'target_name': 'poll',
    'conditions': [['OS=="win"', {'type': 'none'}, {
      'sources': ['poll.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
      'conditions': [['OS=="mac"', {'include_dirs': ['milliseconds']}, {'include_dirs': ['ppoll']}]],
    }]],
  }],
}
