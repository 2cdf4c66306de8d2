import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { AppError, invalid } from '../errors.js';
import { toAppError } from './error-envelope.js';
import { findUnsafe } from './json-body.rules.js';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A form of a foreign page can send text and forms without asking; JSON it cannot. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const type = request.get('content-type');
  const hasBody = request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  const isFine = type === undefined ? !hasBody : isJson(type);
  if (isFine || READING.has(request.method) || sendsPart(request)) next();
  else next(new AppError('unsupported_media_type', 415, 'Send JSON in UTF-8.'));
}

/** The body parser's failures in our words, before the framework flattens them. */
export function translateBodyError(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  next(toAppError(error) ?? error);
}

/** Nesting that only exists to exhaust us, and keys that only exist to poison a prototype. */
export function refuseUnsafeJson(request: Request, _response: Response, next: NextFunction): void {
  const issue = findUnsafe(request.body);
  if (issue) next(invalid([issue]));
  else next();
}

const isJson = (type: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(type ?? '');

/** All but the one route whose body is a whole file, which is read once it is known that it may be sent. */
export const isOrdinaryJson = ({ method, url, headers }: IncomingMessage): boolean =>
  isJson(headers['content-type']) &&
  !(method === 'PUT' && /^\/api\/v1\/containers\/[a-z0-9_]+\/files\/content$/.test(url ?? ''));

/** A part of an upload is bytes, and says so in a way no form of a page can. */
const sendsPart = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'PATCH' &&
  /^\/api\/v1\/containers\/[a-z0-9_]+\/files\/uploads\/[a-z0-9_]+$/.test(url ?? '') &&
  headers['content-type'] === 'application/offset+octet-stream';
