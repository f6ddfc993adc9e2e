{
  'targets': [{
    'target_name': 'faults',
    'conditions': [['OS!="linux"', {'type': 'none'}, {
      'sources': ['src/calls.c', 'src/plan.c'],
      'defines': ['NAPI_VERSION=8', '_GNU_SOURCE'],
      'cflags': ['-Wall', '-Wextra', '-Werror', '-fvisibility=default'],
      # Programs that are no Node have none of Node-API's functions, and call none.
      'ldflags': ['-Wl,-z,lazy'],
      'libraries': ['-ldl'],
    }]],
  }],
}
