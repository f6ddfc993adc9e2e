{
  # Whose poll(2) it is. An emulation is another system's.
  'variables': {'system%': '<(OS)'},
  'targets': [{
    'target_name': 'poll',
    'conditions': [['OS=="win"', {'type': 'none'}, {
      'sources': ['poll.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
      'conditions': [['system=="mac"', {'include_dirs': ['darwin']}, {'include_dirs': ['posix']}]],
    }]],
  }],
}
