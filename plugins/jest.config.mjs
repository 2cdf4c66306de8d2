export default {
  testEnvironment: 'node',
  roots: ['<rootDir>'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  // Workspace packages are consumed as source: their real path has no node_modules in it.
  transformIgnorePatterns: ['/node_modules/'],
  testTimeout: 30_000,
  coverageProvider: 'v8',
};
