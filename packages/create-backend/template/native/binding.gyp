# In this directory and not above it, because npm would compile it whenever the package is installed.
{
  'targets': [{
    # The last part of the package's name, with underscores: the binding is looked for under it.
    'target_name': 'my_backend',
    # Elsewhere there is nothing to compile, and the build passes.
    'conditions': [['OS=="win" or OS=="mac"', {'type': 'none'}, {
      'sources': ['my_backend.cc'],
      'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")"],
      'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
    }]],
  }],
}
