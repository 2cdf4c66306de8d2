import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CAPABILITIES,
  Capability,
  type CapabilityFacts,
  FLAG_DEFAULTS,
  FLAGS,
  isOffered,
  POLICIES,
  SECURITY_KEYS,
} from '@bailiwick/contract';
import * as z from 'zod';

/** What the panel calls them: its English text is also that of the papers. */
const PanelWords = z.object({
  group: z.record(z.string(), z.string()),
  of: z.record(z.string(), z.record(z.string(), z.object({ sentence: z.string() }))),
});
const file = path.resolve(import.meta.dirname, '../../gui/messages/en/capabilities.json');

const HANDED_ON: Readonly<Record<CapabilityFacts['grantable'], string>> = {
  thing: 'a container and whatever holds it',
  tenant: 'a whole tenant only',
  staff: 'not at all',
  self: 'everybody has it',
};

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string[] => [
  row(...head),
  `|${'---|'.repeat(head.length)}`,
  ...rows,
];
const named = (capabilities: readonly Capability[]): string => capabilities.map((each) => `\`${each}\``).join(', ');

/** The tables of docs/capabilities.md, by the heading each stands under. */
export function capabilityTables(): Readonly<Record<string, readonly string[]>> {
  const { group, of } = PanelWords.parse(JSON.parse(readFileSync(file, 'utf8')));
  const sentenceOf = (capability: Capability): string => {
    const [noun = '', verb = ''] = capability.split('.');
    return of[noun]?.[verb]?.sentence ?? '';
  };
  const tags = Object.keys(FLAG_DEFAULTS);
  return {
    'All of them': table(
      ['capability', 'group', 'risk', 'handed on for', 'what it lets one do'],
      Capability.options.map((capability) => {
        const facts = CAPABILITIES[capability];
        const name = `\`${capability}\`${isOffered(capability) ? '' : ' (later)'}`;
        return row(name, group[facts.group] ?? '', facts.risk, HANDED_ON[facts.grantable], sentenceOf(capability));
      }),
    ),
    'The eight flags': table(
      ['flag', 'stands for', ...tags],
      Object.entries(FLAGS).map(([flag, capabilities], position) =>
        row(`\`${flag}\``, named(capabilities), ...tags.map((tag) => (FLAG_DEFAULTS[tag]?.[position] ? 'yes' : 'no'))),
      ),
    ),
    'The policies': table(
      ['policy', 'here'],
      Object.entries(POLICIES).map(([policy, meaning]) => {
        if (meaning === 'administrator') return row(`\`${policy}\``, 'the platform role administrator');
        return row(`\`${policy}\``, meaning === 'refused' ? 'refused' : named(meaning));
      }),
    ),
    'The keys of the security centre': table(
      ['key', 'here'],
      Object.entries(SECURITY_KEYS).map(([key, capabilities]) => row(`\`${key}\``, named(capabilities))),
    ),
  };
}
