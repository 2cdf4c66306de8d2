const ESCAPE = '\u001b';
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;:?]{0,64}[A-Za-z]`, 'g');

/** Plain words, never an expression: nothing a person sends here can keep the core busy. */
export function toWordSearch(words: string): (text: string) => boolean {
  const isMeant = /[A-Z]/.test(words);
  const wanted = isMeant ? words : words.toLowerCase();
  return (text) => {
    const read = text.includes(ESCAPE) ? text.replaceAll(COLOURS, '') : text;
    return (isMeant ? read : read.toLowerCase()).includes(wanted);
  };
}
