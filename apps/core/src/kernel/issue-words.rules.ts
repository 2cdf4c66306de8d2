import type * as z from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'fields in { }',
  record: 'fields in { }',
};
const FORMATS: Readonly<Record<string, string>> = {
  url: 'an address such as https://example.org',
  email: 'a mail address',
  hostname: 'the name of a host',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  date: 'a day such as 2026-01-31',
  datetime: 'a moment such as 2026-01-31T12:00:00Z',
};
const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'entry', set: 'entry' };

/** What would be right at a place where something else stands; undefined where the schema has said it itself. */
export const issueWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind(KINDS[issue.expected], kindOf(issue.input));
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
    case 'unrecognized_keys':
      return `There is no field ${issue.keys.join(', ')} here.`;
    case 'invalid_key':
      return issue.issues[0] && `This name cannot be used. ${issue.issues[0].message}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `This has to match ${issue.pattern}.` : ofFormat(FORMATS[issue.format]);
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'This may not be empty.';
      return `This takes ${issue.inclusive === false ? 'more than' : 'at least'} ${amountOf(issue.minimum, issue.origin)}.`;
    case 'too_big':
      return `This takes ${issue.inclusive === false ? 'less than' : 'at most'} ${amountOf(issue.maximum, issue.origin)}.`;
    default:
      return undefined;
  }
};

const ofFormat = (wanted: string | undefined): string | undefined => wanted && `This takes ${wanted}.`;

function wrongKind(wanted: string | undefined, found: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  return found === undefined ? `This is missing. It takes ${wanted}.` : `This takes ${wanted} and is ${found}.`;
}

function amountOf(amount: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  if (unit === undefined) return String(amount);
  if (Number(amount) === 1) return `1 ${unit}`;
  return `${amount} ${unit === 'entry' ? 'entries' : `${unit}s`}`;
}

const oneOf = (values: readonly unknown[]): string => `This takes one of ${values.map(String).join(', ')}.`;

/** Only the kind: what was typed may be nobody's to repeat. */
function kindOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a number with a fraction';
  return KINDS[Array.isArray(value) ? 'array' : typeof value] ?? 'something else';
}
