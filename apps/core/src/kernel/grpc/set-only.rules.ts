/** A message without the names its `oneof`s bring, and without what was left out. */
export const setOnly = (message: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(message).filter(([name, value]) => value !== undefined && !name.startsWith('_')));
