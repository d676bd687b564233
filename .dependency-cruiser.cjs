/** The rules between the rooms of the house; docs/architecture.md says why. */
const lowerMain = '^src/main/(features|data|sync|session|core)/';

module.exports = {
  forbidden: [
    {
      name: 'shared-imports-nothing-of-ours',
      comment: 'shared runs everywhere: no Node, no DOM, no Electron, no other room',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/shared/', '^node_modules/'] },
    },
    {
      name: 'shared-has-no-io',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-imports-shared-only',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^(src/main|migrations|tests|scripts|bench)/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-features-are-apart',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/([^/]+)/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'ui-imports-no-feature',
      severity: 'error',
      from: { path: '^src/renderer/(ui|client)/' },
      to: { path: '^src/renderer/(features|app)/' },
    },
    {
      name: 'electron-only-at-the-edge',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/main/(index\\.ts|shell/|security/|preload/|transport/ipc/)',
      },
      to: { path: '^node_modules/electron(-store|-updater)?/' },
    },
    {
      name: 'databases-only-in-data',
      comment: 'the drivers are known in one room; tests and benches may go round it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/data/' },
      to: { path: '^node_modules/(better-sqlite3|pg|pg-copy-streams|@types/(better-sqlite3|pg))/' },
    },
    {
      name: 'data-is-the-floor',
      severity: 'error',
      from: { path: '^src/main/data/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/main/(?!data/)' },
    },
    {
      name: 'sync-stands-on-data',
      severity: 'error',
      from: { path: '^src/main/sync/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/main/(?!(data|sync)/)' },
    },
    {
      name: 'features-know-no-transport',
      severity: 'error',
      from: { path: lowerMain },
      to: { path: '^src/main/(transport|shell|security|preload)/|^src/main/(index|headless)\\.ts$' },
    },
    {
      name: 'main-features-are-apart',
      comment: 'what two features share belongs to shared/domain or data',
      severity: 'error',
      from: { path: '^src/main/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/main/features/([^/]+)/', pathNot: '^src/main/features/$1/' },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'a released migration must not change because code did',
      severity: 'error',
      from: { path: '^migrations/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^migrations/', '^node_modules/kysely/'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(tests|bench|scripts)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '[.](css|svg|woff2)([?]|$)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
