{
  'targets': [{
    'target_name': 'epoll',
    'conditions': [['OS!="linux"', {'type': 'none'}, {
      'sources': ['epoll.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
    }]],
  }],
}
