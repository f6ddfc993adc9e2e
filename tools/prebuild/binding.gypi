# What a prebuild adds to each binding.gyp, in place of the settings that node-gyp brings: Node-API is all that is needed of
# Node, and its headers come from npm.
{
  'target_defaults': {
    'type': 'loadable_module',
    # As node-gyp does: files, whose numbers and sizes may be large, have a stat(2) on 32-bit systems too.
    'defines': ['NODE_GYP_MODULE_NAME=>(_target_name)', '_FILE_OFFSET_BITS=64'],
    'include_dirs': ["<!(node -p \"require('node-api-headers').include_dir\")"],
    'cflags_cc': ['-O2', '-fvisibility=hidden', '-ffunction-sections', '-fdata-sections', '-fno-rtti', '-fno-ident'],
    'conditions': [
      # Nobody unwinds what throws nothing, but for Windows, which finds its way through every function's callers so.
      ['OS!="win"', {'cflags_cc': ['-fPIC', '-pthread', '-fno-unwind-tables', '-fno-asynchronous-unwind-tables']}],
    ],
  },
}
