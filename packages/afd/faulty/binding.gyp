# For tools/prebuild/afd-faults.mjs; not published.
{
  'targets': [{
    'target_name': 'afd',
    'sources': ['faulty.cc'],
    'include_dirs': ["<!(node -p \"require('node-addon-api').include_dir\")", '../native'],
    'dependencies': ["<!(node -p \"require('@selectors/core/native').target\")"],
    'libraries': ['-lntdll.lib'],
  }],
}
