/**
 * Which way dependencies run: web → client → protocol ← server, and inside the server ports → core ← stores, wired in
 * the composition root. Each rule's comment says what to do when it stops you.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */

/** Beside every module there may be its test, which may reach for anything. */
const TEST = "[.]test[.]tsx?$";

/** What only a port (HTTP, socket) or a store may know; the domain is plain TypeScript. */
const FRAMEWORKS =
  "(^|/)node_modules/(egg|@eggjs|koa|socket[.]io|socket[.]io-adapter|@socket[.]io|sequelize|mysql2|sqlite3|ioredis|umzug|rate-limiter-flexible)(/|$)";

const PORTS = "^apps/server/app/(io|http|controller|middleware|schedule|router[.]ts)";
const STORES = "^apps/server/app/(repository|model|infra)";
const COMPOSITION = "^apps/server/(app|main)[.]ts$|^apps/server/start/|^apps/server/app/composition";

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other are one module, or share a third one. Type imports count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "Nothing uses this module and it uses nothing: wire it or remove it.",
      severity: "error",
      from: {
        orphan: true,
        pathNot: [
          "[.]d[.]ts$",
          "[.]config[.](ts|mts|mjs|cjs|js)$",
          "(^|/)[.][^/]+[.](mjs|cjs|js)$",
          // Found by their folder at run time: Egg's configuration, database migrations.
          "^apps/server/config/",
          "^apps/server/migrations/",
          // Started from the command line.
          "^(scripts|apps/[^/]+/scripts|bench)/",
          // What the browser runs outside the module graph.
          "^apps/web/public/",
        ],
      },
      to: {},
    },
    {
      name: "protocol-stands-alone",
      comment: "packages/protocol states the wire and depends on nothing of ours.",
      severity: "error",
      from: { path: "^packages/protocol/" },
      to: { path: "^(packages/(?!protocol/)|apps|tests|bench)" },
    },
    {
      name: "client-knows-only-protocol",
      comment: "packages/client runs in browsers and Node, beside any server.",
      severity: "error",
      from: { path: "^packages/client/" },
      to: { path: "^(packages/(?!client/|protocol/)|apps|tests|bench)" },
    },
    {
      name: "web-knows-client-and-protocol",
      comment: "apps/web shows what the client library holds; it never reaches into the server.",
      severity: "error",
      from: { path: "^apps/web/" },
      to: { path: "^(apps/(?!web/)|tests|bench)" },
    },
    {
      name: "server-knows-only-protocol",
      comment: "apps/server depends on packages/protocol and nothing else of ours.",
      severity: "error",
      from: { path: "^apps/server/", pathNot: TEST },
      to: { path: "^(packages/(?!protocol/)|apps/(?!server/)|tests|bench)" },
    },
    {
      name: "packages-through-their-index",
      comment: "Import a package by its name; its inner modules are its own.",
      severity: "error",
      from: { path: "^(apps|bench|tests)/" },
      to: { path: "^packages/[^/]+/src/(?!((node|indexeddb)/)?index[.]ts$)" },
    },
    {
      name: "client-runs-in-browsers",
      comment: "What only Node has belongs in the client's entry point for Node, and nothing else imports that.",
      severity: "error",
      from: { path: "^packages/client/src/(?!node/)", pathNot: TEST },
      to: { path: "^packages/client/src/node/|(^|/)node_modules/node-sqlite3-wasm/" },
    },
    {
      name: "client-takes-no-zod",
      comment: "The client trusts the server's shapes; zod would double what a browser loads. Import types only.",
      severity: "error",
      from: { path: "^packages/client/src/", pathNot: TEST },
      to: { path: "(^|/)node_modules/zod/" },
    },
    {
      name: "tests-see-from-outside",
      comment: "Suites under tests/ use the built system over its wire; unit tests live beside their module.",
      severity: "error",
      from: { path: "^tests/" },
      to: { path: "^apps/" },
    },
    {
      name: "core-knows-no-framework",
      comment: "The domain takes what it needs as an interface of its own; a port or a store implements it.",
      severity: "error",
      from: { path: "^apps/server/app/core/", pathNot: TEST },
      to: { path: FRAMEWORKS },
    },
    {
      name: "core-knows-no-port-or-store",
      comment: "Declare the interface in core and implement it outside; the composition root joins the two.",
      severity: "error",
      from: { path: "^apps/server/app/core/", pathNot: TEST },
      to: { path: `${PORTS}|${STORES}|${COMPOSITION}` },
    },
    {
      name: "ports-know-no-store",
      comment: "A handler validates, authorises and delegates to core; it never touches a store.",
      severity: "error",
      from: { path: PORTS, pathNot: TEST },
      to: { path: STORES },
    },
    {
      name: "stores-know-no-port",
      comment: "A store answers core's interface and knows nothing of HTTP or sockets.",
      severity: "error",
      from: { path: STORES, pathNot: TEST },
      to: { path: PORTS },
    },
    {
      name: "only-the-root-wires",
      comment: "The composition root is at the top: nothing below imports it.",
      severity: "error",
      from: { path: "^apps/server/", pathNot: [TEST, COMPOSITION, "^apps/server/scripts/"] },
      to: { path: COMPOSITION },
    },
    {
      name: "no-undeclared-package",
      comment: "List the package in the package.json of the workspace that imports it.",
      severity: "error",
      from: {},
      // A workspace resolves to its sources, whose kind stays undetermined; knip reports those that are not listed.
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "undetermined"], pathNot: "^packages/" },
    },
    {
      name: "no-dev-package-in-production",
      comment: "What runs in production belongs to dependencies, or is an optional peer.",
      severity: "error",
      from: {
        path: "^(packages/[^/]+/src|apps/server)/",
        pathNot: [TEST, "conformance[.]ts$", "^apps/server/test/"],
      },
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only", "npm-peer"],
        pathNot: "node_modules/@types/",
      },
    },
    {
      name: "not-unresolvable",
      comment: "This import leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Anchored: many packages under node_modules have a dist folder of their own, and must stay visible to the rules.
    exclude: { path: "^((apps|packages)/[^/]+|tests|bench)/(dist|coverage|test-results|run|logs)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "browser", "default", "types"],
      extensions: [".ts", ".tsx", ".d.ts", ".mjs", ".js", ".cjs", ".json", ".css"],
    },
    skipAnalysisNotInRules: true,
  },
};
