import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type Metadata,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  status,
  type UntypedHandleCall,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { PluginPlace } from './config.js';
import { HostError, InvalidInput, Unavailable } from './failures.js';
import { LIMITS } from './protocols.js';

const END_MS = 4000;

/** A running server of a plugin. */
export interface Serving {
  address: string;
  stop(): Promise<void>;
}

/** Says no with a code of gRPC. */
export class Answered extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether a call carries the token, compared in a time that tells nothing of it. */
export const carries = (metadata: Metadata, key: string, expected: string): boolean => {
  const shown = metadata.get(key)[0]?.toString() ?? '';
  return timingSafeEqual(digest(shown), digest(expected));
};

const asError = (error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Answered) return { code: error.code, details: message };
  if (error instanceof InvalidInput) return { code: status.INVALID_ARGUMENT, details: message };
  if (error instanceof Unavailable) return { code: status.UNAVAILABLE, details: message };
  if (error instanceof HostError) return { code: status.FAILED_PRECONDITION, details: message };
  process.stderr.write(`${error instanceof Error ? error.stack : message}\n`);
  return { code: status.INTERNAL, details: message };
};

/** A method with one answer; `admit` throws at who may not ask. */
export const unary =
  <Asked, Answer>(admit: (metadata: Metadata) => void, answer: (asked: Asked) => Answer | Promise<Answer>) =>
  (call: ServerUnaryCall<Asked, Answer>, reply: sendUnaryData<Answer>): void => {
    const work = async () => {
      admit(call.metadata);
      return answer(call.request);
    };
    work().then(
      (message) => reply(null, message),
      (error: unknown) => reply(asError(error)),
    );
  };

/** A method with a stream of answers, each sent when the one before was taken. */
export const streaming =
  <Asked, Answer>(
    admit: (metadata: Metadata) => void,
    answers: (asked: Asked, signal: AbortSignal) => AsyncIterable<Answer>,
  ) =>
  (call: ServerWritableStream<Asked, Answer>): void => {
    const abort = new AbortController();
    call.once('cancelled', () => abort.abort());
    const work = async () => {
      admit(call.metadata);
      for await (const message of answers(call.request, abort.signal)) {
        if (abort.signal.aborted) return;
        if (!call.write(message)) await drained(call, abort.signal);
      }
    };
    work().then(
      () => call.end(),
      (error: unknown) => (abort.signal.aborted ? call.end() : call.emit('error', asError(error))),
    );
  };

function drained(call: ServerWritableStream<unknown, unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    call.once('drain', done);
    signal.addEventListener('abort', done);
  });
}

/** Listens at its place until SIGTERM or SIGINT; then `end` has a moment, and the process ends with 0. */
export async function listen(
  { address }: PluginPlace,
  services: [ServiceDefinition, Record<string, UntypedHandleCall>][],
  end: () => void | Promise<void>,
): Promise<Serving> {
  const server = new Server(LIMITS);
  for (const [definition, handlers] of services)
    server.addService(definition, handlers as UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopped(server, end));
  const leave = () => void stop().finally(() => process.exit(0));
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  return {
    address: address.startsWith('unix:') ? address : address.replace(/:\d+$/, `:${port}`),
    stop: async () => {
      process.off('SIGTERM', leave);
      process.off('SIGINT', leave);
      await stop();
    },
  };
}

async function stopped(server: Server, end: () => void | Promise<void>): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, END_MS).unref());
  const ended = (async () => end())().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  });
  await Promise.race([ended, late]);
  server.forceShutdown();
}
