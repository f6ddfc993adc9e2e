// For a backend's binding.gyp: where the C++ headers are, and the gyp target that brings them with their settings.
const { join } = require('node:path')

exports.include = __dirname
exports.target = `${join(__dirname, 'selectors.gyp')}:selectors`
