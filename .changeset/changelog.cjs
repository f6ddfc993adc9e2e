// A changelog consists of the sentences that users were told, without the hashes of commits and the versions of our own packages.
module.exports = {
  getReleaseLine: async ({ summary }) => `- ${summary.trim().replace(/\n(?=.)/g, '\n  ')}`,
  getDependencyReleaseLine: async () => '',
}
