// What is published: one module beside its types, and the program of the command line. gRPC stays a package of its own.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
rmSync(path.join(here, 'dist'), { recursive: true, force: true });

await build({
  absWorkingDir: here,
  entryPoints: { plugin: 'src/plugin.ts', cli: 'src/cli.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['@grpc/grpc-js', '@grpc/proto-loader', 'esbuild'],
  legalComments: 'none',
  logLevel: 'warning',
});
const types = ['-p', 'tsconfig.types.json'];
execFileSync(process.execPath, [path.join(here, 'node_modules/typescript/bin/tsc'), ...types], {
  cwd: here,
  stdio: 'inherit',
});
