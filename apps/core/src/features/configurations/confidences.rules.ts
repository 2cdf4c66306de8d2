const SHORTEST = 6;
/** A longer one is taken out piece by piece. */
const LONGEST = 1024;

/** What of the values of variables is not to be read where output is kept: each line of them, as a terminal shows lines. */
export function confidencesIn(values: readonly string[]): string[] {
  const lines = values.flatMap((value) => value.split(/[\r\n]+/)).filter(({ length }) => length >= SHORTEST);
  return [...new Set(lines.flatMap(inPieces))];
}

function inPieces(line: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < line.length; at += LONGEST) pieces.push(line.slice(at, at + LONGEST));
  return pieces.filter(({ length }) => length >= SHORTEST);
}

/** Half of a letter cannot be written in an address. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

/** Which variable each of them is of: its value as it is, as JSON writes it and as an address does. */
export function namesOfConfidences(env: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(env))
    for (const text of confidencesIn([
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(wellFormed(value)),
    ]))
      if (!names.has(text)) names.set(text, name);
  return names;
}
