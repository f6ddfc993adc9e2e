// A script of the suite's kind that says several things and ends, in a worker or in a child process.
const { parentPort } = require('node:worker_threads')

for (const message of ['ready', 1, 2, 3]) parentPort ? parentPort.postMessage(message) : process.send(message)
