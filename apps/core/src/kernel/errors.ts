import type { ErrorCode, FieldIssue } from '@bailiwick/contract';

interface Extra {
  hint?: string;
  params?: Record<string, unknown>;
  /** The foreign system's own words; only staff get to read them. */
  raw?: string;
  cause?: unknown;
}

/** An expected failure: a code for programs, a sentence for people, an HTTP status for the edge. */
export class AppError extends Error {
  readonly hint: string | undefined;
  readonly params: Record<string, unknown> | undefined;
  readonly raw: string | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly status: number,
    message: string,
    { hint, params, raw, cause }: Extra = {},
  ) {
    super(message, { cause });
    this.hint = hint;
    this.params = params;
    this.raw = raw;
  }
}

/** 404. Also for what the caller may not see. */
export const notFound = (noun: string, id: string): AppError =>
  new AppError('not_found', 404, `There is no ${noun} ${id}.`, { params: { noun, id } });

/** 409. */
export const conflict = (code: ErrorCode, message: string, extra?: Extra): AppError =>
  new AppError(code, 409, message, extra);

/** 400 with the path of every wrong field. */
export const invalid = (issues: FieldIssue[], code: ErrorCode = 'invalid_request'): AppError =>
  new AppError(code, 400, issues[0]?.message ?? 'The request is not valid.', { params: { issues } });

/** 401. */
export const unauthenticated = (
  code: ErrorCode = 'unauthenticated',
  message = 'Sign in first.',
  extra?: Extra,
): AppError => new AppError(code, 401, message, extra);

/** 403 that names what is missing and who could give it. */
export const forbidden = (params: { missing: string[]; resource: string | null; grantedBy: string[] }): AppError =>
  new AppError('forbidden', 403, `You need ${params.missing.join(', ')} for this.`, { params });

/** 403 for the checks that come before rights: origin, host, CSRF. */
export const refused = (code: ErrorCode, message: string, extra?: Extra): AppError =>
  new AppError(code, 403, message, extra);

/** 503: something we depend on does not answer. */
export const unreachable = (code: ErrorCode, message: string, extra?: Extra): AppError =>
  new AppError(code, 503, message, extra);

/** 429 with the seconds to wait in `params.retryAfterSeconds`. */
export const rateLimited = (retryAfterSeconds: number): AppError =>
  new AppError('rate_limited', 429, `Too many tries. Wait ${retryAfterSeconds} seconds.`, {
    params: { retryAfterSeconds },
  });

export const isAppError = (error: unknown, code?: ErrorCode): error is AppError =>
  error instanceof AppError && (code === undefined || error.code === code);
