{
  'variables': {
    # Build it elsewhere, over a /dev/poll of one's own: see the README.
    'devpoll_include': '<!(node -p "process.env.DEVPOLL_INCLUDE || String()")',
    'devpoll_libs': '<!(node -p "process.env.DEVPOLL_LIBS || String()")',
  },
  'targets': [{
    'target_name': 'devpoll',
    'conditions': [['OS!="solaris" and devpoll_include==""', {'type': 'none'}, {
      'sources': ['devpoll.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
      'conditions': [['devpoll_include!=""', {
        'include_dirs': ['<(devpoll_include)'],
        'libraries': ['<(devpoll_libs)'],
      }]],
    }]],
  }],
}
