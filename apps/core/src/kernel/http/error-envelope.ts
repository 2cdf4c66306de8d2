import { HttpException } from '@nestjs/common';
import type { ErrorEnvelope } from '@bailiwick/contract';
import { toStorageError } from '../database/storage-errors.js';
import { AppError, invalid } from '../errors.js';

/** Turns whatever was thrown into an expected failure; undefined means it is a bug and stays a 500. */
export function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (isBodyParserError(error)) return fromBodyParser(error);
  if (error instanceof HttpException) return fromHttpException(error);
  return toStorageError(error);
}

/** `raw` is the foreign system's words and goes to staff only. */
export function toEnvelope(error: AppError | undefined, requestId: string, { raw }: { raw: boolean }): ErrorEnvelope {
  if (!error)
    return {
      code: 'internal',
      message: 'Something broke on our side. The log has the details under this request id.',
      requestId,
    };
  return {
    code: error.code,
    message: error.message,
    ...(error.hint ? { hint: error.hint } : {}),
    ...(error.params ? { params: error.params } : {}),
    ...(raw && error.raw ? { raw: error.raw } : {}),
    requestId,
  };
}

interface BodyParserError extends Error {
  type: string;
  limit?: number;
}

const isBodyParserError = (error: unknown): error is BodyParserError =>
  error instanceof Error &&
  'type' in error &&
  typeof error.type === 'string' &&
  (error.type.startsWith('entity.') ||
    error.type.startsWith('encoding.') ||
    error.type.startsWith('charset.') ||
    error.type.startsWith('request.'));

function fromBodyParser(error: BodyParserError): AppError {
  if (error.type === 'entity.too.large') return tooLarge(error.limit);
  if (error.type === 'encoding.unsupported' || error.type === 'charset.unsupported')
    return new AppError('unsupported_media_type', 415, 'Send JSON in UTF-8.');
  return invalid([{ path: '', code: 'malformed_json', message: 'The body is not valid JSON.' }]);
}

function tooLarge(limitBytes: number | undefined): AppError {
  const message = `The body is larger than ${limitBytes ?? 'the allowed number of'} bytes.`;
  return new AppError('too_large', 413, message, {
    params: { limitBytes, issues: [{ path: '', code: 'too_large', message }] },
  });
}

function fromHttpException(error: HttpException): AppError {
  const status = error.getStatus();
  if (status === 404) return new AppError('not_found', 404, 'There is nothing at this address.');
  if (status === 405) return new AppError('method_not_allowed', 405, 'This address does not answer to that method.');
  if (status === 413) return new AppError('too_large', 413, 'The body is too large.');
  if (status === 415) return new AppError('unsupported_media_type', 415, 'Send JSON in UTF-8.');
  if (status === 401) return new AppError('unauthenticated', 401, 'Sign in first.');
  return new AppError('invalid_request', status, error.message);
}
