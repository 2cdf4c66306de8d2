import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer that is known by a version: its body is made only for whoever does not have that version yet. */
export interface Versioned {
  readonly etag: string;
  readonly body: () => Buffer | Promise<Buffer>;
}

/** 304 when the client already has this version, else the JSON body with its ETag. */
export async function sendVersioned(
  request: IncomingMessage,
  response: ServerResponse,
  { etag, body }: Versioned,
): Promise<void> {
  response.setHeader('ETag', etag);
  if (request.headers['if-none-match'] === etag) {
    response.statusCode = 304;
    response.end();
    return;
  }
  const bytes = await body();
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
