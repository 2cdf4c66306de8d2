export type Words = { readonly words: readonly string[]; readonly rest: string | null };

/**
 * The words of a pasted command line as a shell would make them, line ends after a backslash included. It stops where a
 * shell would do something else: join, redirect or substitute; `rest` is what it did not read.
 */
export function toLineWords(line: string): Words {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < line.length) {
    const character = line[at] ?? '';
    if (character === '\\') {
      const next = line[at + 1] ?? '';
      const isBreak = next === '\n' || line.startsWith('\r\n', at + 1);
      if (!isBreak) word = (word ?? '') + next;
      at += next === '\r' && isBreak ? 3 : 2;
    } else if (character === "'") {
      const end = line.indexOf("'", at + 1);
      if (end === -1) return { words, rest: line.slice(at) };
      word = (word ?? '') + line.slice(at + 1, end);
      at = end + 1;
    } else if (character === '"') {
      const quoted = readDoubleQuoted(line, at + 1);
      if (quoted === null) return { words, rest: line.slice(at) };
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else if (/\s/.test(character)) {
      // A line that ends without a backslash ends the command, unless nothing follows.
      if (word !== null) words.push(word);
      word = null;
      if (character === '\n' && words.length > 0 && line.slice(at).trim() !== '')
        return { words, rest: line.slice(at).trim() };
      at += 1;
    } else if (character === '#' && word === null) {
      const end = line.indexOf('\n', at);
      at = end === -1 ? line.length : end;
    } else if (/[;&|<>`()]/.test(character) || isSubstitution(line, at)) {
      return { words, rest: `${word ?? ''}${line.slice(at)}` };
    } else {
      word = (word ?? '') + character;
      at += 1;
    }
  }
  return { words: word === null ? words : [...words, word], rest: null };
}

/** Null where it does not end, or a shell would put something else in. */
function readDoubleQuoted(line: string, start: number): { text: string; end: number } | null {
  let text = '';
  for (let at = start; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === '"') return { text, end: at + 1 };
    if (character === '`' || isSubstitution(line, at)) return null;
    if (character === '\\' && /["\\$`\n]/.test(line[at + 1] ?? '')) {
      at += 1;
      text += line[at] === '\n' ? '' : (line[at] ?? '');
    } else text += character;
  }
  return null;
}

const isSubstitution = (line: string, at: number): boolean =>
  line[at] === '$' && /[A-Za-z_0-9{(?#@*!$-]/.test(line[at + 1] ?? '');

/** So that a shell reads exactly this word. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
