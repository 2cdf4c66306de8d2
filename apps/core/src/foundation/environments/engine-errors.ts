import type { OutageCode } from '@bailiwick/contract';
import { AppError, conflict, notFound, unreachable } from '../../kernel/errors.js';
import { hintFor } from './outage.rules.js';

/** 503: the engine as a whole is not there; `reason` says in which way. */
export const engineUnavailable = (reason: OutageCode, message: string, raw?: string): AppError =>
  unreachable('engine_unavailable', message, { hint: hintFor(reason), params: { reason }, ...(raw ? { raw } : {}) });

/** 503: it took the question and gave no answer in time. */
export const engineTimeout = (call: string, timeoutMs: number): AppError =>
  unreachable('engine_timeout', `The engine did not answer ${call} within ${timeoutMs / 1000} s.`, {
    hint: hintFor('engine_hangs'),
    params: { reason: 'engine_hangs', call, timeoutMs },
  });

/** 409: it is neither here nor can it be fetched. */
export const imageUnavailable = (image: string, raw: string): AppError =>
  conflict('image_unavailable', `The image ${image} cannot be had.`, {
    hint: 'Check its name and tag, and that the engine reaches the registry.',
    params: { image },
    raw,
  });

/** 409: it exists, for other processors than this host has. */
export const imagePlatform = (image: string, raw: string): AppError =>
  conflict('image_platform', `The image ${image} does not exist for this host's processor.`, {
    params: { image },
    raw,
  });

/** 409: under the strict profile nothing runs as root, and its image would. */
export const rootRefused = (image: string): AppError =>
  conflict('root_refused', `The image ${image} runs as root, which the strict profile lets nobody.`, {
    hint: 'Name the number of another user, or choose the profile compat.',
    params: { image },
  });

/** 507: the engine's disk is full. */
export const storageFull = (raw: string): AppError =>
  new AppError('storage_full', 507, "The engine's disk is full.", { hint: 'Free some space on the host.', raw });

/** 409: the image does not have that program, so it cannot be used in this container. */
export const toolMissing = (program: string, raw?: string): AppError =>
  conflict('tool_missing', `This image has no program ${program}.`, { params: { program }, ...(raw ? { raw } : {}) });

/** 404: there is no such folder in the container to start in. */
export const folderMissing = (folder: string): AppError => notFound('folder', folder);

/** 409: the main program cannot be typed to. */
export const stdinClosed = (name: string): AppError =>
  conflict('stdin_closed', 'Nobody can type to this container: its input was closed when it was made.', {
    params: { name },
  });
