// The core in one CommonJS file: an ES module of this size costs 5 MB more. swc turns decorators into the metadata Nest reads; esbuild bundles.
// Whitespace and syntax are minified, names are not: Nest finds some providers by class name.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from '@swc/core';
import { build, context } from 'esbuild';

const source = path.join(import.meta.dirname, 'src') + path.sep;

const decorators = {
  name: 'decorators',
  setup: (bundler) =>
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      if (!file.startsWith(source)) return undefined;
      const { code } = await transform(await readFile(file, 'utf8'), { filename: file });
      return { contents: code, loader: 'js' };
    }),
};

/** What the core never runs and would hold in memory: engines over SSH, charsets other than UTF-8. */
const STUBS = {
  ssh2: 'module.exports = {}',
  'iconv-lite': `exports.encodingExists = (name) => /^(utf-?8|us-ascii)$/i.test(name);
    exports.getDecoder = () => { const decoder = new (require('node:string_decoder').StringDecoder)('utf8');
      return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() }; };`,
};
const FOREIGN_DRIVERS =
  /typeorm\/(driver\/(mongodb|oracle|sap|spanner|cockroachdb|aurora-\w+|sqlserver|mysql|expo|react-native|nativescript|cordova|capacitor|sqljs)\/|(entity-manager|repository)\/Mongo)\w*.*\.js$/;

const lean = {
  name: 'lean',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^(ssh2|iconv-lite)$/ }, ({ path: name }) => ({ path: name, namespace: 'stub' }));
    bundler.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path: name }) => ({ contents: STUBS[name] }));
    bundler.onLoad({ filter: FOREIGN_DRIVERS }, async ({ path: file }) => {
      const exported = (await readFile(file, 'utf8')).matchAll(/exports\.(\w+) = (?!void)/g);
      const names = [...new Set([...exported].map(([, name]) => name))];
      return { contents: names.map((name) => `exports.${name} = class ${name} {};`).join('\n') };
    });
  },
};

const NATIVE = ['better-sqlite3', '@node-rs/argon2', 'cpu-features', 'pg-native'];
const NEST_OPTIONAL =
  '@nestjs/microservices @nestjs/microservices/* @nestjs/platform-fastify @fastify/static class-validator class-transformer class-transformer/* @mikro-orm/core';
const TYPEORM_OPTIONAL =
  'mysql mysql2 oracledb mssql mongodb sql.js @sap/* @google-cloud/spanner redis ioredis pg-query-stream typeorm-aurora-data-api-driver react-native-sqlite-storage expo-sqlite';

const options = {
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/main.ts'],
  outdir: process.argv.slice(2).find((word) => !word.startsWith('--')) ?? 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  plugins: [decorators, lean],
  logLevel: 'warning',
  define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname' },
  banner: { js: "const __url=require('node:url').pathToFileURL(__filename).href;" },
  external: [...NATIVE, ...NEST_OPTIONAL.split(' '), ...TYPEORM_OPTIONAL.split(' ')],
};

if (process.argv.includes('--watch')) await (await context(options)).watch();
else await build(options);
