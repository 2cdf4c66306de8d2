const LONGEST_NAME = 40;

/** What the two are called while a container is made anew; the engine wants names of its own for each. */
export function namesBeside(name: string, operationId: string): { fresh: string; old: string } {
  const mark = operationId.slice(-8);
  const short = name.slice(0, LONGEST_NAME);
  return { fresh: `${short}.${mark}.new`, old: `${short}.${mark}.old` };
}

/** Also a core that died between two renames knows its own: nobody gave the container that name. */
export function isNameBeside(name: string, called: string): boolean {
  const short = `${name.slice(0, LONGEST_NAME)}.`;
  return called.startsWith(short) && /^[a-z2-7]{8}\.(?:new|old)$/.test(called.slice(short.length));
}
