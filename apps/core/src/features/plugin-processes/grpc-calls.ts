import {
  type Client,
  type ClientOptions,
  type ClientReadableStream,
  type Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { PluginFault, PluginTimeout } from './plugin-client.js';

const MESSAGE_BYTES = 4 * 1024 * 1024;
const WORDS = 500;

/** Bounds on what a plugin may send, and quick tries until it listens. */
export const CHANNEL: ClientOptions = {
  'grpc.max_receive_message_length': MESSAGE_BYTES,
  'grpc.max_send_message_length': MESSAGE_BYTES,
  'grpc.initial_reconnect_backoff_ms': 50,
  'grpc.min_reconnect_backoff_ms': 50,
  'grpc.max_reconnect_backoff_ms': 500,
  'grpc.enable_retries': 0,
  'grpc.use_local_subchannel_pool': 1,
};

type Done<Answer> = (error: ServiceError | null, answer?: Answer) => void;

export function ask<Answer>(
  call: (metadata: Metadata, options: { deadline: number }, done: Done<Answer>) => unknown,
  metadata: Metadata,
  withinMs: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    call(metadata, { deadline: Date.now() + withinMs }, (error, answer) => {
      if (error) reject(toFault(error));
      else if (answer === undefined) reject(new PluginFault('It answered with nothing.'));
      else resolve(answer);
    });
  });
}

/** What a stream brings, each message within `withinMs` of the one before; the call ends with whoever reads it. */
export async function* told<Message>(
  open: () => ClientReadableStream<Message>,
  withinMs: number,
  signal: AbortSignal,
): AsyncGenerator<Message> {
  const stream = open();
  const isLate = new PluginTimeout('It did not go on in time.');
  const end = (): void => stream.cancel();
  let timer = setTimeout(() => stream.destroy(isLate), withinMs);
  signal.addEventListener('abort', end);
  try {
    for await (const message of stream as AsyncIterable<Message>) {
      clearTimeout(timer);
      yield message;
      timer = setTimeout(() => stream.destroy(isLate), withinMs);
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw isServiceError(error) ? toFault(error) : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    stream.cancel();
  }
}

const isServiceError = (error: unknown): error is ServiceError =>
  typeof error === 'object' && error !== null && 'code' in error && 'details' in error;

export function untilReady(client: Client, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    client.waitForReady(Date.now() + withinMs, (error) => {
      if (error) reject(new PluginTimeout('It does not listen on its socket.'));
      else resolve();
    });
  });
}

/** gRPC's errors become ours, once. */
function toFault({ code, details }: Pick<ServiceError, 'code' | 'details'>): Error {
  if (code === status.DEADLINE_EXCEEDED) return new PluginTimeout('It did not answer in time.');
  if (code === status.UNAVAILABLE) return new PluginFault('It cannot be reached.');
  if (code === status.RESOURCE_EXHAUSTED)
    return new PluginFault(`Its answer is larger than ${MESSAGE_BYTES >> 20} MiB.`);
  if (code === status.UNIMPLEMENTED) return new PluginFault('It does not know this call.');
  return new PluginFault(`It refused: ${details.slice(0, WORDS)}`);
}
