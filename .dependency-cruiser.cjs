/** Which way imports may point: see section "Layout" of the README. From left to right a module may use its neighbours' services. */
const MODULES = [
  'organization',
  'environment',
  'agent',
  'user',
  'auth',
  'push',
  'desk',
  'file',
  'chat',
  'webhook',
];
const SPECS = '\\.(spec|contract|fake)\\.ts$';

/** What a module shows to those on its right: services, its Nest module, events, ports and its plain types. */
const SHOWN = '^src/modules/([^/]+)/([a-z-]+\\.(service|module|events|jobs)|ports|\\1)\\.ts$';

const towardsTheRight = MODULES.slice(0, -1).map((name, index) => ({
  name: `${name}-knows-none-on-its-right`,
  comment: 'A module may call the services of modules on its left; the rest travels by domain event.',
  severity: 'error',
  from: { path: `^src/modules/${name}/`, pathNot: SPECS },
  to: { path: `^src/modules/(${MODULES.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A circular import stops an ESM start, even with forwardRef.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-are-leaves',
      comment: 'The web imports them as types: they must drag nothing along.',
      severity: 'error',
      from: { path: '^src/contracts/' },
      to: { pathNot: '^src/contracts/' },
    },
    {
      name: 'common-knows-no-domain-and-no-store',
      severity: 'error',
      from: { path: '^src/common/' },
      to: { path: '^src/(modules|infrastructure|config|embedded|demo)/' },
    },
    {
      name: 'config-knows-nothing',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/', pathNot: '^src/config/' },
    },
    {
      name: 'infrastructure-knows-no-domain',
      severity: 'error',
      from: { path: '^src/infrastructure/' },
      to: { path: '^src/(modules|embedded|demo)/' },
    },
    {
      name: 'embedded-engines-are-for-local-runs',
      comment: 'The server itself must not know that its databases may be embedded.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '^src/(embedded/|local\\.ts$)' },
      to: { path: '^src/embedded/' },
    },
    {
      name: 'only-what-a-module-shows',
      comment: "Another domain's repository, entity, dto and persistence are private.",
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: SPECS },
      to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', SHOWN] },
    },
    {
      name: 'services-know-no-store',
      comment: 'Inside a module the way is service -> repository port <- persistence.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: ['\\.module\\.ts$', '/persistence/', SPECS] },
      to: { path: '/persistence/' },
    },
    {
      name: 'stores-know-no-edge',
      severity: 'error',
      from: { path: '/persistence/' },
      to: { path: '^src/modules/.*\\.(service|controller|gateway)\\.ts$' },
    },
    {
      name: 'pure-rules-know-no-framework',
      comment:
        'Plain types and rules of a domain (conversation.ts, agent.ts) need neither Nest nor a driver.',
      severity: 'error',
      from: {
        path: `^src/modules/[^/]+/(${[...MODULES, 'conversation', 'message', 'session', 'api-key', 'invitation'].join('|')})\\.ts$`,
      },
      to: { path: '(@nestjs|typeorm|mongoose|ioredis|bullmq)/' },
    },
    {
      name: 'server-without-test-code',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: SPECS },
      to: { path: `(^test/|${SPECS})` },
    },
    {
      name: 'web-takes-contracts-only',
      comment: 'Of the server the web knows the wire types and nothing else.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/contracts/' },
    },
    {
      name: 'dashboard-features-know-no-other-feature',
      severity: 'error',
      from: { path: '^web/dashboard/src/features/([^/]+)/' },
      to: { path: '^web/dashboard/src/features/', pathNot: '^web/dashboard/src/features/$1/' },
    },
    {
      name: 'dashboard-points-inward',
      comment: 'shared (components, lib) -> features -> app, never back.',
      severity: 'error',
      from: { path: '^web/dashboard/src/(components|lib)/' },
      to: { path: '^web/dashboard/src/(features|app)/' },
    },
    {
      name: 'dashboard-features-know-no-route',
      severity: 'error',
      from: { path: '^web/dashboard/src/features/' },
      to: { path: '^web/dashboard/src/app/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...towardsTheRight,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['fast-light-chat-source', 'import', 'node', 'default', 'types'],
    },
  },
};
