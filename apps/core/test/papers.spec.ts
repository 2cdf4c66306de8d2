import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ErrorCode } from '@bailiwick/contract';
import * as z from 'zod';
import { capabilityTables } from './capability-tables.js';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const all = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, found]) => found ?? ''))].sort();

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

describe('the papers and the product say the same', () => {
  it('names every error code in docs/errors.md, and no other', () => {
    expect(all(read('docs/errors.md'), /^\| `([a-z_]+)` \|/gm)).toEqual([...ErrorCode.options].sort());
  });

  it('names every setting of both services in docs/configuration.md, and no other', () => {
    const settings = all(
      read('apps/core/src/config.ts') + read('apps/gui/server/config.ts'),
      /^ {2}(BAILIWICK_[A-Z_]+): /gm,
    );
    expect(all(read('docs/configuration.md'), /(BAILIWICK_[A-Z_]+)/g)).toEqual(settings);
  });

  it('gives a reason for every package in docs/decisions/0001-dependencies.md', () => {
    const reasons = read('docs/decisions/0001-dependencies.md');
    const packages = ['package.json', 'apps/core/package.json', 'apps/gui/package.json', 'contract/package.json']
      .map((file) => Manifest.parse(JSON.parse(read(file))))
      .flatMap(({ dependencies, devDependencies }) => Object.keys({ ...dependencies, ...devDependencies }))
      .filter((name) => !name.startsWith('@types/') && !name.startsWith('@bailiwick/'));
    const isNamed = (name: string): boolean =>
      [name, name.replace(/^@nestjs\//, ''), name.replace(/^@types\//, '')].some((word) =>
        reasons.includes(`\`${word}\``),
      );
    expect(packages.filter((name) => !isNamed(name))).toEqual([]);
  });

  it('says in docs/capabilities.md what the contract says of capabilities, flags, policies and keys', () => {
    const sections = read('docs/capabilities.md').split(/^## /m).slice(1);
    const found = sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      return [heading, lines.filter((line) => line.startsWith('|'))];
    });
    expect(Object.fromEntries(found)).toEqual(capabilityTables());
  });
});
