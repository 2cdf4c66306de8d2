import { type Client, type ClientReadableStream, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';

/** What came of a call: an answer, or gRPC's code and words. */
export type Outcome<Answer> = { code: 0; answer: Answer } | { code: number; details: string };

export const nameOf = (code: number): string => status[code] ?? String(code);

/** Asks once, with a deadline. */
export function ask<Asked, Given, Taken, Answer>(
  client: Client,
  { path, requestSerialize, responseDeserialize }: MethodDefinition<Asked, Given, Taken, Answer>,
  asked: Asked,
  { metadata = new Metadata(), ms = 10_000 }: { metadata?: Metadata; ms?: number } = {},
): Promise<Outcome<Answer>> {
  const options = { deadline: Date.now() + ms };
  // The loader's methods take messages as objects.
  const serialize = requestSerialize as (message: Asked) => Buffer;
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, serialize, responseDeserialize, asked, metadata, options, (error, answer) => {
      if (error) resolve(failed(error));
      else resolve({ code: 0, answer: answer as Answer });
    });
  });
}

/** All that a stream says, until it ends, or until it said `most` things and is cancelled. */
export async function readAll<Answer>(
  stream: ClientReadableStream<Answer>,
  most = Number.POSITIVE_INFINITY,
): Promise<Outcome<Answer[]>> {
  const answers: Answer[] = [];
  try {
    for await (const answer of stream as AsyncIterable<Answer>) {
      answers.push(answer);
      if (answers.length === most) {
        stream.cancel();
        break;
      }
    }
  } catch (error) {
    return failed(error as ServiceError);
  }
  return { code: 0, answer: answers };
}

const failed = ({ code, details, message }: ServiceError) => ({ code, details: details || message });

export function bearer(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}
