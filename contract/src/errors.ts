import * as z from 'zod';

/** Every code an answer can carry. Programs read codes; people read what the panel makes of them. */
export const ErrorCode = z.enum([
  'invalid_request',
  'invalid_name',
  'unauthenticated',
  'invalid_credentials',
  'forbidden',
  'csrf_failed',
  'origin_refused',
  'host_refused',
  'not_found',
  'method_not_allowed',
  'conflict',
  'name_taken',
  'port_conflict',
  'belongs_to_stack',
  'wrong_state',
  'self_protection',
  'already_set_up',
  'setup_token_invalid',
  'installer_token_invalid',
  'network_refused',
  'weak_password',
  'step_up_required',
  'mail_not_configured',
  'mail_failed',
  'reset_invalid',
  'invitation_invalid',
  'two_factor_required',
  'two_factor_code_invalid',
  'two_factor_expired',
  'two_factor_enrolment_required',
  'passkey_refused',
  'passkey_expired',
  'passkey_unavailable',
  'provider_unavailable',
  'provider_refused',
  'provider_expired',
  'provider_stranger',
  'owns_things',
  'idempotency_mismatch',
  'image_unavailable',
  'image_platform',
  'preset_broken',
  'answer_invalid',
  'start_failed',
  'unhealthy',
  'cancelled',
  'interrupted',
  'too_large',
  'unsupported_media_type',
  'rate_limited',
  'busy',
  'engine_unavailable',
  'engine_refused',
  'engine_timeout',
  'storage_full',
  'storage_unavailable',
  'core_unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** One wrong field: `path` is dotted from the body, query or params. */
export const FieldIssue = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type FieldIssue = z.infer<typeof FieldIssue>;

/** The one shape of every failure, on HTTP and on sockets. `raw` is the engine's own words, for staff only. */
export const ErrorEnvelope = z.object({
  code: ErrorCode,
  message: z.string(),
  hint: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  raw: z.string().optional(),
  requestId: z.string(),
});
export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>;
