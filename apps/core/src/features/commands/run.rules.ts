/** Why a command is not run; the words are for people, the reason for programs. */
export type Refusal =
  'control_character' | 'refused_token' | 'unclear' | 'assignment' | 'path' | 'not_allowed' | 'empty';
export interface Refused {
  readonly refused: Refusal;
  readonly at: string;
}
export type Read = { readonly words: readonly string[] } | Refused;

/** What joins, redirects or substitutes in a shell: never outside quotes. */
const TOKENS = /[;&|<>`$]/;
/** What a shell leaves as it is, outside quotes. The rest it may expand, and so it has to be quoted. */
const PLAIN = /[\p{L}\p{M}\p{N}_@%+=:,./!-]/u;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Inside double quotes a shell still reads these. */
const LIVE = /[$`\\!]/;
const ASSIGNMENT = /^[\p{L}_][\p{L}\p{N}_]*\+?=/u;

/**
 * The words of one plain command, exactly as a POSIX shell would make them: spaces part words, quotes keep them
 * together. Whatever else a shell would do something with is refused, not guessed.
 */
export function toWords(command: string): Read {
  const control = CONTROL.exec(command);
  if (control) return { refused: 'control_character', at: JSON.stringify(control[0]) };
  const words: string[] = [];
  let word: string | undefined;
  const characters = [...command];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === ' ') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "'" || character === '"') {
      const end = characters.indexOf(character, at + 1);
      const quoted = characters.slice(at + 1, end).join('');
      if (end === -1 || (character === '"' && LIVE.test(quoted))) return { refused: 'unclear', at: character };
      word = (word ?? '') + quoted;
      at = end;
    } else if (TOKENS.test(character)) return { refused: 'refused_token', at: character };
    else if (PLAIN.test(character)) word = (word ?? '') + character;
    else return { refused: 'unclear', at: character };
  }
  if (word !== undefined) words.push(word);
  return words.length === 0 ? { refused: 'empty', at: '' } : { words };
}

/** The same, for a program that is on the list. A convenience per kind of image, and no boundary: `find` runs others. */
export function toArgv(command: string, allowed: readonly string[]): Read {
  const read = toWords(command);
  if ('refused' in read) return read;
  const [program = ''] = read.words;
  if (ASSIGNMENT.test(program)) return { refused: 'assignment', at: program };
  if (program.includes('/')) return { refused: 'path', at: program };
  return allowed.includes(program) ? read : { refused: 'not_allowed', at: program };
}

/** The same for any program, also by its path; what starts it would take a first word with a dash for its options. */
export function toAnyArgv(command: string): Read {
  const read = toWords(command);
  if ('refused' in read) return read;
  const [program = ''] = read.words;
  if (ASSIGNMENT.test(program)) return { refused: 'assignment', at: program };
  return program === '' || program.startsWith('-') ? { refused: 'not_allowed', at: program } : read;
}

const SENTENCES: Readonly<Record<Refusal, (at: string) => string>> = {
  control_character: (at) => `A command is one line: ${at} is not allowed in it.`,
  refused_token: (at) => `No shell reads this, so ${at} does nothing here. Put it in single quotes to hand it over.`,
  unclear: (at) => `Put ${at} in single quotes, or close the quotes.`,
  assignment: () => 'Variables cannot be set in front of a command.',
  path: () => 'Name the program without its path.',
  not_allowed: (at) => `${at} is not among the commands that are allowed here.`,
  empty: () => 'There is no command.',
};

export const sentenceOf = ({ refused, at }: Refused): string => SENTENCES[refused](at);

/** Ends what goes on too long, where the image has a program for that. */
export const withinTime = (argv: readonly string[], seconds: number): readonly string[] => [
  'timeout',
  '-s',
  'KILL',
  String(seconds),
  ...argv,
];
