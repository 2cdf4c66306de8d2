import 'server-only';
import { cache } from 'react';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type * as z from 'zod';
import { ErrorEnvelope, Me, SetupStatus, SignInProviderList } from '@bailiwick/contract';
import { readConfig } from '../../server/config.ts';
import { loginPath } from './login-path.ts';

const TIMEOUT_MS = 10_000;
/** What the core needs to know about the person's request beside the cookie. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'user-agent', 'accept-language'];

export type CoreAnswer<Value> = { ok: true; value: Value } | { ok: false; status: number; error: ErrorEnvelope };

const { coreUrl } = readConfig();

/** Reads from the core as the person who asked for the page. A person who is not signed in is sent to sign in. */
export async function readCore<Schema extends z.ZodType>(
  path: `/${string}`,
  schema: Schema,
): Promise<CoreAnswer<z.infer<Schema>>> {
  const answer = await ask(path, schema);
  if (!answer.ok && answer.error.code === 'unauthenticated') redirect(loginPath(await currentPath()));
  return answer;
}

/** Who is looking; asked once for a page however many components need it. */
export const readMe = cache(() => readCore('/me', Me));

/** Whether somebody is signed in, without sending anybody away. */
export const findMe = cache(() => ask('/me', Me));

/** Whether the first person still has to claim the panel. */
export const readSetup = cache(() => ask('/setup', SetupStatus));

/** Where else people can prove who they are. */
export const readProviders = cache(() => ask('/sign-in/providers', SignInProviderList));

/** The path and query of the page being rendered; our own server sets it and drops a forged one. */
async function currentPath(): Promise<string> {
  return (await headers()).get('x-bailiwick-path') ?? '/';
}

async function ask<Schema extends z.ZodType>(path: `/${string}`, schema: Schema): Promise<CoreAnswer<z.infer<Schema>>> {
  try {
    const response = await fetch(`${coreUrl}/api/v1${path}`, {
      headers: await forwardedHeaders(),
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, value: schema.parse(body) };
    return { ok: false, status: response.status, error: ErrorEnvelope.parse(body) };
  } catch (error) {
    if (isUnreachable(error)) return { ok: false, status: 503, error: coreUnavailable() };
    throw error;
  }
}

async function forwardedHeaders(): Promise<Record<string, string>> {
  const incoming = await headers();
  const kept = FORWARDED.flatMap((name): [string, string][] => {
    const value = incoming.get(name);
    return value === null ? [] : [[name, value]];
  });
  const jar = await cookies();
  return { ...Object.fromEntries(kept), cookie: jar.toString(), accept: 'application/json' };
}

const coreUnavailable = (): ErrorEnvelope => ({
  code: 'core_unavailable',
  message: 'The core service does not answer.',
  requestId: 'none',
});

/** `fetch` fails with a TypeError when nobody listens, and with a TimeoutError when nobody answers. */
const isUnreachable = (error: unknown): boolean =>
  (error instanceof TypeError && error.message === 'fetch failed') ||
  (error instanceof DOMException && error.name === 'TimeoutError') ||
  error instanceof SyntaxError;
