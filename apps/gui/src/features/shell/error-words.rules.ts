/** The params a sentence may use; what the core did not send reads `none`, so that the sentence can do without it. */
export type WordParams = Record<
  'name' | 'port' | 'by' | 'image' | 'state' | 'stack' | 'seconds' | 'since' | 'exitCode' | 'limitBytes',
  string
>;

export function toWordParams(params: Record<string, unknown> | undefined): WordParams {
  const word = (name: string): string => {
    const value = params?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : 'none';
  };
  return {
    name: word('name'),
    port: word('port'),
    by: word('by'),
    image: word('image'),
    state: word('state'),
    stack: word('stack'),
    seconds: word('seconds'),
    since: word('since'),
    exitCode: word('exitCode'),
    limitBytes: word('limitBytes'),
  };
}
