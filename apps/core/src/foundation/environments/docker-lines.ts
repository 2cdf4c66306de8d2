import { createInterface } from 'node:readline';

/** What an engine tells line by line; empty ones say nothing. Throws what its stream broke with. */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  // A line reader hides that its stream broke; the stream itself tells.
  let failure: Error | undefined;
  stream.once('error', (error: Error) => (failure = error));
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) if (line.trim() !== '') yield line;
  if (failure) throw failure;
}
